import { ContainerConnection, findMachine, removeMachine } from "../../connection/docker";
import { nodePaths } from "../../connection";
import { present } from "../../plugin";
import { decodeJoinKey } from "../keys/join-key";
import { withEngine } from "./engine-of";
import type { Context, DockerModel } from "./engine-of";
import { accessOf } from "./node-access";
import type { NodeAccess } from "./node-access";
import { removeLostNode, removeNode } from "./remove-node";
import type { RemoveOptions } from "./remove-node";
import type { NodeModel } from "./schema";

/** All that is in it goes with the container and its volume: leaving the cluster is all that is done inside. */
export async function removeContainer(
  context: Context,
  options: Omit<RemoveOptions, "connection" | "paths" | "takeOff">,
  state: NodeModel,
  docker: DockerModel,
): Promise<void> {
  const { name } = options;
  const { programHash } = context.providerData;
  await withEngine(context, docker, async (engine) => {
    const takeOff = (): Promise<void> => removeMachine(engine, name);
    if ((await findMachine(engine, name))?.running !== true)
      return removeLostNode({ ...options, takeOff }, accessInState(state));
    const connection = new ContainerConnection(engine, name, programHash);
    const paths = nodePaths(present(state.data_dir, "data_dir"));
    return removeNode({ ...options, connection, paths, takeOff });
  });
}

function accessInState(state: NodeModel): NodeAccess | undefined {
  // Absent after an import.
  const text = state.cluster as string | null;
  if (text === null) return undefined;
  const address = present(state.address, "address");
  return accessOf({ name: state.name, address, key: decodeJoinKey(text) });
}
