import { type Electorate, type ElectorateId, declaredId } from "../model/electorate";
import { isSameElectorate, majorityOf } from "../model/electorate";
import type { ElectionMessage } from "../model/mesh-message";
import type { ElectionEffect } from "./effects";
import { Holders, isSettled } from "./holders";
import { Lease } from "./lease";
import type { ElectionTiming } from "./options";

/** What a look at the lease brings: nothing new, or what has begun or ended by it. */
export type TenureChange = "none" | "master" | "resumed" | "lapsed" | "lost";

/** Heartbeat intervals that a lapsed master may still hope for answers. */
const graceBeats = 2;

/** To whom, and the last round whose answers counted for us. */
interface HandOver {
  readonly to: string;
  readonly round: number;
}

/**
 * A term that was won, from the votes until it is given up. In office while the lease holds. Where the lease runs
 * out the tenure has *lapsed*: the master may not act, but asks once more before it gives up, as it may only have
 * slept. Its term is nobody else's, so with a new lease it goes on; had another been elected meanwhile, the
 * answers would say so. A master that hands over has lapsed by its own will: see `handOver`.
 */
export class Tenure {
  private inside = false;
  private begun = false;
  private hopeUntilMs: number;
  private successor: HandOver | undefined;
  private readonly lease: Lease;
  private readonly holders = new Holders();
  private others: readonly string[] = [];
  private proposedAtMs = 0;
  /** No voter yet: hears us as they do, and answers, to show that it can. */
  learner: string | undefined;

  constructor(
    private readonly term: number,
    private electorate: Electorate,
    private readonly options: ElectionTiming & { readonly self: string },
    nowMs: number,
  ) {
    this.lease = new Lease(options.leaseMs);
    this.hopeUntilMs = nowMs + options.timeoutMinMs;
    this.serve(electorate, nowMs);
  }

  /** From now on these are the voters: their answers count, and no others. */
  serve(electorate: Electorate, nowMs: number): void {
    this.electorate = electorate;
    this.others = electorate.voters.filter((voter) => voter !== this.options.self);
    this.proposedAtMs = nowMs;
  }

  /** Of the term's own, and on the disks of a majority to stay: whoever is elected after us has it, or a later one. */
  isCommitted(nowMs: number): boolean {
    if (this.electorate.term !== this.term) return false;
    const own = isSettled(this.proposedAtMs, nowMs) ? 1 : 0;
    const settled = this.others.filter((one) => this.holders.settled(one, this.electorate));
    return own + settled.length >= majorityOf(this.electorate.voters);
  }

  /** A majority has it on disk, as far as is known. */
  get isHeld(): boolean {
    const held = this.others.filter((one) => this.holders.has(one, this.electorate));
    return 1 + held.length >= majorityOf(this.electorate.voters);
  }

  holds(voter: string): ElectorateId | undefined {
    return voter === this.options.self ? this.electorate : this.holders.idOf(voter);
  }

  /** Whether enough of these have answered lately for the lease to hold, if they were the voters. */
  wouldHold(voters: readonly string[], nowMs: number): boolean {
    return nowMs < this.lease.untilMs(voters.filter((voter) => voter !== this.options.self));
  }

  get inOffice(): boolean {
    return this.inside;
  }

  /** Whether the master was in office at any time, perhaps no more. */
  get hasActed(): boolean {
    return this.begun;
  }

  mayAct(nowMs: number): boolean {
    return this.inside && nowMs < this.lease.untilMs(this.others);
  }

  /** Nothing changes before this without an answer. */
  deadlineMs(): number {
    return this.inside ? this.lease.untilMs(this.others) : this.hopeUntilMs;
  }

  /** A heartbeat to all; or to the successor alone that it shall stand, again and again, as datagrams get lost. */
  urge(nowMs: number): ElectionEffect[] {
    const { term, successor } = this;
    if (successor) {
      const { to, round } = successor;
      return [{ kind: "send", to, message: { kind: "stand-now", term, round } }];
    }
    const round = this.lease.nextRound(nowMs);
    const all = this.learner === undefined ? this.others : [...this.others, this.learner];
    return all.map((to) => ({ kind: "send", to, message: this.heartbeat(to, round) }));
  }

  /** To somebody who does not know that it is no voter any more. */
  teach(to: string): ElectionEffect {
    return { kind: "send", to, message: this.heartbeat(to, this.lease.lastRound) };
  }

  answered(voter: string, round: number, has: ElectorateId, nowMs: number): void {
    const sentAtMs = this.lease.answered(voter, round);
    if (sentAtMs !== undefined) this.holders.heard(voter, has, sentAtMs, nowMs);
  }

  /**
   * Gives up the lease, with every round up to the last: voters that have heard no later one may vote for the
   * successor at once. No heartbeat is sent until it is elected or this is given up, in time for nobody else to stand.
   * A later round that a majority answers is proof that no majority can be had for this hand-over any more.
   */
  handOver(to: string, nowMs: number): void {
    const { timeoutMinMs, heartbeatMs } = this.options;
    this.successor = { to, round: this.lease.renounce() };
    this.inside = false;
    this.hopeUntilMs = nowMs + timeoutMinMs - 2 * heartbeatMs;
  }

  look(nowMs: number): TenureChange {
    if (this.successor) return this.lookAtSuccessor(nowMs);
    const held = nowMs < this.lease.untilMs(this.others);
    if (held && !this.inside) return this.enter();
    if (!held && this.inside) return this.lapse(nowMs);
    return !held && nowMs >= this.hopeUntilMs ? "lost" : "none";
  }

  private heartbeat(to: string, round: number): ElectionMessage {
    const { term, electorate } = this;
    if (isSameElectorate(electorate, declaredId)) return { kind: "heartbeat", term, round };
    const id = { term: electorate.term, version: electorate.version };
    const claim = this.holders.has(to, electorate) ? id : electorate;
    return { kind: "heartbeat", term, round, electorate: claim };
  }

  private lookAtSuccessor(nowMs: number): TenureChange {
    if (nowMs < this.hopeUntilMs) return "none";
    this.successor = undefined;
    return this.lapse(nowMs);
  }

  private enter(): TenureChange {
    const change = this.begun ? "resumed" : "master";
    this.inside = true;
    this.begun = true;
    return change;
  }

  private lapse(nowMs: number): TenureChange {
    this.inside = false;
    this.hopeUntilMs = nowMs + graceBeats * this.options.heartbeatMs;
    return "lapsed";
  }
}
