/**
 * Which master a voter hears, and what it owes it: no vote for another within `timeoutMinMs` of its last heartbeat,
 * on which the master's lease counts. A voter that has just started cannot know whom it heard, and owes as much.
 */
export class Heard {
  private masterName: string | undefined;
  /** Of the master's heartbeats, the newest; unknown in a new life, as if it were the newest there can be. */
  private round = Infinity;

  constructor(
    private readonly timeoutMinMs: number,
    private atMs: number,
  ) {}

  get master(): string | undefined {
    return this.masterName;
  }

  /** True where this master is news. Rounds of a late heartbeat are no step back. */
  beat(master: string, round: number, nowMs: number): boolean {
    const news = this.masterName !== master;
    this.round = news ? round : Math.max(this.round, round);
    this.masterName = master;
    this.atMs = nowMs;
    return news;
  }

  /** What is owed outlives the name. */
  forget(): void {
    this.masterName = undefined;
    this.round = Infinity;
  }

  owesVote(nowMs: number): boolean {
    return nowMs - this.atMs < this.timeoutMinMs;
  }

  /** The master gave up its lease with this round, and we have heard no later one: nothing is owed. */
  released(round: number | undefined): boolean {
    return round !== undefined && this.round <= round;
  }
}
