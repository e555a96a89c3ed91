import type { EngineNetwork } from "../engine";
import { InstallError } from "../install-error";
import { formatIpv4, overlap, parseIpv4, parseSubnet, subnetOf } from "../ipv4";
import { clusterNetworkName, machineLabel } from "./machine-names";

const prefix = 24;
const step = "make the cluster's network";

/** The network that a cluster's nodes share on one engine. `make`: there is none yet. */
export type NetworkPlan =
  | { readonly kind: "present"; readonly name: string }
  | {
      readonly kind: "make";
      readonly name: string;
      readonly subnet: string;
      readonly gateway: string;
    };

export interface WantedNetwork {
  readonly cluster: string;
  /** Of this node. */
  readonly address: string;
  /** Of the cluster's voters. */
  readonly voters: readonly string[];
  /** CIDR. */
  readonly subnet: string;
}

/** A /24 around the address. */
export function defaultSubnet(address: string): string {
  return subnetOf(address, prefix);
}

/** Throws InstallError where the address does not fit, or a network is in the way. */
export function planNetwork(
  wanted: WantedNetwork,
  networks: readonly EngineNetwork[],
): NetworkPlan {
  const name = clusterNetworkName(wanted.cluster);
  refuseUnusable(wanted);
  const found = networks.find((network) => network.name === name);
  if (found) return present(found, wanted);
  const taken = networks.find(({ subnets }) => subnets.some((one) => overlaps(one, wanted.subnet)));
  if (taken)
    throw new InstallError(
      step,
      `network ${name} (${wanted.subnet}) would overlap Docker network ${taken.name} (${taken.subnets.join(", ")}); give the cluster's nodes addresses outside of it`,
      "address",
    );
  const [first, last] = gatewaysOf(wanted.subnet);
  const addresses = [wanted.address, ...wanted.voters];
  return {
    kind: "make",
    name,
    subnet: wanted.subnet,
    gateway: addresses.includes(first) ? last : first,
  };
}

function present(found: EngineNetwork, wanted: WantedNetwork): NetworkPlan {
  if (found.labels[machineLabel.cluster] !== wanted.cluster)
    throw new InstallError(
      step,
      `there is a Docker network ${found.name} that was not made for cluster '${wanted.cluster}'; remove it ('docker network rm ${found.name}'), or give the cluster another name`,
      "cluster",
    );
  if (!found.subnets.some((subnet) => isWithin(wanted.address, subnet)))
    throw new InstallError(
      step,
      `${wanted.address} is outside of the cluster's Docker network ${found.name} (${found.subnets.join(", ")}): give the node an address in it, or set docker.subnet of all nodes to a network that holds them all before the first is made`,
      "address",
    );
  return { kind: "present", name: found.name };
}

function refuseUnusable({ address, subnet }: WantedNetwork): void {
  const network = parseSubnet(subnet);
  const value = parseIpv4(address);
  if (!network || value === undefined || !isWithin(address, subnet))
    throw new InstallError(step, `${address} is not in docker.subnet ${subnet}`, "address");
  const size = 2 ** (32 - network.prefix);
  if (value === network.base || value === network.base + size - 1)
    throw new InstallError(
      step,
      `${address} cannot be a node's: it is the ${value === network.base ? "network" : "broadcast"} address of ${subnet}`,
      "address",
    );
}

/** First and last address of a network that a machine can have. */
function gatewaysOf(subnet: string): readonly [string, string] {
  const { base, prefix: length } = parseSubnet(subnet) ?? { base: 0, prefix: 0 };
  return [formatIpv4(base + 1), formatIpv4(base + 2 ** (32 - length) - 2)];
}

function isWithin(address: string, subnet: string): boolean {
  return overlaps(`${address}/32`, subnet);
}

function overlaps(a: string, b: string): boolean {
  const [one, other] = [parseSubnet(a), parseSubnet(b)];
  return one !== undefined && other !== undefined && overlap(one, other);
}
