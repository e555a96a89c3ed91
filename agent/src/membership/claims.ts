import type { Endpoint } from "../model/endpoint";
import type { MemberUpdate } from "../model/mesh-message";
import type { Awareness } from "./awareness";
import { Conflicts } from "./conflicts";
import type { MergeOutcome, MemberTable } from "./member-table";
import { isGone } from "./merge";
import type { MembershipOptions } from "./options";
import type { Outbox } from "./outbox";
import type { Prober } from "./prober";
import type { Rumours } from "./rumours";
import type { Schedule } from "./schedule";
import type { Self } from "./self";
import type { Suspicions } from "./suspicions";
import { suspicionTerms } from "./suspicions";

/** The parts of the machine that a claim may change. */
export interface ClaimParts {
  readonly self: Self;
  readonly table: MemberTable;
  readonly awareness: Awareness;
  readonly prober: Prober;
  readonly suspicions: Suspicions;
  readonly rumours: Rumours;
  readonly schedule: Schedule;
  readonly outbox: Outbox;
}

/** What is said of members, by others or by us, and all that follows from it. */
export class Claims {
  private readonly conflicts = new Conflicts();

  constructor(
    private readonly options: MembershipOptions,
    private readonly parts: ClaimParts,
  ) {}

  /** `teller`: where the packet came from that brings the update. */
  merge(update: MemberUpdate, nowMs: number, teller?: Endpoint): void {
    const { self, table } = this.parts;
    if (update.record.name === self.record.name) {
      this.mergeSelf(update, nowMs, teller);
      return;
    }
    const outcome = table.merge(update, nowMs);
    if (outcome.kind === "conflict") this.tellConflict(update, outcome.with, nowMs);
    if (outcome.kind === "changed") this.follow(update, outcome, nowMs);
    if (outcome.kind === "ignored" && update.status === "suspect") this.confirm(update, nowMs);
  }

  /**
   * A death told in a state may be old: after a partition each side holds the other for dead. It is a reason
   * to suspect, so that each gets its chance to refute, never to bury at once.
   */
  mergeHearsay(update: MemberUpdate, nowMs: number): void {
    const { self, table } = this.parts;
    const { name } = update.record;
    const known = name === self.record.name || table.get(name) !== undefined;
    const soften = update.status === "dead" && known;
    this.merge(soften ? { ...update, status: "suspect" } : update, nowMs);
  }

  /** Known from now on, and no news to anybody. */
  learn(update: MemberUpdate, nowMs: number): void {
    const { name } = update.record;
    if (name === this.parts.self.record.name) return;
    const { kind } = this.parts.table.merge(update, nowMs);
    if (kind === "changed" && update.status === "alive") this.parts.prober.add(name);
  }

  accuse(name: string, incarnation: number, nowMs: number): void {
    const update = this.parts.table.updateOf(name);
    // Where the incarnation has risen it refuted since it was pinged.
    if (update?.incarnation === incarnation)
      this.merge({ ...update, status: "suspect", from: this.parts.self.record.name }, nowMs);
  }

  /** The suspect has not refuted in time. */
  declareDead(name: string, nowMs: number): void {
    const update = this.parts.table.updateOf(name);
    if (update) this.merge({ ...update, status: "dead", from: this.parts.self.record.name }, nowMs);
  }

  reap(nowMs: number): void {
    for (const name of this.parts.table.reap(nowMs - this.options.deadRetentionMs))
      this.parts.rumours.forget(name);
  }

  spread(update: MemberUpdate, nowMs: number): void {
    this.parts.rumours.add(update);
    this.parts.schedule.hurryGossip(nowMs);
  }

  private follow(
    update: MemberUpdate,
    outcome: MergeOutcome & { readonly kind: "changed" },
    nowMs: number,
  ): void {
    const { table, prober, suspicions, outbox } = this.parts;
    const { member, previous, visible } = outcome;
    const { name } = member.record;
    if (isGone(member.status)) prober.remove(name);
    else prober.add(name);
    if (member.status === "suspect") {
      const terms = suspicionTerms(this.options, table.presentCount() + 1);
      suspicions.start(name, update.from, terms, nowMs);
    } else suspicions.end(name);
    this.spread(update, nowMs);
    if (visible) outbox.emit({ kind: "member", member, previous, by: update.from });
  }

  /** One more accuser of whom we suspect already. */
  private confirm(update: MemberUpdate, nowMs: number): void {
    const { name } = update.record;
    const current = this.parts.table.get(name);
    const same = current?.status === "suspect" && current.incarnation === update.incarnation;
    if (same && this.parts.suspicions.confirm(name, update.from)) this.spread(update, nowMs);
  }

  private mergeSelf(update: MemberUpdate, nowMs: number, teller?: Endpoint): void {
    const { self, awareness, outbox } = this.parts;
    const answer = self.hear(update);
    if (answer === "outdated" && teller && this.options.secondChances)
      outbox.tell(teller, self.update());
    if (answer === "refute") {
      // Somebody missed us: it may be that we are slow.
      if (update.status !== "alive") awareness.adjust(1);
      this.spread(self.update(), nowMs);
    }
    if (answer === "conflict") this.tellConflict(update, self.record, nowMs);
  }

  private tellConflict(update: MemberUpdate, holder: MemberUpdate["record"], nowMs: number): void {
    for (const effect of this.conflicts.tell(update.record, holder, nowMs))
      this.parts.outbox.emit(effect);
  }
}
