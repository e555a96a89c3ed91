import type { Offer } from "../../model/offer";
import { defaultPorts } from "../../contract/index";
import type { MesosOffer, Resource } from "./messages";

/** `api`: base URL of the node's agent; undefined: the mesh does not know it. */
export function toMesosOffer(offer: Offer, api: string | undefined): MesosOffer {
  const { id, framework, node, address, role, attributes } = offer;
  const port = api === undefined ? defaultPorts.api : Number(new URL(api).port || 443);
  return {
    id: { value: id },
    framework_id: { value: framework },
    agent_id: { value: node },
    hostname: address,
    url: { scheme: "https", address: { hostname: address, ip: address, port }, path: "/" },
    resources: resourcesOf(offer),
    attributes: Object.entries(attributes).map(([name, value]) => ({
      name,
      type: "TEXT",
      text: { value },
    })),
    allocation_info: { role },
  };
}

function resourcesOf({ resources, role }: Offer): readonly Resource[] {
  const common = { role: "*", allocation_info: { role } };
  const scalars = [
    ["cpus", resources.cpus],
    ["mem", resources.memMiB],
    ["disk", resources.diskMiB],
  ] as const;
  const range = resources.ports.map(({ begin, end }) => ({ begin, end }));
  return [
    ...scalars.flatMap(([name, value]) =>
      value === 0 ? [] : [{ name, type: "SCALAR" as const, scalar: { value }, ...common }],
    ),
    ...(range.length === 0
      ? []
      : [{ name: "ports", type: "RANGES" as const, ranges: { range }, ...common }]),
  ];
}
