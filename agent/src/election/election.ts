import { type Electorate, type ElectorateId, declaredId, isNewer } from "../model/electorate";
import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot } from "./ballot";
import type { ElectionEffect, Role } from "./effects";
import { answerHeartbeat, countAnswer, lookAtLease, propose, teach, urge } from "./office";
import { defaultElection, type ElectionOptions } from "./options";
import { answerPreVote, answerVote, canvass, countPreVote, countVote, standNow } from "./polls";
import { ElectionState } from "./state";

export { type Ballot, parseBallot } from "./ballot";
export type { ElectionEffect, Role } from "./effects";
export { defaultElection, type ElectionOptions };

/**
 * One voter's part of Raft's election, with no log behind it but who the voters are (Ongaro, thesis: 3.4 election,
 * 4.1 voters changed one by one, 4.2.3 votes refused while a master is heard, 6.4.1 lease, 9.6 pre-vote). A machine
 * without a world, like the mesh. INVARIANTS: a voter votes once a term, durably before it says so; it votes for
 * nobody within `timeoutMinMs` of a heartbeat or of its own start, when it cannot know whom it heard (see Lease for
 * why); terms never fall. Who is no voter runs one too: it may become one.
 */
export class Election {
  private readonly state: ElectionState;
  private lastDeposed: readonly ElectionEffect[] = [];

  /** `ballot`: as last persisted. `random` is uniform in [0, 1). */
  constructor(options: ElectionOptions, ballot: Ballot, random: () => number, nowMs: number) {
    this.state = new ElectionState(options, ballot, random, nowMs);
  }

  get role(): Role {
    const { tenure, isVoter, role } = this.state;
    if (tenure) return tenure.inOffice ? "master" : "elected";
    return isVoter ? role : "observer";
  }

  get term(): number {
    return this.state.term;
  }

  /** Whom this voter follows, itself included; undefined while it knows of none. */
  get master(): string | undefined {
    return this.state.tenure?.inOffice ? this.state.self : this.state.heard.master;
  }

  /** The newest this voter knows: what it counts majorities by. */
  get electorate(): Electorate {
    return this.state.electorate;
  }

  /** As master: the electorate is of our term, and a majority keeps it. */
  isCommitted(nowMs: number): boolean {
    return this.state.tenure?.isCommitted(nowMs) === true;
  }

  /** As master: which electorate that voter has on disk, by what it said last; undefined: it has not answered. */
  acknowledged(voter: string): ElectorateId | undefined {
    return this.state.tenure?.holds(voter);
  }

  /** True while this voter is the master and its lease holds: ask before anything that only the master may do. */
  mayAct(nowMs: number): boolean {
    return this.state.tenure?.mayAct(nowMs) === true;
  }

  receive(from: string, message: ElectionMessage, nowMs: number): ElectionEffect[] {
    const { state } = this;
    state.box.settle();
    lookAtLease(state, nowMs);
    if (this.heeds(from, message)) this.hear(from, message, nowMs);
    else if (message.kind === "pre-vote" || message.kind === "vote")
      state.emit(...teach(state, from));
    return this.finish();
  }

  tick(nowMs: number): ElectionEffect[] {
    const { state } = this;
    state.box.settle();
    lookAtLease(state, nowMs);
    if (state.timerAtMs <= nowMs) {
      if (state.tenure) urge(state, state.tenure, nowMs);
      else if (state.isVoter) canvass(state, nowMs);
    }
    return this.finish();
  }

  /** When `tick` wants to be called next; Infinity for an observer. */
  deadlineMs(): number {
    const { tenure, isVoter, timerAtMs } = this.state;
    if (!tenure) return isVoter ? timerAtMs : Infinity;
    return Math.min(timerAtMs, tenure.deadlineMs());
  }

  /**
   * The last list's ballot is not on disk and nothing after it was done: back to where the disk is. Not to act
   * any more needs no disk: a `deposed` that was dropped is told again.
   */
  persistFailed(nowMs: number): readonly ElectionEffect[] {
    const { state } = this;
    const won = state.term;
    const acted = state.tenure?.hasActed === true;
    state.revert();
    // A master that could not write its electorate; one that could not write its vote has never been one.
    if (acted && state.term === won) state.retire("its disk cannot be written", nowMs);
    state.becomeFollower();
    state.waitLonger(nowMs);
    return [...this.lastDeposed, ...state.takeEffects()];
  }

  /** Gives up being master, and lets the others try first. */
  stepDown(nowMs: number, reason: string): ElectionEffect[] {
    const { state } = this;
    state.box.settle();
    if (state.tenure) {
      state.retire(reason, nowMs);
      state.waitLonger(nowMs);
    }
    return this.finish();
  }

  /**
   * Hands the office to another voter (thesis 3.10, TimeoutNow): `lapsed` at once, then `deposed` when the other stands,
   * or `resumed` when it has not within `timeoutMinMs`. Nothing happens where there is no office to hand over.
   */
  transfer(to: string, nowMs: number): ElectionEffect[] {
    const { state } = this;
    state.box.settle();
    lookAtLease(state, nowMs);
    if (state.tenure?.inOffice && state.others.includes(to)) {
      state.tenure.handOver(to, nowMs);
      state.emit({ kind: "lapsed", term: state.term });
      urge(state, state.tenure, nowMs);
    }
    return this.finish();
  }

  /**
   * As master, one step towards these voters: one name more or fewer than now, or the same, which are then committed
   * in our term. `waits`: what has to come first, so ask again; undefined: they are the voters, and committed.
   * Throws Error for any other set, more than 7 voters, and one without ourselves.
   */
  propose(
    voters: readonly string[],
    nowMs: number,
  ): { readonly effects: ElectionEffect[]; readonly waits: string | undefined } {
    const { state } = this;
    state.box.settle();
    lookAtLease(state, nowMs);
    const waits = propose(state, voters, nowMs);
    return { effects: this.finish(), waits };
  }

  /** As master: who is to be a voter soon. It is sent heartbeats, and what it answers counts as soon as it is a voter. */
  prepare(learner: string | undefined): void {
    const { tenure, electorate } = this.state;
    const isNew = learner !== undefined && !electorate.voters.includes(learner);
    if (tenure) tenure.learner = isNew ? learner : undefined;
  }

  /** Somebody trusted (the gossip, the store) knows of `term`: ours never stays below. */
  observeTerm(term: number, nowMs: number): ElectionEffect[] {
    const { state } = this;
    state.box.settle();
    if (!state.isVoter) return [];
    state.adopt(term, nowMs, `term ${term} has begun elsewhere`);
    state.box.abstain(term);
    return this.finish();
  }

  private finish(): ElectionEffect[] {
    const effects = this.state.takeEffects();
    this.lastDeposed = effects.filter(({ kind }) => kind === "deposed");
    return this.state.box.ahead(effects);
  }

  /**
   * A voter, one that knows of newer voters, or one that is being prepared. A master is heeded whoever it is: others
   * have elected it, and by voters that may be news to us.
   */
  private heeds(from: string, message: ElectionMessage): boolean {
    const { others, tenure, electorate, self } = this.state;
    if (from === self) return false;
    if (message.kind === "heartbeat" || others.includes(from)) return true;
    if (message.kind === "heartbeat-reply") return tenure?.learner === from;
    if (message.kind !== "pre-vote" && message.kind !== "vote") return false;
    return isNewer(message.electorate ?? declaredId, electorate);
  }

  private hear(from: string, message: ElectionMessage, nowMs: number): void {
    const { state } = this;
    const { kind } = message;
    if (kind === "pre-vote") answerPreVote(state, from, message, nowMs);
    else if (kind === "pre-vote-reply") countPreVote(state, from, message, nowMs);
    else if (kind === "vote") answerVote(state, from, message, nowMs);
    else if (kind === "vote-reply") countVote(state, from, message, nowMs);
    else if (kind === "heartbeat") answerHeartbeat(state, from, message, nowMs);
    else if (kind === "heartbeat-reply") countAnswer(state, from, message, nowMs);
    else standNow(state, from, message, nowMs);
  }
}
