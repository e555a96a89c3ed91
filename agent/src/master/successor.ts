import type { NodeView } from "../contract/index";
import { ControlError } from "../ports/control";

/** What makes a node fit. */
export type Fitness = Pick<NodeView, "status" | "attached" | "draining" | "unhealthy">;

/**
 * The voter to hand the office to: `wanted`, or the first by name that is fit. Fit is who is alive, attached, healthy and not
 * draining. Throws ControlError saying what stands against it.
 */
export function chooseSuccessor(
  nodes: readonly NodeView[],
  self: string,
  wanted: string | undefined,
): string {
  const others = nodes.filter(({ voter, name }) => voter && name !== self);
  if (wanted !== undefined) return named(nodes, self, wanted);
  const fit = others.find((node) => unfit(node) === undefined);
  if (fit) return fit.name;
  const reasons = others.map((node) => `${node.name} ${unfit(node) ?? ""}`);
  throw new ControlError(
    "conflict",
    `no other voter is fit to be master: ${reasons.join(", ") || "there is none"}`,
  );
}

function named(nodes: readonly NodeView[], self: string, wanted: string): string {
  if (wanted === self) throw new ControlError("conflict", `${self} is the master already`);
  const node = nodes.find(({ name }) => name === wanted);
  const voters = nodes.filter(({ voter }) => voter).map(({ name }) => name);
  if (!node?.voter)
    throw new ControlError(
      "not-found",
      `there is no voter '${wanted}': only voters can be master, they are ${voters.join(", ")}`,
    );
  const reason = unfit(node);
  if (reason === undefined) return wanted;
  throw new ControlError("conflict", `${wanted} cannot become master now: it ${reason}`);
}

/** Why a node is not to be master, nor to become a voter; undefined: it is fit. */
export function unfit(node: Fitness): string | undefined {
  if (node.status !== "alive") return `is ${node.status} in the mesh`;
  if (!node.attached) return "is not attached to the master";
  if (node.draining) return "is draining";
  return node.unhealthy === undefined ? undefined : `is unhealthy (${node.unhealthy})`;
}
