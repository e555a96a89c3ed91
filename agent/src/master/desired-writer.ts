import type { DesiredChange, DesiredState } from "../model/desired-state";
import { applyChange } from "../model/desired-state";
import type { Clock, Timer } from "../ports/clock";
import { ControlError } from "../ports/control";
import type { StoreFigures } from "../ports/figures";
import type { Log } from "../ports/log";
import type { CommitResult, Store } from "../ports/store";

/** Writes that may wait for their turn; more are refused. */
const queueLimit = 256;
/** An answer that takes longer is no answer: what was written is found out by reading the store again. */
const answerMs = 10_000;
const firstRetryMs = 200;
const longestRetryMs = 5000;

export interface WriterEvents {
  /** The whole state as it is in the store; after the first claim, and after each time the store was away. */
  loaded(state: DesiredState): void;
  committed(state: DesiredState, changes: readonly DesiredChange[]): void;
  /** The store cannot be asked (for the first time since it could). */
  unavailable(reason: string): void;
  fenced(term: number): void;
}

/**
 * One term's hold on the store: claims it, again after every outage, and writes one change after the other under
 * the term's fence. While the store is away all writes are refused with the reason.
 */
export class DesiredWriter {
  private read = false;
  private hold: "first-claim" | "away" | "held" | "over" = "first-claim";
  private reason = "";
  private state: DesiredState;
  private readonly waiting: (() => void)[] = [];
  private queued = 0;
  private written = 0;
  private failed = 0;
  private last: Promise<unknown> = Promise.resolve();
  private retry: Timer | undefined;

  constructor(
    private readonly world: { clock: Clock; store: Store; log: Log },
    private readonly term: number,
    lastDesired: DesiredState,
    private readonly events: WriterEvents,
  ) {
    this.state = lastDesired;
  }

  get desired(): DesiredState {
    return this.state;
  }

  figures(): StoreFigures {
    const { queued: waiting, written, failed } = this;
    return { waiting, written, failed };
  }

  start(): void {
    void this.claim(firstRetryMs);
  }

  stop(reason: string): void {
    if (this.hold === "over") return;
    this.hold = "over";
    this.reason = reason;
    this.retry?.cancel();
    this.wake();
  }

  /** Resolves when `desired` comes from the store; waits for the first answer to the first claim, no longer. */
  async settled(): Promise<void> {
    if (this.hold === "first-claim")
      await new Promise<void>((resolve) => void this.waiting.push(resolve));
    if (this.hold === "over") throw new ControlError("deposed", deposedMessage(this.reason));
    this.hasten();
    if (this.hold !== "held") throw new ControlError("store-unavailable", awayMessage(this.reason));
  }

  /** Somebody wants to write: no reason to wait longer before the store is asked whether it is back. */
  private hasten(): void {
    if (this.hold !== "away" || !this.retry) return;
    this.retry.cancel();
    this.retry = undefined;
    void this.claim(firstRetryMs);
  }

  /** Why `desired` may be old: the store has not been read since the term began. */
  unread(): ControlError | undefined {
    if (this.read) return undefined;
    if (this.hold === "first-claim")
      return new ControlError(
        "recovering",
        "the master has just changed and is still reading the store: ask again in a moment",
      );
    return new ControlError("store-unavailable", awayMessage(this.reason));
  }

  async commit(changes: readonly DesiredChange[]): Promise<void> {
    if (this.queued >= queueLimit)
      throw new ControlError(
        "store-unavailable",
        `${queueLimit} writes are waiting for the store: try again in a moment`,
      );
    this.queued++;
    const turn = this.last.then(() => this.write(changes));
    this.last = turn.catch(() => undefined);
    try {
      await turn;
    } catch (error) {
      this.failed++;
      throw error;
    } finally {
      this.queued--;
    }
  }

  private async write(changes: readonly DesiredChange[]): Promise<void> {
    await this.settled();
    if (changes.every((change) => isStored(this.state, change))) return;
    const result = await this.answer(() => this.world.store.commit(this.term, changes));
    this.settleCommit(result, changes);
  }

  private settleCommit(result: CommitResult, changes: readonly DesiredChange[]): void {
    if (this.hold === "over") throw new ControlError("deposed", deposedMessage(this.reason));
    switch (result.kind) {
      case "committed":
        this.written++;
        this.state = changes.reduce(applyChange, this.state);
        this.events.committed(this.state, changes);
        return;
      case "fenced":
        this.events.fenced(result.term);
        throw new ControlError("deposed", deposedMessage(`term ${result.term} has the store`));
      case "unavailable":
        this.goAway(result.reason, firstRetryMs);
        throw new ControlError("store-unavailable", awayMessage(result.reason));
    }
  }

  private async claim(retryMs: number): Promise<void> {
    const result = await this.answer(() => this.world.store.claim(this.term));
    if (this.hold === "over") return;
    switch (result.kind) {
      case "claimed":
        if (this.hold === "away") this.world.log.info("the store is back", { term: this.term });
        this.state = result.state;
        this.hold = "held";
        this.read = true;
        this.events.loaded(result.state);
        break;
      case "fenced":
        this.events.fenced(result.term);
        break;
      case "unavailable":
        this.goAway(result.reason, retryMs);
    }
    this.wake();
  }

  private goAway(reason: string, retryMs: number): void {
    const news = this.hold !== "away";
    this.hold = "away";
    this.reason = reason;
    this.retry?.cancel();
    const next = Math.min(retryMs * 2, longestRetryMs);
    this.retry = this.world.clock.after(retryMs, () => {
      this.retry = undefined;
      void this.claim(next);
    });
    if (news) this.events.unavailable(reason);
  }

  private wake(): void {
    for (const resume of this.waiting.splice(0)) resume();
  }

  /** The store's answer, or `unavailable` where it throws or takes too long. */
  private answer<T>(
    ask: () => Promise<T>,
  ): Promise<T | { readonly kind: "unavailable"; readonly reason: string }> {
    return new Promise((resolve) => {
      const give = (reason: string) => {
        resolve({ kind: "unavailable", reason });
      };
      const timer = this.world.clock.after(answerMs, () =>
        give(`the store has not answered for ${answerMs / 1000} s`),
      );
      ask().then(
        (result) => {
          timer.cancel();
          resolve(result);
        },
        (error: unknown) => {
          timer.cancel();
          give(error instanceof Error ? error.message : String(error));
        },
      );
    });
  }
}

/** Nodes that attach ask for their admission more than once; it need be written only once. */
function isStored(state: DesiredState, change: DesiredChange): boolean {
  if (change.kind !== "put-node") return false;
  const stored = state.nodes[change.node.name];
  const { address, voter, draining } = change.node;
  return stored?.address === address && stored.voter === voter && stored.draining === draining;
}

function awayMessage(reason: string): string {
  return `the store cannot be written: ${reason}. What runs goes on. Try again when Consul answers`;
}

function deposedMessage(reason: string): string {
  return `this agent is not the master any more (${reason}): ask again, the new master will answer`;
}
