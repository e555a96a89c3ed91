import type { Member, MemberRecord, MemberStatus } from "../model/member";
import type { MemberUpdate } from "../model/mesh-message";
import { decideMerge, isGone, sameRecord } from "./merge";

export type MergeOutcome =
  | { readonly kind: "ignored" }
  | { readonly kind: "conflict"; readonly with: MemberRecord }
  | {
      readonly kind: "changed";
      readonly member: Member;
      readonly previous: MemberStatus | undefined;
      /** False where only the incarnation rose: news for the mesh, none for its users. */
      readonly visible: boolean;
    };

interface Entry extends Member {
  /** Who accuses, or the member itself. */
  readonly from: string;
}

/** All members but ourselves, as far as we know them. */
export class MemberTable {
  private readonly byName = new Map<string, Entry>();

  constructor(private readonly maxMembers: number) {}

  get(name: string): Member | undefined {
    return this.byName.get(name);
  }

  all(): Member[] {
    return [...this.byName.values()].map(({ record, status, incarnation, changedAtMs }) => ({
      record,
      status,
      incarnation,
      changedAtMs,
    }));
  }

  /** Alive and suspect. */
  present(): Member[] {
    return this.all().filter(({ status }) => !isGone(status));
  }

  presentCount(): number {
    let count = 0;
    for (const { status } of this.byName.values()) if (!isGone(status)) count += 1;
    return count;
  }

  /** What we would tell others of it. */
  updateOf(name: string): MemberUpdate | undefined {
    const entry = this.byName.get(name);
    if (!entry) return undefined;
    const { status, record, incarnation, from } = entry;
    return { status, record, incarnation, from };
  }

  updates(): MemberUpdate[] {
    return [...this.byName.values()].map(({ status, record, incarnation, from }) => ({
      status,
      record,
      incarnation,
      from,
    }));
  }

  merge(update: MemberUpdate, nowMs: number): MergeOutcome {
    const { name } = update.record;
    const current = this.byName.get(name);
    const decision = decideMerge(current, update);
    if (decision === "conflict" && current) return { kind: "conflict", with: current.record };
    if (decision !== "apply") return { kind: "ignored" };
    if (!current && this.byName.size >= this.maxMembers) return { kind: "ignored" };
    const visible = current?.status !== update.status || !sameRecord(current.record, update.record);
    const entry: Entry = {
      record: update.record,
      status: update.status,
      incarnation: update.incarnation,
      changedAtMs: visible ? nowMs : current.changedAtMs,
      from: update.from,
    };
    this.byName.set(name, entry);
    const { record, status, incarnation, changedAtMs } = entry;
    const member = { record, status, incarnation, changedAtMs };
    return { kind: "changed", member, previous: current?.status, visible };
  }

  /** Forgets those dead or left since before `sinceMs`. */
  reap(sinceMs: number): string[] {
    const old = [...this.byName.values()]
      .filter(({ status, changedAtMs }) => isGone(status) && changedAtMs <= sinceMs)
      .map(({ record }) => record.name);
    for (const name of old) this.byName.delete(name);
    return old;
  }
}
