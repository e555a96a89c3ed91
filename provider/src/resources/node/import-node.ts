import { readFile } from "node:fs/promises";
import type { RawAgentConfig } from "@covey/agent/contract";
import { nodePaths, reasonOf } from "../../connection";
import { PluginError } from "../../plugin";
import { apiOf, decodeJoinKey } from "../keys/join-key";
import type { ProviderData } from "../provider-data";
import { parseAccess } from "./node-access";
import type { NodeModel } from "./schema";

/** By data directory. What a node has of its cluster is in its agent.json, all but the authority's key. */
export async function importNode(
  data: ProviderData,
  directory: string,
): Promise<Partial<NodeModel>> {
  const paths = nodePaths(directory.replace(/\/+$/, ""));
  const text = directory.startsWith("/") ? await data.local().readFile(paths.config) : undefined;
  const access = text === undefined ? undefined : parseAccess(text);
  if (text === undefined || !access)
    throw new PluginError(
      "Node cannot be imported",
      `The ID of an import is the absolute path of a node's data directory, which holds an agent.json. '${directory}' does not.`,
    );
  const config = JSON.parse(text) as RawAgentConfig;
  const cluster = await joinKeyText(data.joinKeyFile, access.cluster);
  return {
    id: `${access.cluster}/${access.node}`,
    name: access.node,
    ...(cluster === undefined ? {} : { cluster }),
    address: config.address,
    data_dir: paths.directory,
    docker_socket: config.docker?.socket ?? "/var/run/docker.sock",
    resources: resourcesOf(config.resources ?? {}),
    attributes: isEmpty(config.attributes ?? {}) ? null : (config.attributes ?? null),
    local: { runtime: null },
    api: apiOf(config.address),
  };
}

async function joinKeyText(file: string | undefined, cluster: string): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    const text = (await readFile(file, "utf8")).trim();
    const found = decodeJoinKey(text).cluster;
    if (found === cluster) return text;
    throw new Error(`it is the key of cluster '${found}', the node is of '${cluster}'`);
  } catch (error) {
    throw new PluginError(
      "Join key cannot be used",
      `COVEY_JOIN_KEY_FILE=${file}: ${reasonOf(error)}.`,
    );
  }
}

function resourcesOf(resources: NonNullable<RawAgentConfig["resources"]>): NodeModel["resources"] {
  if (isEmpty(resources)) return null;
  const { cpus, memMiB, diskMiB, ports } = resources;
  return {
    cpus: cpus ?? null,
    memory_mib: memMiB ?? null,
    disk_mib: diskMiB ?? null,
    ports: ports?.map(({ begin, end }) => `${begin}-${end}`).join(",") ?? null,
  };
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
