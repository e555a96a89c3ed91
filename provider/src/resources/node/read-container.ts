import { ContainerConnection, findMachine, hasRemains, statusOf } from "../../connection/docker";
import type { OuterEngine } from "../../connection/docker";
import { InstallError } from "../../connection";
import type { Connection } from "../../connection";
import { withEngine } from "./engine-of";
import type { Context, DockerModel } from "./engine-of";
import { nameOf } from "./schema";
import type { NodeModel } from "./schema";

/**
 * A node in a container, as it is found. Gone: neither container nor volume is left. An engine that cannot be reached is told as
 * a warning: the node may be well, and Terraform goes on with what it knows.
 * @param inside looks into a container that runs
 */
export async function readContainer(
  context: Context,
  state: NodeModel,
  docker: DockerModel,
  inside: (connection: Connection) => Promise<NodeModel | undefined>,
): Promise<NodeModel | undefined> {
  const down = { ...state, status: "down" };
  try {
    return await withEngine(context, docker, async (engine) => {
      const found = await find(engine, state);
      if (found === "gone") return undefined;
      if (found === "down") return down;
      const { programHash } = context.providerData;
      return (await inside(new ContainerConnection(engine, nameOf(state), programHash))) ?? down;
    });
  } catch (error) {
    // A refusal with a status is the engine's own answer; anything else: it, or the way to it, is down.
    if (!(error instanceof InstallError) || statusOf(error) !== undefined) throw error;
    context.diagnostics.warn(
      `Node '${state.name}' cannot be looked at`,
      `${error.message}. Its state is kept as it was.`,
    );
    return state;
  }
}

async function find(engine: OuterEngine, state: NodeModel): Promise<"running" | "down" | "gone"> {
  const found = await findMachine(engine, nameOf(state));
  if (found?.running === true) return "running";
  return found !== undefined || (await hasRemains(engine, nameOf(state))) ? "down" : "gone";
}
