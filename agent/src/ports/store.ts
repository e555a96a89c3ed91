import type { DesiredChange, DesiredState } from "../model/desired-state";

export type CommitResult =
  | { readonly kind: "committed" }
  /** Another master has claimed a higher term: we are deposed. Nothing was written. */
  | { readonly kind: "fenced"; readonly term: number }
  /** Not reachable, no leader, full ...: nothing was written, as far as can be known. */
  | { readonly kind: "unavailable"; readonly reason: string };

/** The durable desired state. Every write compares the term key in the same transaction. */
export interface Store {
  /** Takes the store for `term` and returns what is in it; `fenced` where a higher term has it. */
  claim(
    term: number,
  ): Promise<
    | { readonly kind: "claimed"; readonly state: DesiredState }
    | Exclude<CommitResult, { kind: "committed" }>
  >;
  /** All changes or none. Only after `claim` of the same term. */
  commit(term: number, changes: readonly DesiredChange[]): Promise<CommitResult>;
  /** Calls back with the whole state whenever it changed (each voter keeps a copy on disk), until the signal aborts. */
  watch(listener: (state: DesiredState) => void, signal: AbortSignal): void;
}
