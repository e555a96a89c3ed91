/** Heartbeat rounds remembered; older answers come too late to matter. */
const maxRounds = 64;

/**
 * Check-quorum as a lease. A voter that answers a heartbeat votes for nobody for at least `timeoutMinMs` after
 * it received it, hence after it was sent. So the master may act for `leaseMs` (less than that) from when the
 * newest round was *sent* that a majority, itself included, has answered. Counting from when the answers came
 * would be wrong by the time they travelled, or lay unread while we slept.
 */
export class Lease {
  private round = 0;
  private readonly sentAtMs = new Map<number, number>();
  private readonly answeredSentAtMs = new Map<string, number>();
  /** Asked before everything a master does, and changed by answers alone. */
  private known: { readonly others: readonly string[]; readonly untilMs: number } | undefined;

  constructor(private readonly leaseMs: number) {}

  /** Of the last round sent. */
  get lastRound(): number {
    return this.round;
  }

  nextRound(nowMs: number): number {
    this.round += 1;
    this.sentAtMs.set(this.round, nowMs);
    this.sentAtMs.delete(this.round - maxRounds);
    return this.round;
  }

  /** When that round was sent; undefined: too long ago to count, or void. */
  answered(voter: string, round: number): number | undefined {
    const sentAtMs = this.sentAtMs.get(round);
    if (sentAtMs === undefined) return undefined;
    const before = this.answeredSentAtMs.get(voter) ?? -Infinity;
    this.known = undefined;
    this.answeredSentAtMs.set(voter, Math.max(before, sentAtMs));
    return sentAtMs;
  }

  /** No answer counts any more but to rounds yet to come. Returns the last of those that are void. */
  renounce(): number {
    this.sentAtMs.clear();
    this.answeredSentAtMs.clear();
    this.known = undefined;
    return this.round;
  }

  /** Where these are the voters besides the master: Infinity for a lone one, -Infinity before the first majority. */
  untilMs(others: readonly string[]): number {
    if (this.known?.others !== others) this.known = { others, untilMs: this.majorityMs(others) };
    return this.known.untilMs;
  }

  private majorityMs(others: readonly string[]): number {
    const needed = Math.floor((others.length + 1) / 2);
    if (needed === 0) return Infinity;
    const newestFirst = others
      .map((voter) => this.answeredSentAtMs.get(voter) ?? -Infinity)
      .sort((a, b) => b - a);
    return (newestFirst[needed - 1] ?? -Infinity) + this.leaseMs;
  }
}
