import { readFile } from "node:fs/promises";
import {
  awaitMachine,
  ContainerConnection,
  copyImages,
  defaultSubnet,
  ensureMachine,
  OuterEngine,
  parseEngineAddress,
} from "../../connection/docker";
import type { EngineTls } from "../../connection/docker";
import { findConsul, InstallError, reasonOf } from "../../connection";
import type { NodeName } from "../../connection";
import { present } from "../../plugin";
import type { JoinKey } from "../keys/join-key";
import type { ProviderData } from "../provider-data";
import type { Machine } from "./machine";
import type { NodeModel } from "./schema";

type DockerModel = NonNullable<NodeModel["docker"]>;

export interface ContainerOptions {
  readonly data: ProviderData;
  readonly plan: NodeModel;
  readonly docker: DockerModel;
  readonly key: JoinKey;
  readonly signal: AbortSignal;
  /** Called before the first thing is made. */
  readonly begin: () => void;
  readonly note: (message: string) => void;
}

/**
 * The node's container, made where it is not what it is to be, with its own engine running and all in it that it cannot get by
 * itself: programs and images.
 */
export async function makeContainer(options: ContainerOptions): Promise<Machine> {
  const { data, plan, docker, key, signal, note } = options;
  const name = { cluster: key.cluster, node: plan.name };
  const address = present(plan.address, "address");
  const engine = await openEngine(docker);
  await engine.call("reach the Docker engine", (client) => client.ping());
  options.begin();
  await ensureMachine({
    engine,
    spec: {
      name,
      address,
      image: docker.image,
      subnet: docker.subnet ?? defaultSubnet(address),
      limits: { cpus: docker.cpus ?? undefined, memoryMiB: docker.memory_mib ?? undefined },
      dataDir: present(plan.data_dir, "data_dir"),
      dockerSocket: plan.docker_socket,
    },
    voters: Object.values(key.voters),
    note,
  });
  const connection = new ContainerConnection(engine, name);
  await awaitMachine(engine, name, connection.container, signal);
  const runtime = await connection.shareProgram(process.execPath);
  const consulBinary =
    key.consul.mode === "managed"
      ? await connection.shareProgram(
          await findConsul(data.local(), plan.consul_binary ?? undefined),
        )
      : undefined;
  await copyImages({
    from: engine,
    to: connection.container,
    dockerSocket: plan.docker_socket,
    images: docker.images ?? [],
    note,
  });
  return { connection, runtime, consulBinary };
}

/** Throws InstallError where a file cannot be read. */
export async function openEngine(docker: DockerModel): Promise<OuterEngine> {
  const address = parseEngineAddress(docker.host);
  if (!address) throw new Error(`'${docker.host}' is no engine's address`);
  return new OuterEngine({ text: docker.host, address, tls: await tlsOf(docker) });
}

/** `CLUSTER/NAME`, of a state. */
export function nameOf(state: NodeModel): NodeName {
  const [cluster = "", node = ""] = present(state.id, "id").split("/");
  return { cluster, node };
}

async function tlsOf(docker: DockerModel): Promise<EngineTls> {
  const [ca, cert, key] = await Promise.all([
    docker.ca ?? fileText("ca_file", docker.ca_file),
    docker.cert ?? fileText("cert_file", docker.cert_file),
    docker.key ?? fileText("key_file", docker.key_file),
  ]);
  return { ca, cert, key };
}

async function fileText(field: string, path: string | null): Promise<string | undefined> {
  if (path === null) return undefined;
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new InstallError(
      "read the engine's certificates",
      `docker.${field} cannot be read: ${reasonOf(error)}`,
      "docker",
    );
  }
}
