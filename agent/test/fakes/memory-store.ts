import type { DesiredChange, DesiredState } from "../../src/model/desired-state";
import { applyChange, emptyDesiredState } from "../../src/model/desired-state";
import type { Clock } from "../../src/ports/clock";
import type { CommitResult, Store } from "../../src/ports/store";

type ClaimResult = Awaited<ReturnType<Store["claim"]>>;

/**
 * The store's meaning without Consul: one state, fenced by the term of the last claim, shared by all masters of a
 * test. Answers and watches come `latencyMs` later on the given clock; `away` makes it unavailable, `silent`
 * makes it not answer at all.
 */
export class MemoryStore implements Store {
  state: DesiredState;
  /** The reason it gives for being unavailable; undefined: it is there. */
  away: string | undefined;
  /** Neither refuses nor answers, as a black hole in the network does. */
  silent = false;
  /** What was written, oldest first. */
  readonly written: DesiredChange[] = [];
  private readonly watchers = new Set<(state: DesiredState) => void>();

  constructor(
    private readonly clock: Clock,
    private readonly latencyMs = 1,
    initial: DesiredState = emptyDesiredState,
  ) {
    this.state = initial;
  }

  claim(term: number): Promise<ClaimResult> {
    return this.answer<ClaimResult>((reason) => {
      if (reason !== undefined) return { kind: "unavailable", reason };
      if (term < this.state.term) return { kind: "fenced", term: this.state.term };
      this.change({ ...this.state, term });
      return { kind: "claimed", state: this.state };
    });
  }

  commit(term: number, changes: readonly DesiredChange[]): Promise<CommitResult> {
    return this.answer<CommitResult>((reason) => {
      if (reason !== undefined) return { kind: "unavailable", reason };
      if (term < this.state.term) return { kind: "fenced", term: this.state.term };
      if (term > this.state.term)
        return { kind: "unavailable", reason: `term ${term} never claimed` };
      this.written.push(...changes);
      this.change(changes.reduce(applyChange, this.state));
      return { kind: "committed" };
    });
  }

  watch(listener: (state: DesiredState) => void, signal: AbortSignal): void {
    this.watchers.add(listener);
    signal.addEventListener("abort", () => this.watchers.delete(listener));
    this.tell(listener);
  }

  private change(state: DesiredState): void {
    this.state = state;
    for (const listener of this.watchers) this.tell(listener);
  }

  private tell(listener: (state: DesiredState) => void): void {
    this.clock.after(this.latencyMs, () => {
      if (this.watchers.has(listener) && this.away === undefined) listener(this.state);
    });
  }

  /** As of the moment the request arrives, half the way. */
  private answer<T>(decide: (away: string | undefined) => T): Promise<T> {
    return new Promise((resolve) => {
      this.clock.after(this.latencyMs / 2, () => {
        if (this.silent) return;
        const result = decide(this.away);
        this.clock.after(this.latencyMs / 2, () => resolve(result));
      });
    });
  }
}
