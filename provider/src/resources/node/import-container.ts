import {
  ContainerConnection,
  defaultEngine,
  defaultSubnet,
  describeMachine,
  parseEngineAddress,
} from "../../connection/docker";
import type { MachineDescription } from "../../connection/docker";
import { InstallError, nodePaths } from "../../connection";
import type { NodeName } from "../../connection";
import { byAgent, withEngine } from "./engine-of";
import type { Context, DockerModel } from "./engine-of";
import { offeredResources } from "./offered-resources";
import type { NodeModel } from "./schema";

/** A node in a container, as its ID names it. */
export interface ContainerPlace {
  readonly name: NodeName;
  /** As `docker.host` has it. */
  readonly host: string;
}

export interface ImportedContainer {
  /** Text of the node's agent.json. */
  readonly config: string | undefined;
  readonly dataDir: string;
  readonly docker: DockerModel;
  /** Of the cluster's network; the node's own /24 need not be said in a configuration. */
  readonly subnet: string;
}

/**
 * `docker://CLUSTER/NODE` at the default engine, `docker+ENGINE/CLUSTER/NODE` at another one, ENGINE as `docker.host` has it; undefined
 * where the ID is neither.
 */
export function containerPlace(id: string): ContainerPlace | undefined {
  const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  const form = new RegExp(String.raw`^docker(?:\+(.+)/|://)(${label})/(${label})$`);
  const [, host = defaultEngine, cluster, node] = form.exec(id) ?? [];
  if (cluster === undefined || node === undefined) return undefined;
  return parseEngineAddress(host) && { name: { cluster, node }, host };
}

/**
 * What the container tells of itself. Which images were copied into it, and by which secrets its engine is reached, it does not: the
 * first come from the configuration with the next plan; of the second the file names are taken from the environment.
 * Throws InstallError where it does not run, for what is in it is read from within.
 */
export async function readContainerPlace(
  context: Context,
  { name, host }: ContainerPlace,
): Promise<ImportedContainer | undefined> {
  const docker = { ...nothing, host, ...accessOf(context, host) };
  return withEngine(context, docker, async (engine) => {
    const found = await describeMachine(engine, name);
    if (!found) return undefined;
    if (!found.running)
      throw new InstallError(
        "look into the node's container",
        `container covey-${name.cluster}-${name.node} of Docker at ${host} does not run; start it ('docker start covey-${name.cluster}-${name.node}') and import it then`,
        "docker",
      );
    const connection = new ContainerConnection(engine, name, context.providerData.programHash);
    const config = await connection.readFile(nodePaths(found.dataDir).config);
    return {
      config,
      dataDir: found.dataDir,
      docker: { ...docker, ...settingsOf(found) },
      subnet: found.subnet,
    };
  });
}

/** `docker.subnet` of a configuration that leaves out what is the default. */
export function subnetIn({ subnet }: ImportedContainer, address: string): string | null {
  return subnet === defaultSubnet(address) ? null : subnet;
}

/** `resources` of a configuration that leaves out what follows from the container's limits. */
export function withoutDerived(
  resources: NodeModel["resources"],
  docker: DockerModel,
): NodeModel["resources"] {
  const derived = offeredResources(null, docker);
  if (resources === null || derived === null) return resources;
  const own = {
    ...resources,
    cpus: resources.cpus === derived.cpus ? null : resources.cpus,
    memory_mib: resources.memory_mib === derived.memory_mib ? null : resources.memory_mib,
  };
  return Object.values(own).every((value) => value === null) ? null : own;
}

function settingsOf({ image, limits }: MachineDescription): Partial<DockerModel> {
  return { image, cpus: limits.cpus ?? null, memory_mib: limits.memoryMiB ?? null };
}

/** As an import over SSH, and as the docker command, get theirs. */
function accessOf({ providerData }: Context, host: string): Partial<DockerModel> {
  const { dockerCertPath: folder, sshKeyFile } = providerData;
  if (host.startsWith("tcp://") && folder !== undefined)
    return {
      ca_file: `${folder}/ca.pem`,
      cert_file: `${folder}/cert.pem`,
      key_file: `${folder}/key.pem`,
    };
  if (!host.startsWith("ssh://") || sshKeyFile === undefined) return {};
  return { ssh: { ...byAgent, private_key_file: sshKeyFile } };
}

const nothing = {
  ca: null,
  cert: null,
  key: null,
  ca_file: null,
  cert_file: null,
  key_file: null,
  ssh: null,
  image: "",
  subnet: null,
  cpus: null,
  memory_mib: null,
  images: null,
};
