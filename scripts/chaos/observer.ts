import { Resolver } from "node:dns/promises";
import type { StatusView } from "../../agent/src/contract/index";
import type { ChaosCluster, Member } from "./chaos-cluster";
import type { Glimpse } from "./master-watch";
import {
  agentsName,
  masterName,
  type ContainerSeen,
  type HostPicture,
  type Picture,
} from "./picture";

const dnsWithinMs = 2000;

/** @throws Error where any of it does not answer */
export async function takePicture(
  cluster: ChaosCluster,
  services: readonly string[],
): Promise<Picture> {
  const client = cluster.client();
  try {
    const [hosts, found, tasks] = await Promise.all([
      Promise.all(cluster.members.map((member) => pictureOf(cluster, member, services))),
      client.services(),
      client.tasks(),
    ]);
    return { hosts, services: found, tasks };
  } finally {
    client.close();
  }
}

async function pictureOf(
  cluster: ChaosCluster,
  { host, node, address }: Member,
  services: readonly string[],
): Promise<HostPicture> {
  const [status, containers, ...dns] = await Promise.all([
    cluster.ask(address, "/v1/status").then((text) => JSON.parse(text) as StatusView),
    containersOf(cluster, host),
    ...services.map(async (name) => [name, await instancesInDns(address, name)] as const),
    ...[agentsName, masterName].map(
      async (name) => [name, await addressesInDns(address, name)] as const,
    ),
  ]);
  return { node, address, status, containers, dns: new Map(dns) };
}

interface Listed {
  readonly Id: string;
  readonly State: string;
  readonly Labels: Readonly<Record<string, string>>;
}

async function containersOf(
  cluster: ChaosCluster,
  host: string,
): Promise<readonly ContainerSeen[]> {
  const all = (await cluster.lab.host(host).engine("GET", "/containers/json?all=true")) as Listed[];
  return all.map(({ Id, State, Labels }) => ({
    id: Id,
    running: State === "running",
    task: Labels["covey.task"],
  }));
}

/** `ADDRESS:PORT` of each instance that Consul at this address names. @throws Error where it does not answer */
export async function instancesInDns(server: string, service: string): Promise<readonly string[]> {
  const resolver = resolverAt(server);
  const records = await noneIsFine(() => resolver.resolveSrv(`${service}.service.consul`));
  const addressOf = new Map<string, Promise<readonly string[]>>();
  for (const { name } of records)
    if (!addressOf.has(name)) addressOf.set(name, resolveTarget(resolver, name));
  const all = records.map(async ({ name, port }) =>
    ((await addressOf.get(name)) ?? []).map((address) => `${address}:${port}`),
  );
  return (await Promise.all(all)).flat();
}

function addressesInDns(server: string, service: string): Promise<readonly string[]> {
  const resolver = resolverAt(server);
  return noneIsFine(() => resolver.resolve4(`${service}.service.consul`));
}

/** Consul names an address in hexadecimal: `0a630001.addr.dc1.consul`. */
async function resolveTarget(resolver: Resolver, name: string): Promise<readonly string[]> {
  const hex = /^([0-9a-f]{8})\.addr\./.exec(name)?.[1];
  return hex === undefined ? resolver.resolve4(name) : [[...Buffer.from(hex, "hex")].join(".")];
}

function resolverAt(server: string): Resolver {
  const resolver = new Resolver({ timeout: dnsWithinMs, tries: 1 });
  resolver.setServers([`${server}:53`]);
  return resolver;
}

async function noneIsFine<T>(look: () => Promise<T[]>): Promise<T[]> {
  try {
    return await look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTFOUND" || code === "ENODATA") return [];
    throw error;
  }
}

/** Its metrics say in one breath which term it is in, and whether it is the acting master. @throws Error where it does not answer */
export async function glimpse(cluster: ChaosCluster, { node, address }: Member): Promise<Glimpse> {
  const fromMs = performance.now();
  const text = await cluster.ask(address, "/metrics");
  return {
    node,
    term: figure(text, "covey_election_term"),
    acting: figure(text, "covey_election_master") === 1,
    fromMs,
    toMs: performance.now(),
  };
}

function figure(text: string, name: string): number {
  const value = new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, "m").exec(text)?.[1];
  if (value === undefined) throw new Error(`its metrics have no ${name}`);
  return Number(value);
}
