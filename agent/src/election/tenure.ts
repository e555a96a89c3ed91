import type { ElectionEffect } from "./effects";
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
  private holds = false;
  private begun = false;
  private hopeUntilMs: number;
  private successor: HandOver | undefined;
  private readonly lease: Lease;

  constructor(
    private readonly term: number,
    private readonly others: readonly string[],
    private readonly timing: ElectionTiming,
    nowMs: number,
  ) {
    this.lease = new Lease(others, timing.leaseMs);
    this.hopeUntilMs = nowMs + timing.timeoutMinMs;
  }

  get inOffice(): boolean {
    return this.holds;
  }

  /** Whether the master was in office at any time, perhaps no more. */
  get hasActed(): boolean {
    return this.begun;
  }

  mayAct(nowMs: number): boolean {
    return this.holds && nowMs < this.lease.untilMs();
  }

  /** Nothing changes before this without an answer. */
  deadlineMs(): number {
    return this.holds ? this.lease.untilMs() : this.hopeUntilMs;
  }

  /** A heartbeat to all; or to the successor alone that it shall stand, again and again, as datagrams get lost. */
  urge(nowMs: number): ElectionEffect[] {
    const { term, successor } = this;
    if (successor) {
      const { to, round } = successor;
      return [{ kind: "send", to, message: { kind: "stand-now", term, round } }];
    }
    const round = this.lease.nextRound(nowMs);
    const message = { kind: "heartbeat", term, round } as const;
    return this.others.map((to) => ({ kind: "send", to, message }));
  }

  answered(voter: string, round: number): void {
    this.lease.answered(voter, round);
  }

  /**
   * Gives up the lease, with every round up to the last: voters that have heard no later one may vote for the
   * successor at once. No heartbeat is sent until it is elected or this is given up, in time for nobody else to stand.
   * A later round that a majority answers is proof that no majority can be had for this hand-over any more.
   */
  handOver(to: string, nowMs: number): void {
    const { timeoutMinMs, heartbeatMs } = this.timing;
    this.successor = { to, round: this.lease.renounce() };
    this.holds = false;
    this.hopeUntilMs = nowMs + timeoutMinMs - 2 * heartbeatMs;
  }

  look(nowMs: number): TenureChange {
    if (this.successor) return this.lookAtSuccessor(nowMs);
    const held = nowMs < this.lease.untilMs();
    if (held && !this.holds) return this.enter();
    if (!held && this.holds) return this.lapse(nowMs);
    return !held && nowMs >= this.hopeUntilMs ? "lost" : "none";
  }

  private lookAtSuccessor(nowMs: number): TenureChange {
    if (nowMs < this.hopeUntilMs) return "none";
    this.successor = undefined;
    return this.lapse(nowMs);
  }

  private enter(): TenureChange {
    const change = this.begun ? "resumed" : "master";
    this.holds = true;
    this.begun = true;
    return change;
  }

  private lapse(nowMs: number): TenureChange {
    this.holds = false;
    this.hopeUntilMs = nowMs + graceBeats * this.timing.heartbeatMs;
    return "lapsed";
  }
}
