import type { CoveyClient, UnreachableError } from "../../client";
import { isPassing } from "../problems";
import { pause } from "../waiting";
import type { Deadline } from "../waiting";
import { withdraw, type WithdrawTiming } from "../withdraw";

/** What became of it. Only `deleted` is certain. */
export type Deleted =
  | { readonly kind: "deleted" }
  /** No longer wanted, but these of its instances have not ended yet, or the cluster has stopped to say. */
  | { readonly kind: "ending"; readonly tasks: readonly string[] }
  /** No agent has answered at all: the cluster is gone, or out of reach. */
  | { readonly kind: "unreachable"; readonly error: UnreachableError };

/** An unreachable task cannot be waited for: it is killed when its node comes back. */
const ended: ReadonlySet<string> = new Set([
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_ERROR",
  "TASK_LOST",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_UNREACHABLE",
]);

/**
 * Deletes a service and waits for its instances to end. Throws PluginError where the cluster is there but does not delete
 * it: then the service stays in the state, and nothing is forgotten.
 */
export async function deleteService(
  client: CoveyClient,
  name: string,
  deadline: Deadline,
  timing: WithdrawTiming,
): Promise<Deleted> {
  const silent = await withdraw(
    `Service '${name}'`,
    () => client.deleteService(name),
    deadline,
    timing,
  );
  if (silent) return { kind: "unreachable", error: silent };
  let left: readonly string[] = [];
  while (!deadline.signal.aborted) {
    try {
      const tasks = await client.tasks(name, { signal: deadline.signal });
      left = tasks
        .filter(({ state }) => !ended.has(state))
        .map(({ id, node }) => `${id} on ${node}`);
      if (left.length === 0) return { kind: "deleted" };
    } catch (error) {
      if (!isPassing(error)) return { kind: "ending", tasks: left };
    }
    await pause(timing.pollMs, deadline);
  }
  return { kind: "ending", tasks: left };
}
