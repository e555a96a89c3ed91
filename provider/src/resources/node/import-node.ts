import { readFile } from "node:fs/promises";
import type { RawAgentConfig } from "@covey/agent/contract";
import { nodePaths, reasonOf } from "../../connection";
import { defaultEngine } from "../../connection/docker";
import { PluginError } from "../../plugin";
import type { ResourceContext } from "../../plugin";
import { apiOf, decodeJoinKey } from "../keys/join-key";
import type { ProviderData } from "../provider-data";
import { explained, operationOf } from "./explained";
import { containerPlace, readContainerPlace, subnetIn, withoutDerived } from "./import-container";
import type { ContainerPlace } from "./import-container";
import { parseAccess } from "./node-access";
import type { NodeModel } from "./schema";
import { targetOf } from "./target";

/**
 * By data directory, for a machine reached over SSH as `ssh://USER@HOST:PORT/DATA_DIR`, for a container as `docker://CLUSTER/NODE` or
 * `docker+ENGINE/CLUSTER/NODE`. Over SSH the login is that of ssh-agent, or the key of the file that COVEY_SSH_KEY_FILE names. What a node has of its cluster is in its agent.json, all but the
 * authority's key.
 */
export async function importNode(
  context: ResourceContext<ProviderData>,
  id: string,
): Promise<Partial<NodeModel>> {
  const container = containerPlace(id);
  if (container) return importContainer(context, id, container);
  const place = parseId(id, context.providerData.sshKeyFile);
  if (!place) throw notImportable(id, "has another form");
  const { machines } = context.providerData;
  const { ssh, directory } = place;
  return explained(id, () =>
    machines.use(targetOf({ ssh }), operationOf(context), async (connection) => {
      const text = await connection.readFile(nodePaths(directory).config);
      const found = text === undefined ? undefined : await modelOf(context.providerData, text);
      if (!found) throw notImportable(id, "does not");
      return { ...found, data_dir: directory, local: ssh === null ? {} : null, ssh };
    }),
  );
}

async function importContainer(
  context: ResourceContext<ProviderData>,
  id: string,
  place: ContainerPlace,
): Promise<Partial<NodeModel>> {
  const found = await explained(id, () => readContainerPlace(context, place));
  if (found?.config === undefined) throw notImportable(id, "names none that is there");
  const model = await modelOf(context.providerData, found.config);
  const { cluster, node } = place.name;
  if (model?.id !== `${cluster}/${node}`) throw notImportable(id, "holds another's agent.json");
  const { dataDir, docker } = found;
  return {
    ...model,
    resources: withoutDerived(model.resources ?? null, docker),
    data_dir: dataDir,
    local: null,
    ssh: null,
    docker: { ...docker, subnet: subnetIn(found, model.address ?? "") },
  };
}

async function modelOf(data: ProviderData, text: string): Promise<Partial<NodeModel> | undefined> {
  const access = parseAccess(text);
  if (!access) return undefined;
  const config = JSON.parse(text) as RawAgentConfig;
  const cluster = await joinKeyText(data.joinKeyFile, access.cluster);
  return {
    id: `${access.cluster}/${access.node}`,
    name: access.node,
    ...(cluster === undefined ? {} : { cluster }),
    address: config.address,
    docker_socket: config.docker?.socket ?? "/var/run/docker.sock",
    resources: resourcesOf(config.resources ?? {}),
    attributes: isEmpty(config.attributes ?? {}) ? null : (config.attributes ?? null),
    api: apiOf(config.address),
  };
}

interface Place {
  readonly ssh: NodeModel["ssh"];
  readonly directory: string;
}

/** undefined where it is neither an absolute path nor such a URL. */
function parseId(id: string, keyFile: string | undefined): Place | undefined {
  const directory = (path: string): string => path.replace(/\/+$/, "");
  if (id.startsWith("/")) return { ssh: null, directory: directory(id) };
  const match = /^ssh:\/\/(?:([^@/]+)@)?(\[[0-9A-Fa-f:.]+\]|[^:/@]+)(?::(\d{1,5}))?(\/.+)$/.exec(
    id,
  );
  const [, user, host, port, path] = match ?? [];
  if (host === undefined || path === undefined) return undefined;
  const way = {
    host: host.replace(/^\[|\]$/g, ""),
    port: Number(port ?? 22),
    user: user ?? "root",
    private_key: null,
    private_key_file: keyFile ?? null,
    agent: null,
    host_key: null,
    known_hosts_file: null,
  };
  return { ssh: { ...way, sudo: null, jump: null }, directory: directory(path) };
}

function notImportable(id: string, why: string): PluginError {
  return new PluginError(
    "Node cannot be imported",
    `The ID of an import is the absolute path of a node's data directory, which holds an agent.json, ssh://USER@HOST:PORT/DATA_DIR for a machine reached over SSH, or, of a node in a container, docker://CLUSTER/NODE (at ${defaultEngine}) or docker+ENGINE/CLUSTER/NODE, such as docker+ssh://USER@HOST:PORT/CLUSTER/NODE. '${id}' ${why}.`,
  );
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
