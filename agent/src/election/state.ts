import { type Electorate, type ElectorateId, declaredId } from "../model/electorate";
import { isSameElectorate, majorityOf } from "../model/electorate";
import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot } from "./ballot";
import { BallotBox } from "./ballot-box";
import type { ElectionEffect, Role } from "./effects";
import { Heard } from "./heard";
import type { ElectionOptions } from "./options";
import { Tenure } from "./tenure";
import { Timeouts } from "./timeouts";

/** What one voter is in the middle of, and the effects of the call at hand. What it does next: `polls.ts`, `office.ts`. */
export class ElectionState {
  readonly box: BallotBox;
  readonly timeouts: Timeouts;
  readonly heard: Heard;
  role: Exclude<Role, "observer" | "elected" | "master"> = "follower";
  /** The voters besides us. */
  others: readonly string[] = [];
  isVoter = false;
  timerAtMs: number;
  votes = new Set<string>();
  /** Of the term we won, until we give it up. */
  tenure: Tenure | undefined;
  private effects: ElectionEffect[] = [];

  constructor(
    readonly options: ElectionOptions,
    ballot: Ballot,
    random: () => number,
    nowMs: number,
  ) {
    const declared = { ...declaredId, voters: options.voters };
    this.box = new BallotBox(ballot, declared, options.abstainsThrough ?? 0);
    this.timeouts = new Timeouts(options, random);
    this.heard = new Heard(options.timeoutMinMs, nowMs);
    this.takeSeat();
    this.timerAtMs = nowMs + (this.others.length === 0 ? 0 : this.timeouts.silenceMs());
  }

  get self(): string {
    return this.options.self;
  }

  get term(): number {
    return this.box.term;
  }

  get electorate(): Electorate {
    return this.box.electorate;
  }

  /** As messages carry it. */
  get electorateSaid(): { readonly electorate?: ElectorateId } {
    const { term, version } = this.electorate;
    return isSameElectorate(this.electorate, declaredId) ? {} : { electorate: { term, version } };
  }

  get hasMajority(): boolean {
    return this.votes.size >= majorityOf(this.electorate.voters);
  }

  hearsMaster(nowMs: number): boolean {
    return this.tenure?.inOffice === true || this.heard.owesVote(nowMs);
  }

  /** In use as soon as it is known, as in Raft; on disk before anything that follows from it is said. */
  install(electorate: Electorate, nowMs: number): void {
    this.box.install(electorate);
    this.takeSeat();
    this.tenure?.serve(electorate, nowMs);
    this.emit({ kind: "electorate", electorate });
  }

  /** Back to what the disk has. */
  revert(): void {
    this.box.revert();
    this.takeSeat();
  }

  win(nowMs: number): Tenure {
    this.role = "follower";
    this.tenure = new Tenure(this.term, this.electorate, this.options, nowMs);
    return this.tenure;
  }

  /** A higher term ends whatever we were in ours. */
  adopt(term: number, nowMs: number, reason: string): void {
    if (term <= this.term) return;
    if (this.tenure) this.retire(reason, nowMs);
    this.box.enter(term);
    this.becomeFollower();
  }

  retire(reason: string, nowMs: number): void {
    if (this.tenure?.hasActed) this.emit({ kind: "deposed", term: this.term, reason });
    this.becomeFollower();
    this.timerAtMs = nowMs + this.timeouts.silenceMs();
  }

  becomeFollower(): void {
    this.role = "follower";
    this.tenure = undefined;
    this.heard.forget();
    this.votes = new Set();
  }

  /** So that others try first. */
  waitLonger(nowMs: number): void {
    this.timerAtMs = nowMs + this.options.timeoutMaxMs + this.timeouts.silenceMs();
  }

  emit(...effects: readonly ElectionEffect[]): void {
    this.effects.push(...effects);
  }

  send(to: string, message: ElectionMessage): void {
    this.emit({ kind: "send", to, message });
  }

  sendAll(message: ElectionMessage): void {
    for (const other of this.others) this.send(other, message);
  }

  takeEffects(): ElectionEffect[] {
    const effects = this.effects;
    this.effects = [];
    return effects;
  }

  private takeSeat(): void {
    const { voters } = this.electorate;
    this.others = voters.filter((voter) => voter !== this.self);
    this.isVoter = voters.includes(this.self);
  }
}
