import type { MembershipOptions } from "./options";

/**
 * When the periodic work is due. Each period starts at a random phase, so that nodes started together do not
 * act together; what was missed in a pause is done once, not caught up with.
 */
export class Schedule {
  private gossipAtMs = 0;
  private stateAtMs = Infinity;
  private joinAtMs = Infinity;
  private reapAtMs = Infinity;
  private answersFromMs = -Infinity;
  private answers = 0;

  constructor(
    private readonly options: MembershipOptions,
    private readonly random: () => number,
  ) {}

  start(nowMs: number, hasSeeds: boolean): void {
    this.gossipAtMs = nowMs;
    this.stateAtMs = nowMs + this.random() * this.options.stateIntervalMs;
    this.joinAtMs = hasSeeds ? nowMs + this.jitter(this.options.joinRetryMs) : Infinity;
    this.reapAtMs = nowMs + this.reapIntervalMs();
  }

  /** Only gossip goes on. */
  stop(): void {
    this.stateAtMs = this.joinAtMs = this.reapAtMs = Infinity;
  }

  /** There is news at `nowMs`, not since the last gossip. */
  hurryGossip(nowMs: number): void {
    this.gossipAtMs = Math.max(this.gossipAtMs, nowMs);
  }

  gossipDue(nowMs: number, pending: boolean): boolean {
    if (!pending || this.gossipAtMs > nowMs) return false;
    this.gossipAtMs = nowMs + this.options.gossipIntervalMs;
    return true;
  }

  /** As memberlist does it: the load of all nodes together must not grow with the square of their number. */
  stateDue(nowMs: number, members: number): boolean {
    if (this.stateAtMs > nowMs) return false;
    const scale = Math.max(1, Math.ceil(Math.log2(members)) - 4);
    this.stateAtMs = nowMs + this.jitter(this.options.stateIntervalMs * scale);
    return true;
  }

  joinDue(nowMs: number): boolean {
    if (this.joinAtMs > nowMs) return false;
    this.joinAtMs = nowMs + this.jitter(this.options.joinRetryMs);
    return true;
  }

  reapDue(nowMs: number): boolean {
    if (this.reapAtMs > nowMs) return false;
    this.reapAtMs = nowMs + this.reapIntervalMs();
    return true;
  }

  mayAnswerState(nowMs: number): boolean {
    if (nowMs - this.answersFromMs >= this.options.gossipIntervalMs) {
      this.answersFromMs = nowMs;
      this.answers = 0;
    }
    this.answers += 1;
    return this.answers <= this.options.maxStateAnswers;
  }

  deadlineMs(pendingGossip: boolean): number {
    const gossipAtMs = pendingGossip ? this.gossipAtMs : Infinity;
    return Math.min(gossipAtMs, this.stateAtMs, this.joinAtMs, this.reapAtMs);
  }

  private reapIntervalMs(): number {
    return this.options.deadRetentionMs / 10;
  }

  private jitter(intervalMs: number): number {
    return intervalMs * (0.75 + 0.5 * this.random());
  }
}
