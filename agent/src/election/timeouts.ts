import type { ElectionTiming } from "./options";

/** Random times to wait, so that voters seldom stand at once (Raft 3.4). */
export class Timeouts {
  /** @throws Error where the timing would let two masters act at once. */
  constructor(
    private readonly timing: ElectionTiming,
    private readonly random: () => number,
  ) {
    const { leaseMs, timeoutMinMs, timeoutMaxMs } = timing;
    if (leaseMs >= timeoutMinMs || timeoutMinMs > timeoutMaxMs)
      throw new Error(
        `election: leaseMs ${leaseMs} < timeoutMinMs ${timeoutMinMs} <= timeoutMaxMs ${timeoutMaxMs} must hold, or two masters could act at once`,
      );
  }

  /** How long to hear no master before standing. */
  silenceMs(): number {
    const { timeoutMinMs, timeoutMaxMs } = this.timing;
    return timeoutMinMs + this.random() * (timeoutMaxMs - timeoutMinMs);
  }

  /** After a round that was not won: shorter, as asking disturbs nobody and rivals must only miss each other. */
  retryMs(): number {
    return this.timing.timeoutMinMs * (1 / 3 + this.random() * (2 / 3));
  }
}
