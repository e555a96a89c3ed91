import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot } from "./ballot";
import { BallotBox } from "./ballot-box";
import type { ElectionEffect, Role } from "./effects";
import { Heard } from "./heard";
import { defaultElection, type ElectionOptions } from "./options";
import { Tenure } from "./tenure";
import { Timeouts } from "./timeouts";

export { type Ballot, parseBallot } from "./ballot";
export type { ElectionEffect, Role } from "./effects";
export { defaultElection, type ElectionOptions };

type Reply = Extract<ElectionMessage, { granted: boolean }>;
type Beat = Extract<ElectionMessage, { round: number }>;
type Stand = Extract<ElectionMessage, { kind: "vote" }>;

/**
 * One voter's part of Raft's election, with no log behind it (Ongaro, thesis: 3.4 election, 4.2.3 votes refused
 * while a master is heard, 6.4.1 lease, 9.6 pre-vote). A machine without a world, like the mesh. INVARIANTS:
 * a voter votes once a term, durably before it says so; it votes for nobody within `timeoutMinMs` of a heartbeat
 * or of its own start, when it cannot know whom it heard (see Lease for why); terms never fall.
 */
export class Election {
  private readonly others: readonly string[];
  private currentRole: Exclude<Role, "elected" | "master">;
  private readonly box: BallotBox;
  private readonly timeouts: Timeouts;
  private readonly heard: Heard;
  private timerAtMs: number;
  private votes = new Set<string>();
  /** Of the term we won, until we give it up. */
  private tenure: Tenure | undefined;
  private lastDeposed: readonly ElectionEffect[] = [];
  private effects: ElectionEffect[] = [];

  /** `ballot`: as last persisted. `random` is uniform in [0, 1). */
  constructor(
    private readonly options: ElectionOptions,
    ballot: Ballot,
    random: () => number,
    nowMs: number,
  ) {
    this.others = options.voters.filter((voter) => voter !== options.self);
    this.currentRole = options.voters.includes(options.self) ? "follower" : "observer";
    this.box = new BallotBox(ballot, options.abstainsThrough ?? 0);
    this.timeouts = new Timeouts(options, random);
    this.heard = new Heard(options.timeoutMinMs, nowMs);
    this.timerAtMs = nowMs + (this.others.length === 0 ? 0 : this.timeouts.silenceMs());
    if (this.currentRole === "observer") this.timerAtMs = Infinity;
  }

  get role(): Role {
    if (!this.tenure) return this.currentRole;
    return this.tenure.inOffice ? "master" : "elected";
  }

  get term(): number {
    return this.box.term;
  }

  /** Whom this voter follows, itself included; undefined while it knows of none. */
  get master(): string | undefined {
    return this.tenure?.inOffice ? this.options.self : this.heard.master;
  }

  /** True while this voter is the master and its lease holds: ask before anything that only the master may do. */
  mayAct(nowMs: number): boolean {
    return this.tenure?.mayAct(nowMs) === true;
  }

  receive(from: string, message: ElectionMessage, nowMs: number): ElectionEffect[] {
    this.box.settle();
    if (this.currentRole === "observer" || !this.others.includes(from)) return [];
    this.lookAtLease(nowMs);
    this.hear(from, message, nowMs);
    return this.finish();
  }

  tick(nowMs: number): ElectionEffect[] {
    this.box.settle();
    if (this.currentRole === "observer") return [];
    this.lookAtLease(nowMs);
    if (this.timerAtMs <= nowMs) {
      if (this.tenure) this.urge(this.tenure, nowMs);
      else this.canvass(nowMs);
    }
    return this.finish();
  }

  /** When `tick` wants to be called next; Infinity for an observer. */
  deadlineMs(): number {
    return Math.min(this.timerAtMs, this.tenure?.deadlineMs() ?? Infinity);
  }

  /**
   * The last list's ballot is not on disk and nothing after it was done: back to where the disk is. Not to act
   * any more needs no disk: a `deposed` that was dropped is told again.
   */
  persistFailed(nowMs: number): readonly ElectionEffect[] {
    this.box.revert();
    this.becomeFollower();
    this.timerAtMs = nowMs + this.options.timeoutMaxMs + this.timeouts.silenceMs();
    return this.lastDeposed;
  }

  /** Gives up being master, and lets the others try first. */
  stepDown(nowMs: number, reason: string): ElectionEffect[] {
    this.box.settle();
    if (this.tenure) {
      this.retire(reason, nowMs);
      this.timerAtMs = nowMs + this.options.timeoutMaxMs + this.timeouts.silenceMs();
    }
    return this.finish();
  }

  /**
   * Hands the office to another voter (thesis 3.10, TimeoutNow): `lapsed` at once, then `deposed` when the other stands,
   * or `resumed` when it has not within `timeoutMinMs`. Nothing happens where there is no office to hand over.
   */
  transfer(to: string, nowMs: number): ElectionEffect[] {
    this.box.settle();
    this.lookAtLease(nowMs);
    if (this.tenure?.inOffice && this.others.includes(to)) {
      this.tenure.handOver(to, nowMs);
      this.effects.push({ kind: "lapsed", term: this.term });
      this.urge(this.tenure, nowMs);
    }
    return this.finish();
  }

  /** Somebody trusted (the gossip, the store) knows of `term`: ours never stays below. */
  observeTerm(term: number, nowMs: number): ElectionEffect[] {
    this.box.settle();
    if (this.currentRole === "observer") return [];
    this.adopt(term, nowMs, `term ${term} has begun elsewhere`);
    this.box.abstain(term);
    return this.finish();
  }

  private finish(): ElectionEffect[] {
    const effects = this.effects;
    this.effects = [];
    this.lastDeposed = effects.filter(({ kind }) => kind === "deposed");
    return this.box.ahead(effects);
  }

  private hear(from: string, message: ElectionMessage, nowMs: number): void {
    const { kind } = message;
    if (kind === "pre-vote") this.answerPreVote(from, message.term, nowMs);
    else if (kind === "pre-vote-reply") this.countPreVote(from, message, nowMs);
    else if (kind === "vote") this.answerVote(from, message, nowMs);
    else if (kind === "vote-reply") this.countVote(from, message, nowMs);
    else if (kind === "heartbeat") this.answerHeartbeat(from, message, nowMs);
    else if (kind === "heartbeat-reply") this.countAnswer(from, message, nowMs);
    else this.standNow(from, message, nowMs);
  }

  /** No master is heard: ask whether an election could be won, before disturbing anybody. */
  private canvass(nowMs: number): void {
    this.currentRole = "pre-candidate";
    this.heard.forget();
    this.votes = new Set([this.options.self]);
    this.timerAtMs = nowMs + this.timeouts.retryMs();
    this.sendAll({ kind: "pre-vote", term: this.box.nextTerm });
    if (this.hasMajority) this.campaign(nowMs);
  }

  private answerPreVote(from: string, term: number, nowMs: number): void {
    const granted = !this.hearsMaster(nowMs) && this.box.couldVote(from, term);
    this.send(from, { kind: "pre-vote-reply", term: granted ? term : this.term, granted });
  }

  private countPreVote(from: string, reply: Reply, nowMs: number): void {
    if (!reply.granted) {
      this.adopt(reply.term, nowMs, `voter '${from}' is in term ${reply.term}`);
      return;
    }
    if (this.currentRole !== "pre-candidate" || reply.term !== this.box.nextTerm) return;
    this.votes.add(from);
    if (this.hasMajority) this.campaign(nowMs);
  }

  /** Our master hands over to us: no need to ask first, and others are free of what they owe it. */
  private standNow(from: string, { term, round }: Beat, nowMs: number): void {
    if (term !== this.term || from !== this.heard.master || !this.heard.released(round)) return;
    this.heard.forget();
    this.campaign(nowMs, round);
  }

  private campaign(nowMs: number, handedOverAt?: number): void {
    this.currentRole = "candidate";
    this.box.vote(this.options.self, this.box.nextTerm);
    this.votes = new Set([this.options.self]);
    this.timerAtMs = nowMs + this.timeouts.retryMs();
    this.sendAll({ kind: "vote", term: this.term, handedOverAt });
    if (this.hasMajority) this.win(nowMs);
  }

  private answerVote(from: string, { term, handedOverAt }: Stand, nowMs: number): void {
    const released = term === this.term + 1 && this.heard.released(handedOverAt);
    // Not even the term is taken over while a master is heard: a voter cut off from it could depose it.
    if (released || !this.hearsMaster(nowMs)) {
      this.adopt(term, nowMs, `voter '${from}' stands for term ${term}`);
      if (this.box.couldVote(from, term)) {
        this.becomeFollower();
        this.box.vote(from, term);
        this.timerAtMs = nowMs + this.timeouts.silenceMs();
        this.send(from, { kind: "vote-reply", term, granted: true });
        return;
      }
    }
    this.send(from, { kind: "vote-reply", term: this.term, granted: false });
  }

  private countVote(from: string, reply: Reply, nowMs: number): void {
    this.adopt(reply.term, nowMs, `voter '${from}' is in term ${reply.term}`);
    if (this.currentRole !== "candidate" || reply.term !== this.term || !reply.granted) return;
    this.votes.add(from);
    if (this.hasMajority) this.win(nowMs);
  }

  private win(nowMs: number): void {
    this.currentRole = "follower";
    this.tenure = new Tenure(this.term, this.others, this.options, nowMs);
    this.urge(this.tenure, nowMs);
    this.lookAtLease(nowMs);
  }

  private answerHeartbeat(from: string, beat: Beat, nowMs: number): void {
    this.adopt(beat.term, nowMs, `'${from}' is the master of term ${beat.term}`);
    // Two of one term cannot be; whatever this is, it is not our master.
    if (beat.term === this.term && !this.tenure) this.follow(from, beat.round, nowMs);
    this.send(from, { kind: "heartbeat-reply", term: this.term, round: beat.round });
  }

  private follow(master: string, round: number, nowMs: number): void {
    this.currentRole = "follower";
    this.timerAtMs = nowMs + this.timeouts.silenceMs();
    if (this.heard.beat(master, round, nowMs))
      this.effects.push({ kind: "follow", term: this.term, master });
  }

  private countAnswer(from: string, reply: Beat, nowMs: number): void {
    this.adopt(reply.term, nowMs, `voter '${from}' is in term ${reply.term}`);
    if (!this.tenure || reply.term !== this.term) return;
    this.tenure.answered(from, reply.round);
    this.lookAtLease(nowMs);
  }

  private urge(tenure: Tenure, nowMs: number): void {
    this.timerAtMs = nowMs + this.options.heartbeatMs;
    this.effects.push(...tenure.urge(nowMs));
  }

  /** Also before anything else in each call: we may have slept past the end of our lease. */
  private lookAtLease(nowMs: number): void {
    const change = this.tenure?.look(nowMs) ?? "none";
    if (change === "lost") this.retire("no majority of the voters answers", nowMs);
    else if (change !== "none") this.effects.push({ kind: change, term: this.term });
    if (change === "lapsed") this.timerAtMs = nowMs;
  }

  /** A higher term ends whatever we were in ours. */
  private adopt(term: number, nowMs: number, reason: string): void {
    if (term <= this.term) return;
    if (this.tenure) this.retire(reason, nowMs);
    this.box.enter(term);
    this.becomeFollower();
  }

  private retire(reason: string, nowMs: number): void {
    if (this.tenure?.hasActed) this.effects.push({ kind: "deposed", term: this.term, reason });
    this.becomeFollower();
    this.timerAtMs = nowMs + this.timeouts.silenceMs();
  }

  private becomeFollower(): void {
    this.currentRole = "follower";
    this.tenure = undefined;
    this.heard.forget();
    this.votes = new Set();
  }

  private hearsMaster(nowMs: number): boolean {
    return this.tenure?.inOffice === true || this.heard.owesVote(nowMs);
  }

  private get hasMajority(): boolean {
    return this.votes.size * 2 > this.others.length + 1;
  }

  private sendAll(message: ElectionMessage): void {
    for (const other of this.others) this.send(other, message);
  }

  private send(to: string, message: ElectionMessage): void {
    this.effects.push({ kind: "send", to, message });
  }
}
