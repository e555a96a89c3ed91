import { CoveyClient } from "../../client";
import type { AgentView } from "@covey/agent/contract";
import type { Connection, NodePaths } from "../../connection";
import { isObject } from "../keys/key-text";
import { apiOf } from "../keys/join-key";
import type { NodeFacts } from "./agent-config";

/** What it takes to ask one node's agent. */
export interface NodeAccess {
  readonly cluster: string;
  readonly node: string;
  readonly api: string;
  readonly token: string;
  readonly ca: string;
  /** APIs of the cluster's voters. */
  readonly voters: readonly string[];
}

/** Out of the cluster's join key. */
export function accessOf({
  name,
  address,
  key,
}: Pick<NodeFacts, "name" | "address" | "key">): NodeAccess {
  return {
    cluster: key.cluster,
    node: name,
    api: apiOf(address),
    token: key.token,
    ca: key.authority.certificate,
    voters: Object.values(key.voters).map(apiOf),
  };
}

/** Out of agent.json, so that a node can be asked and removed without its cluster's key; undefined where it is not there. */
export async function readAccess(
  connection: Connection,
  paths: NodePaths,
): Promise<NodeAccess | undefined> {
  const text = await connection.readFile(paths.config);
  return text === undefined ? undefined : parseAccess(text);
}

export function parseAccess(text: string): NodeAccess | undefined {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(config) || !isObject(config["tls"]) || !isObject(config["voters"]))
    return undefined;
  const { cluster, node, address, token, tls, voters } = config;
  const ca = (tls as { ca?: unknown }).ca;
  if (![cluster, node, address, token, ca].every((one) => typeof one === "string"))
    return undefined;
  return {
    cluster: String(cluster),
    node: String(node),
    api: apiOf(String(address)),
    token: String(token),
    ca: String(ca),
    voters: Object.values(voters as object).map((voter) => apiOf(String(voter))),
  };
}

export function ownClient(access: NodeAccess, timeoutMs = 2000): CoveyClient {
  const { api, token, ca } = access;
  return new CoveyClient({ endpoints: [api], token, ca, timeoutMs });
}

/** undefined: no answer, or that of another node. */
export async function askAgent(
  access: NodeAccess,
  deadlineMs: number,
): Promise<AgentView | undefined> {
  const client = ownClient(access);
  try {
    const view = await client.agent({ signal: AbortSignal.timeout(deadlineMs) });
    return view.node === access.node ? view : undefined;
  } catch {
    return undefined;
  } finally {
    client.close();
  }
}
