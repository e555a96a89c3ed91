import { ApiError, isMissing, UnreachableError } from "../client";
import { explainedApiError, isPassing } from "./problems";
import { pause } from "./waiting";
import type { Deadline } from "./waiting";

export interface WithdrawTiming {
  readonly pollMs: number;
  /** No answer of any agent for this long, and the cluster is taken for gone. */
  readonly silenceMs: number;
}

export const withdrawTiming: WithdrawTiming = { pollMs: 500, silenceMs: 30_000 };

/**
 * Takes a wish back, until the cluster has heard of it. Undefined: it has; the error: nobody ever answered. Throws PluginError where
 * the cluster is there but refuses.
 */
export async function withdraw(
  what: string,
  remove: () => Promise<unknown>,
  deadline: Deadline,
  timing: WithdrawTiming,
): Promise<UnreachableError | undefined> {
  const begun = performance.now();
  let answered = false;
  for (;;) {
    try {
      await remove();
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
        throw explainedApiError(`${what} could not be deleted`, error);
    }
    await pause(timing.pollMs, deadline);
  }
}
