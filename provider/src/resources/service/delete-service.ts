import { ApiError, isMissing, UnreachableError } from "../../client";
import type { CoveyClient } from "../../client";
import { explainedApiError, isPassing } from "../problems";
import { pause } from "../waiting";
import type { Deadline } from "../waiting";

/** What became of it. Only `deleted` is certain. */
export type Deleted =
  | { readonly kind: "deleted" }
  /** No longer wanted, but these of its instances have not ended yet, or the cluster has stopped to say. */
  | { readonly kind: "ending"; readonly tasks: readonly string[] }
  /** No agent has answered at all: the cluster is gone, or out of reach. */
  | { readonly kind: "unreachable"; readonly error: UnreachableError };

export interface DeleteTiming {
  readonly pollMs: number;
  /** No answer of any agent for this long, and the cluster is taken for gone. */
  readonly silenceMs: number;
}

export const deleteTiming: DeleteTiming = { pollMs: 500, silenceMs: 30_000 };

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
  timing: DeleteTiming,
): Promise<Deleted> {
  const silent = await undesire(client, name, deadline, timing);
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

/** @returns undefined once it is no longer desired; the error where nobody ever answered */
async function undesire(
  client: CoveyClient,
  name: string,
  deadline: Deadline,
  timing: DeleteTiming,
): Promise<UnreachableError | undefined> {
  const begun = performance.now();
  let answered = false;
  for (;;) {
    try {
      await client.deleteService(name);
      return undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      deadline.throwIfInterrupted();
      answered ||= error instanceof ApiError;
      const silentMs = performance.now() - begun;
      if (error instanceof UnreachableError && !answered && silentMs >= timing.silenceMs)
        return error;
      const again = error instanceof UnreachableError || isPassing(error);
      if (!again || deadline.signal.aborted)
        throw explainedApiError(`Service '${name}' could not be deleted`, error);
    }
    await pause(timing.pollMs, deadline);
  }
}
