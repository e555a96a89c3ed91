import { createHash } from "node:crypto";
import type { InterfaceAddress } from "./connection";
import type { Engine, EngineNetwork, NewNetwork } from "./engine";
import { InstallError } from "./install-error";
import { isLoopback, overlap, parseIpv4, parseSubnet, subnetOf } from "./ipv4";

export interface NodeName {
  readonly cluster: string;
  readonly node: string;
}

/** On all that is made for a node in Docker, its containers included. */
export function nodeLabels({ cluster, node }: NodeName): Readonly<Record<string, string>> {
  return { "covey.cluster": cluster, "covey.node": node };
}

export function networkName({ cluster, node }: NodeName): string {
  return `covey-${cluster}-${node}`;
}

/**
 * How a node comes by its address. `host`: the machine has it. `present`: it is the gateway of the node's own Docker
 * network, made earlier. `make`: that network has to be made.
 */
export type AddressPlan =
  | { readonly kind: "host" }
  | { readonly kind: "present"; readonly network: string }
  | { readonly kind: "make"; readonly network: NewNetwork };

const prefix = 24;

/**
 * Throws InstallError where another node has the address, or a network is in the way.
 * @param addresses of the machine
 * @param networks of its Docker engine
 */
export function planAddress(
  name: NodeName,
  address: string,
  addresses: readonly InterfaceAddress[],
  networks: readonly EngineNetwork[],
): AddressPlan {
  const subnet = subnetOf(address, prefix);
  const own = networks.find((network) => network.name === networkName(name));
  if (own)
    return own.subnets.includes(subnet)
      ? { kind: "present", network: own.name }
      : stale(own, subnet, address);
  const other = networks.find(
    (network) => isForeignNode(network, name) && network.subnets.includes(subnet),
  );
  if (other) throw takenByNode(other, address);
  if (isLoopback(address) || addresses.some((one) => one.address === address))
    return { kind: "host" };
  refuseUnusable(address);
  refuseOverlap(subnet, address, addresses, networks);
  return {
    kind: "make",
    network: {
      name: networkName(name),
      subnet,
      gateway: address,
      bridge: `br-${createHash("sha256").update(networkName(name)).digest("hex").slice(0, 10)}`,
      labels: nodeLabels(name),
    },
  };
}

/** @returns the node's Docker network; undefined where it uses an address of the machine */
export async function ensureAddress(
  engine: Engine,
  plan: AddressPlan,
): Promise<string | undefined> {
  if (plan.kind === "host") return undefined;
  if (plan.kind === "present") return plan.network;
  await engine.createNetwork(plan.network);
  return plan.network.name;
}

function isForeignNode(network: EngineNetwork, name: NodeName): boolean {
  const { ["covey.cluster"]: cluster, ["covey.node"]: node } = network.labels;
  return node !== undefined && (cluster !== name.cluster || node !== name.node);
}

function takenByNode(network: EngineNetwork, address: string): InstallError {
  const { ["covey.cluster"]: cluster, ["covey.node"]: node } = network.labels;
  return new InstallError(
    "make the node's address",
    `${address} is the address of node '${node ?? "?"}' of cluster '${cluster ?? "?"}' (Docker network ${network.name}); give this node another address, or destroy that node first`,
    "address",
  );
}

function stale(network: EngineNetwork, subnet: string, address: string): never {
  throw new InstallError(
    "make the node's address",
    `the node's Docker network ${network.name} is there with ${network.subnets.join(", ")}, but ${address} needs ${subnet}; remove it with 'docker network rm ${network.name}'`,
    "address",
  );
}

function refuseUnusable(address: string): void {
  const last = (parseIpv4(address) ?? 0) % 256;
  if (last === 0 || last === 255)
    throw new InstallError(
      "make the node's address",
      `${address} cannot be a gateway: it is the ${last === 0 ? "network" : "broadcast"} address of ${subnetOf(address, prefix)}; take ${address.replace(/\d+$/, "1")}`,
      "address",
    );
}

function refuseOverlap(
  subnet: string,
  address: string,
  addresses: readonly InterfaceAddress[],
  networks: readonly EngineNetwork[],
): void {
  const wanted = parseSubnet(subnet);
  const overlaps = (text: string): boolean => {
    const other = parseSubnet(text);
    return wanted !== undefined && other !== undefined && overlap(wanted, other);
  };
  const network = networks.find(({ subnets }) => subnets.some(overlaps));
  const inTheWay = network
    ? `Docker network ${network.name} (${network.subnets.join(", ")})`
    : addresses
        .filter((one) => overlaps(`${one.address}/${one.prefix}`))
        .map((one) => `interface ${one.interface} (${one.address}/${one.prefix})`)[0];
  if (inTheWay !== undefined)
    throw new InstallError(
      "make the node's address",
      `${address} would need a Docker network ${subnet}, which overlaps ${inTheWay}; give the node an address outside of it`,
      "address",
    );
}
