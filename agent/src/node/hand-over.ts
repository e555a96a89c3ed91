import type { MemberStatus } from "../model/member";
import type { Clock, Timer } from "../ports/clock";
import { ControlError } from "../ports/control";

/** More than an election by itself takes: who has not heard of a new master by then is told so. */
const answerMs = 5000;

/** Who has the office now. */
export interface Successor {
  readonly term: number;
  readonly name: string;
}

interface Pending {
  readonly to: string;
  readonly timer: Timer;
  readonly settle: (outcome: Successor | Error) => void;
}

/** One planned hand-over at a time: from its start until the successor is heard, or it is known that it will not be. */
export class HandOver {
  private pending: Pending | undefined;

  constructor(private readonly clock: Clock) {}

  /** Resolves when `to` is heard as master. Throws ControlError `conflict` where it does not come to that. */
  begin(to: string, transfer: () => void): Promise<Successor> {
    if (this.pending)
      return Promise.reject(refusal(`the office is being handed to ${this.pending.to} already`));
    return new Promise((resolve, reject) => {
      const settle = (outcome: Successor | Error): void => {
        this.pending?.timer.cancel();
        this.pending = undefined;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      const late = `no master has been heard ${answerMs / 1000} s after the hand-over to ${to} began`;
      const timer = this.clock.after(answerMs, () => settle(refusal(late)));
      this.pending = { to, timer, settle };
      transfer();
    });
  }

  /** Somebody is heard as master. */
  heard(successor: Successor): void {
    const { pending } = this;
    if (!pending) return;
    const { name, term } = successor;
    if (name === pending.to) pending.settle(successor);
    else pending.settle(refusal(`not ${pending.to} but ${name} was elected, in term ${term}`));
  }

  /** What the mesh says of a member: one that is gone will not stand. */
  seen(name: string, status: MemberStatus): void {
    if (name === this.pending?.to && (status === "left" || status === "dead"))
      this.pending.settle(refusal(`${name} is ${status}, and will not stand for election`));
  }

  /** We are in office again. */
  resumed(): void {
    const to = this.pending?.to ?? "";
    this.pending?.settle(
      refusal(`${to} has not stood for election in time: this agent stays the master`),
    );
  }
}

function refusal(message: string): ControlError {
  return new ControlError("conflict", message);
}
