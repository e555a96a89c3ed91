import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot } from "./ballot";
import { BallotBox } from "./ballot-box";
import type { ElectionEffect, Role } from "./effects";
import { Lease } from "./lease";
import { defaultElection, type ElectionOptions } from "./options";
import { Timeouts } from "./timeouts";

export { type Ballot, parseBallot } from "./ballot";
export type { ElectionEffect, Role } from "./effects";
export { defaultElection, type ElectionOptions };

type Reply = Extract<ElectionMessage, { granted: boolean }>;
type Beat = Extract<ElectionMessage, { round: number }>;

/**
 * One voter's part of Raft's election, with no log behind it (Ongaro, thesis: 3.4 election, 4.2.3 votes refused
 * while a master is heard, 6.4.1 lease, 9.6 pre-vote). A machine without a world, like the mesh. INVARIANTS:
 * a voter votes once a term, durably before it says so; it votes for nobody within `timeoutMinMs` of a heartbeat
 * or of its own start, when it cannot know whom it heard (see Lease for why); terms never fall.
 */
export class Election {
  private readonly others: readonly string[];
  private currentRole: Role;
  private readonly box: BallotBox;
  private readonly timeouts: Timeouts;
  private masterName: string | undefined;
  private heardOrBegunAtMs: number;
  private timerAtMs: number;
  private votes = new Set<string>();
  private lease: Lease;
  private electedUntilMs = -Infinity;
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
    this.box = new BallotBox(ballot);
    this.timeouts = new Timeouts(options, random);
    this.lease = new Lease(this.others, options.leaseMs);
    this.heardOrBegunAtMs = nowMs;
    this.timerAtMs = nowMs + (this.others.length === 0 ? 0 : this.timeouts.silenceMs());
    if (this.currentRole === "observer") this.timerAtMs = Infinity;
  }

  get role(): Role {
    return this.currentRole;
  }

  get term(): number {
    return this.box.term;
  }

  /** Whom this voter follows, itself included; undefined while it knows of none. */
  get master(): string | undefined {
    return this.currentRole === "master" ? this.options.self : this.masterName;
  }

  /** True while this voter is the master and its lease holds: ask before anything that only the master may do. */
  mayAct(nowMs: number): boolean {
    return this.currentRole === "master" && nowMs < this.lease.untilMs();
  }

  receive(from: string, message: ElectionMessage, nowMs: number): ElectionEffect[] {
    this.box.settle();
    if (this.currentRole === "observer" || !this.others.includes(from)) return [];
    this.checkLease(nowMs);
    switch (message.kind) {
      case "pre-vote":
        this.answerPreVote(from, message.term, nowMs);
        break;
      case "pre-vote-reply":
        this.countPreVote(from, message, nowMs);
        break;
      case "vote":
        this.answerVote(from, message.term, nowMs);
        break;
      case "vote-reply":
        this.countVote(from, message, nowMs);
        break;
      case "heartbeat":
        this.answerHeartbeat(from, message, nowMs);
        break;
      case "heartbeat-reply":
        this.countAnswer(from, message, nowMs);
        break;
    }
    return this.finish();
  }

  tick(nowMs: number): ElectionEffect[] {
    this.box.settle();
    if (this.currentRole === "observer") return [];
    this.checkLease(nowMs);
    if (this.timerAtMs <= nowMs) {
      if (this.leads) this.beat(nowMs);
      else this.canvass(nowMs);
    }
    return this.finish();
  }

  /** When `tick` wants to be called next; Infinity for an observer. */
  deadlineMs(): number {
    if (this.currentRole !== "master") return this.timerAtMs;
    return Math.min(this.timerAtMs, this.lease.untilMs());
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
    if (this.leads) {
      this.retire(reason, nowMs);
      this.timerAtMs = nowMs + this.options.timeoutMaxMs + this.timeouts.silenceMs();
    }
    return this.finish();
  }

  /** Somebody trusted (the gossip, the store) knows of `term`: ours never stays below. */
  observeTerm(term: number, nowMs: number): ElectionEffect[] {
    this.box.settle();
    if (this.currentRole === "observer") return [];
    this.adopt(term, nowMs, `term ${term} has begun elsewhere`);
    return this.finish();
  }

  private get leads(): boolean {
    return ["master", "elected"].includes(this.currentRole);
  }

  private finish(): ElectionEffect[] {
    const effects = this.effects;
    this.effects = [];
    this.lastDeposed = effects.filter(({ kind }) => kind === "deposed");
    return this.box.ahead(effects);
  }

  /** No master is heard: ask whether an election could be won, before disturbing anybody. */
  private canvass(nowMs: number): void {
    this.currentRole = "pre-candidate";
    this.masterName = undefined;
    this.votes = new Set([this.options.self]);
    this.timerAtMs = nowMs + this.timeouts.retryMs();
    this.sendAll({ kind: "pre-vote", term: this.term + 1 });
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
    if (this.currentRole !== "pre-candidate" || reply.term !== this.term + 1) return;
    this.votes.add(from);
    if (this.hasMajority) this.campaign(nowMs);
  }

  private campaign(nowMs: number): void {
    this.currentRole = "candidate";
    this.box.vote(this.options.self, this.term + 1);
    this.votes = new Set([this.options.self]);
    this.timerAtMs = nowMs + this.timeouts.retryMs();
    this.sendAll({ kind: "vote", term: this.term });
    if (this.hasMajority) this.win(nowMs);
  }

  private answerVote(from: string, term: number, nowMs: number): void {
    // Not even the term is taken over while a master is heard: a voter cut off from it could depose it.
    if (!this.hearsMaster(nowMs)) {
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
    this.currentRole = "elected";
    this.lease = new Lease(this.others, this.options.leaseMs);
    this.electedUntilMs = nowMs + this.options.timeoutMinMs;
    this.beat(nowMs);
    this.takeOffice(nowMs);
  }

  private answerHeartbeat(from: string, beat: Beat, nowMs: number): void {
    this.adopt(beat.term, nowMs, `'${from}' is the master of term ${beat.term}`);
    // Two of one term cannot be; whatever this is, it is not our master.
    if (beat.term === this.term && !this.leads) this.follow(from, nowMs);
    this.send(from, { kind: "heartbeat-reply", term: this.term, round: beat.round });
  }

  private follow(master: string, nowMs: number): void {
    this.currentRole = "follower";
    this.heardOrBegunAtMs = nowMs;
    this.timerAtMs = nowMs + this.timeouts.silenceMs();
    if (this.masterName === master) return;
    this.masterName = master;
    this.effects.push({ kind: "follow", term: this.term, master });
  }

  private countAnswer(from: string, reply: Beat, nowMs: number): void {
    this.adopt(reply.term, nowMs, `voter '${from}' is in term ${reply.term}`);
    if (!this.leads || reply.term !== this.term) return;
    this.lease.answered(from, reply.round);
    this.takeOffice(nowMs);
  }

  private beat(nowMs: number): void {
    this.timerAtMs = nowMs + this.options.heartbeatMs;
    this.sendAll({ kind: "heartbeat", term: this.term, round: this.lease.nextRound(nowMs) });
  }

  private takeOffice(nowMs: number): void {
    if (this.currentRole !== "elected" || nowMs >= this.lease.untilMs()) return;
    this.currentRole = "master";
    this.effects.push({ kind: "master", term: this.term });
  }

  /** Before anything else in each call: we may have slept past the end of our lease. */
  private checkLease(nowMs: number): void {
    const { leaseMs } = this.options;
    if (this.currentRole === "master" && nowMs >= this.lease.untilMs())
      this.retire(`no majority of the voters has answered for ${leaseMs} ms`, nowMs);
    else if (this.currentRole === "elected" && nowMs >= this.electedUntilMs)
      this.retire("elected, but no majority answers", nowMs);
  }

  /** A higher term ends whatever we were in ours. */
  private adopt(term: number, nowMs: number, reason: string): void {
    if (term <= this.term) return;
    if (this.leads) this.retire(reason, nowMs);
    this.box.enter(term);
    this.becomeFollower();
  }

  private retire(reason: string, nowMs: number): void {
    if (this.currentRole === "master")
      this.effects.push({ kind: "deposed", term: this.term, reason });
    this.becomeFollower();
    this.timerAtMs = nowMs + this.timeouts.silenceMs();
  }

  private becomeFollower(): void {
    this.currentRole = "follower";
    this.masterName = undefined;
    this.votes = new Set();
  }

  private hearsMaster(nowMs: number): boolean {
    return (
      this.currentRole === "master" || nowMs - this.heardOrBegunAtMs < this.options.timeoutMinMs
    );
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
