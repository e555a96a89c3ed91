import { ContainerConnection, findMachine, hasRemains, statusOf } from "../../connection/docker";
import { InstallError } from "../../connection";
import type { Connection } from "../../connection";
import type { ResourceContext } from "../../plugin";
import type { ProviderData } from "../provider-data";
import { nameOf, openEngine } from "./container";
import type { NodeModel } from "./schema";

/** What a refresh can say of a node in a container before it has looked inside. */
export type FoundContainer =
  | { readonly kind: "running"; readonly connection: Connection }
  | { readonly kind: "down" }
  /** Neither container nor volume is left. */
  | { readonly kind: "gone" }
  /** Its engine does not answer: nothing is known. */
  | { readonly kind: "unknown" };

/** An engine that cannot be reached is told as a warning: the node may be well, and Terraform goes on with what it knows. */
export async function findContainer(
  context: ResourceContext<ProviderData>,
  state: NodeModel,
  docker: NonNullable<NodeModel["docker"]>,
): Promise<FoundContainer> {
  const name = nameOf(state);
  try {
    const engine = await openEngine(docker);
    const found = await findMachine(engine, name);
    if (found?.running === true)
      return { kind: "running", connection: new ContainerConnection(engine, name) };
    return found !== undefined || (await hasRemains(engine, name))
      ? { kind: "down" }
      : { kind: "gone" };
  } catch (error) {
    if (!(error instanceof InstallError) || statusOf(error) !== undefined) throw error;
    context.diagnostics.warn(
      `Node '${state.name}' cannot be looked at`,
      `${error.message}. Its state is kept as it was.`,
    );
    return { kind: "unknown" };
  }
}
