/** Timing of the election. `leaseMs` < `timeoutMinMs` must hold; the gap is what clocks may drift apart meanwhile. */
export interface ElectionTiming {
  /** The master's interval. Shorter costs packets; timeoutMinMs / heartbeatMs heartbeats may be lost in a row. */
  readonly heartbeatMs: number;
  /**
   * A voter that hears no master for a random time between these stands for election. Shorter succeeds a dead
   * master sooner, and deposes a slow one sooner; a wider range makes rival candidates rarer.
   */
  readonly timeoutMinMs: number;
  readonly timeoutMaxMs: number;
  /** A master that no majority has answered for so long steps down. Shorter bears less delay. */
  readonly leaseMs: number;
}

export interface ElectionOptions extends ElectionTiming {
  /** All of them, the same at every voter; declared, never inferred from who is alive. */
  readonly voters: readonly string[];
  readonly self: string;
}

export const defaultElection: ElectionTiming = {
  heartbeatMs: 150,
  timeoutMinMs: 900,
  timeoutMaxMs: 1800,
  leaseMs: 700,
};
