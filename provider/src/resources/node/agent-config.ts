import { createHash } from "node:crypto";
import type { RawAgentConfig } from "@covey/agent/contract";
import type { KeyPair, NodeCertificateRequest } from "../../connection";
import { canonicalJson, isObject } from "../keys/key-text";
import { consulGossipKey } from "../keys/join-key";
import type { JoinKey } from "../keys/join-key";
import { parsePortRanges } from "./port-ranges";
import type { NodeModel } from "./schema";

/** What a node is to be, from its plan and its cluster's join key. */
export interface NodeFacts {
  readonly name: string;
  readonly address: string;
  readonly dataDir: string;
  readonly dockerSocket: string;
  readonly resources: NodeModel["resources"];
  readonly attributes: NodeModel["attributes"];
  readonly key: JoinKey;
}

/** What is found or made on the machine while it is installed. */
export interface MachineFacts {
  readonly certificate: KeyPair;
  /** The node's own Docker network. */
  readonly network: string | undefined;
  /** undefined where Consul is external. */
  readonly consulBinary: string | undefined;
}

export function agentConfig(facts: NodeFacts, machine: MachineFacts): RawAgentConfig {
  const { key, name, address } = facts;
  return {
    cluster: key.cluster,
    datacenter: key.datacenter,
    node: name,
    address,
    voters: key.voters,
    dataDir: facts.dataDir,
    gossipKey: key.gossipKey,
    token: key.token,
    tls: {
      ca: key.authority.certificate,
      cert: machine.certificate.certificate,
      key: machine.certificate.privateKey,
    },
    resources: resourcesOf(facts.resources),
    attributes: facts.attributes ?? {},
    docker: {
      socket: facts.dockerSocket,
      ...(machine.network === undefined ? {} : { network: machine.network }),
    },
    consul: consulOf(key, machine.consulBinary ?? "/nonexistent"),
    preset: key.mesh,
  };
}

/**
 * Of all that is decided by configuration; what is found or made on the machine is left out (certificate, network, path of
 * Consul), so that a plan knows it before the node is there.
 */
export function configHash(config: RawAgentConfig): string {
  return hashOf(config);
}

/** The same, of an agent.json as found on a machine; undefined where it is none. */
export function configHashOfFile(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? hashOf(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/** `covey` and `master.covey` are the names under which Consul's DNS finds the API. */
export function certificateRequest(facts: NodeFacts): NodeCertificateRequest {
  const { name, address, key } = facts;
  return {
    commonName: name,
    dnsNames: [
      name,
      "localhost",
      `${name}.node.${key.datacenter}.consul`,
      "covey.service.consul",
      "master.covey.service.consul",
      ...(name in key.voters ? [`server.${key.datacenter}.consul`] : []),
    ],
    ipAddresses: [address],
  };
}

function hashOf(config: object): string {
  const { tls, docker, consul, ...rest } = config as Record<string, unknown>;
  const decided = {
    ...rest,
    tls: without(tls, "cert", "key"),
    docker: without(docker, "network"),
    consul: without(consul, "binary"),
  };
  return createHash("sha256").update(canonicalJson(decided)).digest("hex");
}

function without(value: unknown, ...names: readonly string[]): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

function resourcesOf(resources: NodeModel["resources"]): NonNullable<RawAgentConfig["resources"]> {
  if (!resources) return {};
  const { cpus, memory_mib, disk_mib, ports } = resources;
  const ranges = ports === null ? undefined : parsePortRanges(ports);
  return {
    ...(cpus === null ? {} : { cpus }),
    ...(memory_mib === null ? {} : { memMiB: memory_mib }),
    ...(disk_mib === null ? {} : { diskMiB: disk_mib }),
    ...(ranges === undefined ? {} : { ports: [...ranges] }),
  };
}

function consulOf(key: JoinKey, binary: string): RawAgentConfig["consul"] {
  if (key.consul.mode === "external") return { ...key.consul };
  const { token } = key;
  return { mode: "managed", binary, gossipKey: consulGossipKey(key.gossipKey), token };
}
