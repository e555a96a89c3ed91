import type { DesiredChange, DesiredState } from "../../model/desired-state";
import { emptyDesiredState } from "../../model/desired-state";
import type { Log } from "../../ports/log";
import type { CommitResult, Store } from "../../ports/store";
import type { ConsulAnswer, ConsulCall } from "./http";
import { ConsulError, createConsulCall, explainAnswer, parseAnswer } from "./http";
import type { DecodedState, Layout } from "./layout";
import { decodeState, encodeChange, encodeTerm, layoutOf, parsePairs } from "./layout";
import type { Operation } from "./transaction";
import { checkSize, parseTransaction } from "./transaction";
import { watchPrefix } from "./watch";

export interface ConsulStoreOptions {
  /** `http://host:port` of this node's Consul agent. */
  readonly address: string;
  readonly token?: string | undefined;
  readonly cluster: string;
  /** This node: in whose name terms are claimed. */
  readonly node: string;
  /** Consul's datacenter that holds the state; undefined: that of the Consul agent asked. */
  readonly datacenter?: string | undefined;
  readonly log: Log;
}

/** Longer than Consul's own patience for a leader (7 s by default), so that its reason reaches us. */
const callDeadlineMs = 8_000;

/** How often a write is tried again when the term key moved without a higher term. */
const maxConflicts = 5;

interface FoundTerm {
  readonly kind: "term";
  readonly term: number;
  /** Who claimed it. */
  readonly master: string | undefined;
  readonly index: number;
}

type Claimed = Awaited<ReturnType<Store["claim"]>>;
type NotWritten = Exclude<CommitResult, { kind: "committed" }>;

/**
 * The store in Consul's KV (Consul's transaction API, /v1/txn). Fence: every write is one transaction whose first
 * operation is `check-index` on the term key, at the index this store claimed it at; a later claim moves that
 * index, and Consul then applies nothing of the transaction.
 *
 * `commit` throws Error for what can never be written: more than 63 changes at once, a value too large, a term
 * that was not claimed.
 */
export function createConsulStore(options: ConsulStoreOptions): Store {
  return new ConsulStore(options);
}

class ConsulStore implements Store {
  private readonly call: ConsulCall;
  private readonly layout: Layout;
  private claimed: { readonly term: number; readonly index: number } | undefined;
  /** As last read; stands in for stored values that became unreadable. */
  private known: DesiredState = emptyDesiredState;
  private readonly reported = new Map<string, number>();

  constructor(private readonly options: ConsulStoreOptions) {
    this.call = createConsulCall(options);
    this.layout = layoutOf(options.cluster);
  }

  claim(term: number): Promise<Claimed> {
    return this.orUnavailable(() => this.tryClaim(term));
  }

  async commit(term: number, changes: readonly DesiredChange[]): Promise<CommitResult> {
    if (this.claimed === undefined || this.claimed.term < term)
      throw new Error(
        `commit for term ${term} without a claim of it: claim(${term}) must succeed first`,
      );
    if (this.claimed.term > term) return { kind: "fenced", term: this.claimed.term };
    if (changes.length === 0) return { kind: "committed" };
    const writes = changes.map((change): Operation => {
      const { key, value } = encodeChange(this.layout, change);
      return value === undefined ? { verb: "delete", key } : { verb: "set", key, value };
    });
    checkSize([this.fence(0), ...writes]);
    return this.orUnavailable(() => this.tryCommit(term, writes));
  }

  watch(listener: (state: DesiredState) => void, signal: AbortSignal): void {
    const { log } = this.options;
    let told: string | undefined;
    const onPairs = (answer: ConsulAnswer): void => {
      const decoded = this.decode(answer.status === 404 ? [] : parseAnswer(answer));
      // Without a term nobody has ever claimed this store, or it was emptied: an empty state would overwrite the
      // copy from which a cluster can be restored.
      if (decoded.term === undefined) {
        if (told !== undefined)
          log.error("the store was emptied: the copies on the voters' disks are kept as they are", {
            path: this.layout.prefix,
          });
        return;
      }
      const text = JSON.stringify(decoded.state);
      if (text === told) return;
      told = text;
      listener(decoded.state);
    };
    const target = {
      call: this.call,
      address: this.options.address,
      path: kvPath(this.layout.prefix),
      query: { ...this.datacenter(), recurse: "true" },
    };
    void watchPrefix(target, { onAnswer: onPairs, log, signal });
  }

  private async tryClaim(term: number): Promise<Claimed> {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
      const found = await this.readTerm();
      if (found.kind !== "term") return found;
      if (this.isFenced(term, found)) return { kind: "fenced", term: found.term };
      // The whole state is read in the transaction that takes the store: nothing can come between.
      const outcome = await this.transact([
        {
          verb: "cas",
          key: this.layout.term,
          value: encodeTerm(term, this.options.node),
          index: found.index,
        },
        { verb: "get-tree", key: this.layout.prefix },
      ]);
      if (outcome.kind === "unavailable") return outcome;
      if (outcome.kind === "conflict") continue;
      // The first result is the cas's own: the term key without its value.
      const decoded = this.decode(outcome.pairs.slice(1));
      if (decoded.term !== term)
        return this.unavailable(`the term just written to ${this.layout.term} does not read back`);
      this.claimed = { term, index: decoded.termIndex };
      return { kind: "claimed", state: decoded.state };
    }
    return this.unavailable(`others keep changing ${this.layout.term}`);
  }

  private async tryCommit(term: number, writes: readonly Operation[]): Promise<CommitResult> {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts++) {
      const index = this.claimed?.term === term ? this.claimed.index : 0;
      const outcome = await this.transact([this.fence(index), ...writes]);
      if (outcome.kind === "done") return { kind: "committed" };
      if (outcome.kind === "unavailable") return outcome;
      const found = await this.readTerm();
      if (found.kind !== "term") return found;
      if (this.isFenced(term, found)) return { kind: "fenced", term: found.term };
      if (found.term < term) {
        const now = found.index === 0 ? "gone" : `set back to term ${found.term}`;
        const reason = `${this.layout.term} is ${now}: the store was emptied or restored, and must be claimed again`;
        return this.unavailable(reason);
      }
      if (found.index === index)
        return this.unavailable(`Consul refused the write: ${outcome.reason}`);
      // Our own term at another index: a claim of ours that was carried out though its answer was lost.
      this.claimed = { term, index: found.index };
    }
    return this.unavailable(`others keep changing ${this.layout.term}`);
  }

  /** A term has one master at most, whatever an election with wrongly declared voters may say. */
  private isFenced(term: number, found: FoundTerm): boolean {
    if (found.term !== term) return found.term > term;
    return found.master !== undefined && found.master !== this.options.node;
  }

  private fence(index: number): Operation {
    return { verb: "check-index", key: this.layout.term, index };
  }

  /** Linearizable. A term key that is not there is term 0 at index 0. */
  private async readTerm(): Promise<FoundTerm | NotWritten> {
    const answer = await this.call({
      method: "GET",
      path: kvPath(this.layout.term),
      query: { ...this.datacenter(), consistent: "true" },
      deadlineMs: callDeadlineMs,
    });
    if (answer.status === 404) return { kind: "term", term: 0, master: undefined, index: 0 };
    if (answer.status !== 200) return this.unavailable(explainAnswer(answer, this.options.address));
    const { term, master, termIndex } = decodeState(this.layout, parsePairs(parseAnswer(answer)));
    if (term === undefined)
      return this.unavailable(
        `the value of key ${this.layout.term} is no term: write {"term":N} there, N not below the last term`,
      );
    return { kind: "term", term, master, index: termIndex };
  }

  private async transact(
    operations: readonly Operation[],
  ): Promise<
    | { readonly kind: "done"; readonly pairs: readonly unknown[] }
    | { readonly kind: "conflict"; readonly reason: string }
    | Extract<CommitResult, { kind: "unavailable" }>
  > {
    const answer = await this.call({
      method: "PUT",
      path: "/v1/txn",
      query: this.datacenter(),
      body: operations.map(toWire),
      deadlineMs: callDeadlineMs,
    });
    if (answer.status === 200)
      return { kind: "done", pairs: parseTransaction(parseAnswer(answer)) };
    if (answer.status === 409) return { kind: "conflict", reason: answer.text };
    return this.unavailable(explainAnswer(answer, this.options.address));
  }

  private decode(pairs: unknown): DecodedState {
    const decoded = decodeState(this.layout, parsePairs(pairs), this.known);
    for (const { key, modifyIndex, why } of decoded.unreadable) {
      if (this.reported.get(key) === modifyIndex) continue;
      this.reported.set(key, modifyIndex);
      this.options.log.error(
        "a stored value cannot be read; it is left alone, what was last read of it stands",
        {
          path: key,
          why,
        },
      );
    }
    if (decoded.term !== undefined) this.known = decoded.state;
    return decoded;
  }

  private datacenter(): Readonly<Record<string, string>> {
    return this.options.datacenter === undefined ? {} : { dc: this.options.datacenter };
  }

  private unavailable(reason: string): Extract<CommitResult, { kind: "unavailable" }> {
    return { kind: "unavailable", reason };
  }

  private async orUnavailable<T>(
    act: () => Promise<T>,
  ): Promise<T | Extract<CommitResult, { kind: "unavailable" }>> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof ConsulError) {
        const unsure = error.code === "deadline" ? "; it may or may not have been written" : "";
        return this.unavailable(`${error.message}${unsure}`);
      }
      throw error;
    }
  }
}

function kvPath(key: string): string {
  return `/v1/kv/${key.split("/").map(encodeURIComponent).join("/")}`;
}

function toWire(operation: Operation): unknown {
  const { verb, key, index, value } = operation;
  return {
    KV: {
      Verb: verb,
      Key: key,
      ...(index === undefined ? {} : { Index: index }),
      ...(value === undefined ? {} : { Value: Buffer.from(value).toString("base64") }),
    },
  };
}
