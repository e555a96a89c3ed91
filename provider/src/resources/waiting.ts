import { setTimeout as sleep } from "node:timers/promises";
import { PluginError } from "../plugin";

/** The end of an operation: its own deadline, or the user's interrupt. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly ms: number;
  /** Throws PluginError where the user has interrupted. */
  throwIfInterrupted(): void;
  readonly passed: boolean;
}

export function deadlineIn(ms: number, interrupt: AbortSignal): Deadline {
  const timeout = AbortSignal.timeout(ms);
  return {
    ms,
    signal: AbortSignal.any([timeout, interrupt]),
    throwIfInterrupted: () => {
      if (interrupt.aborted)
        throw new PluginError(
          "Interrupted",
          "The operation was interrupted. What exists is in the state; the next apply goes on from there.",
        );
    },
    get passed() {
      return timeout.aborted;
    },
  };
}

/** Sleeps, but not beyond the deadline. */
export async function pause(ms: number, deadline: Deadline): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: deadline.signal });
  } catch {
    // The caller looks at the deadline itself.
  }
}
