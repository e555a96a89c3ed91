import type { PortRange } from "../../model/resources";
import { holdsPort, singlePort, subtractResources, noResources } from "../../model/resources";
import type { ServicePort, ServiceSpec } from "../../model/service";
import type { TaskPort } from "../../model/task";

export type PortChoice =
  | { readonly kind: "chosen"; readonly ports: readonly TaskPort[] }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Host ports for one instance out of what a node has free. Fixed ones must be there. The others are drawn by
 * chance from the whole range, so that a port just given back, which clients may still try, is not the next to be used.
 */
export function choosePorts(
  spec: Pick<ServiceSpec, "ports" | "network">,
  free: readonly PortRange[],
  random: () => number,
): PortChoice {
  const fixed = spec.ports.map((port) => fixedPort(port, spec.network));
  const missing = fixed.find((port) => port !== undefined && !holdsPort(free, port));
  if (missing !== undefined)
    return { kind: "refused", message: `port ${missing} is taken or not offered here` };
  let rest = fixed.reduce<readonly PortRange[]>(
    (ranges, port) => (port === undefined ? ranges : without(ranges, port)),
    free,
  );
  const wanted = fixed.filter((port) => port === undefined).length;
  let left = countPorts(rest);
  if (left < wanted)
    return { kind: "refused", message: `needs ${wanted} ports of its range, ${left} free` };
  const ports = spec.ports.map((port, index): TaskPort => {
    const chosen = fixed[index];
    const hostPort = chosen ?? nthPort(rest, Math.floor(random() * left));
    if (chosen === undefined) {
      rest = without(rest, hostPort);
      left--;
    }
    const containerPort = spec.network === "host" ? hostPort : port.containerPort;
    return { name: port.name, containerPort, hostPort, protocol: port.protocol };
  });
  return { kind: "chosen", ports };
}

/** On the host's network nothing translates: the port the process listens on is the host's. */
function fixedPort(port: ServicePort, network: ServiceSpec["network"]): number | undefined {
  if (port.hostPort !== undefined || network !== "host") return port.hostPort;
  return port.containerPort === 0 ? undefined : port.containerPort;
}

function countPorts(ranges: readonly PortRange[]): number {
  return ranges.reduce((sum, range) => sum + range.end - range.begin + 1, 0);
}

function nthPort(ranges: readonly PortRange[], index: number): number {
  let before = index;
  for (const range of ranges) {
    const size = range.end - range.begin + 1;
    if (before < size) return range.begin + before;
    before -= size;
  }
  throw new RangeError(`there is no free port number ${index}`);
}

function without(ranges: readonly PortRange[], port: number): readonly PortRange[] {
  const taken = { ...noResources, ports: [singlePort(port)] };
  return subtractResources({ ...noResources, ports: ranges }, taken).ports;
}
