import { ContainerConnection, findMachine, removeMachine } from "../../connection/docker";
import { nodePaths } from "../../connection";
import { present } from "../../plugin";
import { decodeJoinKey } from "../keys/join-key";
import { openEngine } from "./container";
import { accessOf } from "./node-access";
import type { NodeAccess } from "./node-access";
import { removeLostNode, removeNode } from "./remove-node";
import type { RemoveOptions } from "./remove-node";
import type { NodeModel } from "./schema";

/** All that is in it goes with the container and its volume: leaving the cluster is all that is done inside. */
export async function removeContainer(
  options: Omit<RemoveOptions, "connection" | "paths" | "takeOff">,
  state: NodeModel,
  docker: NonNullable<NodeModel["docker"]>,
): Promise<void> {
  const { name } = options;
  const engine = await openEngine(docker);
  const takeOff = (): Promise<void> => removeMachine(engine, name);
  const found = await findMachine(engine, name);
  if (found?.running !== true) return removeLostNode({ ...options, takeOff }, accessInState(state));
  const connection = new ContainerConnection(engine, name);
  const paths = nodePaths(present(state.data_dir, "data_dir"));
  return removeNode({ ...options, connection, paths, takeOff });
}

function accessInState(state: NodeModel): NodeAccess | undefined {
  // Absent after an import.
  const text = state.cluster as string | null;
  if (text === null) return undefined;
  const address = present(state.address, "address");
  return accessOf({ name: state.name, address, key: decodeJoinKey(text) });
}
