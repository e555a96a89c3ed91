/** Bounds of what streams may cost, whoever is at the other end. */
export interface StreamLimits {
  readonly connectDeadlineMs: number;
  /** From the first moment of a connection to its last. */
  readonly exchangeDeadlineMs: number;
  /** Nothing arrives for so long. */
  readonly idleDeadlineMs: number;
  /** Connections at once, from others and to others. Each may hold a frame. */
  readonly maxIncoming: number;
  readonly maxOutgoing: number;
}

export const streamLimits: StreamLimits = {
  connectDeadlineMs: 2000,
  exchangeDeadlineMs: 5000,
  idleDeadlineMs: 2000,
  maxIncoming: 128,
  maxOutgoing: 32,
};
