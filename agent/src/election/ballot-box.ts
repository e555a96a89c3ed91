import type { Electorate } from "../model/electorate";
import type { Ballot } from "./ballot";
import type { ElectionEffect } from "./effects";

/** Our ballot, in memory and on disk. Within the machine the one runs ahead of the other until the call ends. */
export class BallotBox {
  /** What is on disk, as far as we know. */
  private durable: Ballot;

  /** `abstainsThrough`: no vote up to this term, as in it, or before it, we may have voted and do not know. */
  constructor(
    private ballot: Ballot,
    private readonly declared: Electorate,
    private abstainsThrough: number,
  ) {
    this.durable = ballot;
  }

  get term(): number {
    return this.ballot.term;
  }

  get electorate(): Electorate {
    return this.ballot.electorate ?? this.declared;
  }

  /** The first term that we may stand for. */
  get nextTerm(): number {
    return Math.max(this.term, this.abstainsThrough) + 1;
  }

  /** This term has been won: it needs no more votes, and we may have given ours in a former life. */
  abstain(term: number): void {
    this.abstainsThrough = Math.max(this.abstainsThrough, term);
  }

  enter(term: number): void {
    this.ballot = { ...this.ballot, term, votedFor: undefined };
  }

  vote(candidate: string, term: number): void {
    this.ballot = { ...this.ballot, term, votedFor: candidate };
  }

  install(electorate: Electorate): void {
    this.ballot = { ...this.ballot, electorate };
  }

  couldVote(candidate: string, term: number): boolean {
    if (term <= this.abstainsThrough) return false;
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
    const same =
      ballot.term === durable.term &&
      ballot.votedFor === durable.votedFor &&
      ballot.electorate === durable.electorate;
    return same ? effects : [{ kind: "persist", ballot }, ...effects];
  }
}
