/**
 * Timing of the election. `leaseMs` < `timeoutMinMs` must hold; the gap is what clocks may drift apart meanwhile.
 * Raft asks for broadcast time << election timeout << time between failures (5.6 of the paper): a round trip and
 * an fsync take some milliseconds, a busy machine's event loop stands still for some hundred.
 */
export interface ElectionTiming {
  /** The master's interval. Shorter costs packets; leaseMs / heartbeatMs - 1 rounds in a row may be lost. */
  readonly heartbeatMs: number;
  /**
   * A voter that hears no master for a random time between these stands for election. Shorter succeeds a dead
   * master sooner, and deposes a slow one sooner; a wider range makes rival candidates rarer. A master that stands
   * still for less than `timeoutMinMs` - `heartbeatMs` stays in office.
   */
  readonly timeoutMinMs: number;
  readonly timeoutMaxMs: number;
  /** A master that no majority has answered for so long may not act. Shorter bears less delay. */
  readonly leaseMs: number;
}

export interface ElectionOptions extends ElectionTiming {
  /** All of them, the same at every voter; declared, never inferred from who is alive. */
  readonly voters: readonly string[];
  readonly self: string;
  /** In these terms, and before, this voter may have voted and not know it: it gives no vote there, nor stands. */
  readonly abstainsThrough?: number;
}

/** How these were chosen, and what other numbers give: docs/election.md; `npm run bench -- election` measures them. */
export const defaultElection: ElectionTiming = {
  heartbeatMs: 100,
  timeoutMinMs: 700,
  timeoutMaxMs: 1400,
  leaseMs: 600,
};
