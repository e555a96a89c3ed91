import {
  awaitMachine,
  ContainerConnection,
  copyImages,
  defaultSubnet,
  ensureMachine,
} from "../../connection/docker";
import type { MachineSpec, OuterEngine } from "../../connection/docker";
import { findConsul, LocalConnection } from "../../connection";
import type { Connection } from "../../connection";
import { present } from "../../plugin";
import { decodeJoinKey } from "../keys/join-key";
import type { JoinKey } from "../keys/join-key";
import { withEngine } from "./engine-of";
import type { Context, DockerModel } from "./engine-of";
import type { NodeModel } from "./schema";

/** A node's machine, reached. */
export interface Machine {
  readonly connection: Connection;
  /** The consul program there; undefined: it is looked for. */
  readonly consulBinary: string | undefined;
}

export interface ContainerOptions {
  readonly context: Context;
  readonly plan: NodeModel;
  readonly docker: DockerModel;
  /** Called before the first thing is made. */
  readonly begin: () => void;
}

/**
 * Has the node's container, made where it is not what it is to be, with its own engine running and in it what a node cannot get
 * by itself: Consul and images. It is to be used until `act` ends.
 */
export async function inContainer(
  options: ContainerOptions,
  act: (machine: Machine) => Promise<void>,
): Promise<void> {
  const { context, plan, docker } = options;
  const key = decodeJoinKey(plan.cluster);
  await withEngine(context, docker, async (engine) => {
    await engine.call("reach the Docker engine", (client) => client.ping());
    options.begin();
    const connection = await makeContainer(options, key, engine);
    context.signal.throwIfAborted();
    const consulBinary =
      key.consul.mode === "managed" ? await bringConsul(connection, plan) : undefined;
    await copyImages({
      from: engine,
      to: connection.container,
      dockerSocket: plan.docker_socket,
      images: docker.images ?? [],
      note: noteOf(context, plan),
    });
    await act({ connection, consulBinary });
  });
}

async function makeContainer(
  { context, plan, docker }: ContainerOptions,
  key: JoinKey,
  engine: OuterEngine,
): Promise<ContainerConnection> {
  const spec = machineSpec(plan, docker, key);
  await ensureMachine({
    engine,
    spec,
    voters: Object.values(key.voters),
    note: noteOf(context, plan),
  });
  const { programHash } = context.providerData;
  const connection = new ContainerConnection(engine, spec.name, programHash);
  await awaitMachine(engine, spec.name, connection.container, context.signal);
  return connection;
}

function machineSpec(plan: NodeModel, docker: DockerModel, key: JoinKey): MachineSpec {
  const address = present(plan.address, "address");
  return {
    name: { cluster: key.cluster, node: plan.name },
    address,
    image: docker.image,
    subnet: docker.subnet ?? defaultSubnet(address),
    limits: { cpus: docker.cpus ?? undefined, memoryMiB: docker.memory_mib ?? undefined },
    dataDir: present(plan.data_dir, "data_dir"),
    dockerSocket: plan.docker_socket,
  };
}

/** From the machine Terraform runs on: a container has none. */
async function bringConsul(connection: ContainerConnection, plan: NodeModel): Promise<string> {
  const own = await findConsul(new LocalConnection(), plan.consul_binary ?? undefined);
  return connection.shareProgram(own);
}

function noteOf({ log }: Context, { name }: NodeModel): (message: string) => void {
  return (message) => {
    log.info(`node ${name}: ${message}`);
  };
}
