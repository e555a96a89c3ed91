import type { Ballot } from "./ballot";
import type { ElectionEffect } from "./effects";

/** Our ballot, in memory and on disk. Within the machine the one runs ahead of the other until the call ends. */
export class BallotBox {
  /** What is on disk, as far as we know. */
  private durable: Ballot;

  constructor(private ballot: Ballot) {
    this.durable = ballot;
  }

  get term(): number {
    return this.ballot.term;
  }

  enter(term: number): void {
    this.ballot = { term, votedFor: undefined };
  }

  vote(candidate: string, term: number): void {
    this.ballot = { term, votedFor: candidate };
  }

  couldVote(candidate: string, term: number): boolean {
    if (term !== this.term) return term > this.term;
    return this.ballot.votedFor === undefined || this.ballot.votedFor === candidate;
  }

  /** That the next call comes means that the last list of effects was carried out. */
  settle(): void {
    this.durable = this.ballot;
  }

  revert(): void {
    this.ballot = this.durable;
  }

  /** At most one `persist` a call, ahead of all else: a driver may call again while it carries effects out. */
  ahead(effects: ElectionEffect[]): ElectionEffect[] {
    const { ballot, durable } = this;
    const same = ballot.term === durable.term && ballot.votedFor === durable.votedFor;
    return same ? effects : [{ kind: "persist", ballot }, ...effects];
  }
}
