/** Ready for this long, an instance has proven itself. */
export const provenAfterMs = 10_000;

const firstDelayMs = 1000;
const longestDelayMs = 60_000;

/** How one version of a service fares: when its next instance may be launched. */
export interface Backoff {
  /** Rounds of failure in a row; instances that were launched together and end together are one. */
  readonly rounds: number;
  /** When the first failure of the last round was heard of. */
  readonly roundSinceMs: number;
  /** No launch before this, monotonic. */
  readonly untilMs: number;
}

export const noBackoff: Backoff = {
  rounds: 0,
  roundSinceMs: -Infinity,
  untilMs: -Infinity,
};

/** At once after the first failure; then 1 s, 2 s, 4 s ... 60 s, as long as none proves itself. */
export function afterFailure(
  before: Backoff,
  ended: { readonly knownSinceMs: number; readonly readySinceMs: number | undefined },
  nowMs: number,
): Backoff {
  const proven = ended.readySinceMs !== undefined && nowMs - ended.readySinceMs >= provenAfterMs;
  const sameRound = ended.knownSinceMs < before.roundSinceMs;
  if (sameRound) return before;
  const rounds = proven ? 1 : before.rounds + 1;
  const delayMs = rounds < 2 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (rounds - 2));
  return { rounds, roundSinceMs: nowMs, untilMs: nowMs + delayMs };
}
