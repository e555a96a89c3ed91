import type { Clock } from "../../ports/clock";

/** Node's timers fire at once for a longer delay than this. */
const maxDelayMs = 2 ** 31 - 1;

/**
 * Node drops the fraction of a delay and counts from the begin of the loop's turn, so its timers ring up to 1 ms early: whoever waits for
 * a deadline would find it not come yet, and wait again for less than a millisecond.
 */
const earlyMs = 1;

/** The process's clock: `performance.now` is monotonic, timers do not keep the process alive. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (delayMs, run) => {
    const wholeMs = delayMs > 0 ? Math.ceil(delayMs) + earlyMs : 0;
    const timer = setTimeout(run, Math.min(wholeMs, maxDelayMs));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
