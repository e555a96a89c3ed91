import type { Clock } from "../../ports/clock";

/** Node's timers fire at once for a longer delay than this. */
const maxDelayMs = 2 ** 31 - 1;

/** The process's clock: `performance.now` is monotonic, timers do not keep the process alive. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), maxDelayMs));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
