import type { Member, MemberRecord, MemberStatus } from "../model/member";
import type { MemberUpdate } from "../model/mesh-message";
import { decideMerge, isGone, sameRecord } from "./merge";
import { sample } from "./shuffle";
import { StateDigest } from "./state-digest";

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

interface Entry {
  member: Member;
  /** What we would tell others of it; its `from` is who accuses, or the member itself. */
  update: MemberUpdate;
  /** Its place among all entries. */
  place: number;
}

/** All members but ourselves, as far as we know them. Nothing that is asked at each packet looks at all of them. */
export class MemberTable {
  /** Of those present. */
  readonly digest = new StateDigest();
  private readonly byName = new Map<string, Entry>();
  private readonly entries: Entry[] = [];
  private readonly counts: Record<MemberStatus, number> = {
    alive: 0,
    suspect: 0,
    dead: 0,
    left: 0,
  };

  private listed: { readonly self: Member; readonly members: readonly Member[] } | undefined;

  constructor(private readonly maxMembers: number) {}

  get(name: string): Member | undefined {
    return this.byName.get(name)?.member;
  }

  all(): Member[] {
    return this.entries.map(({ member }) => member);
  }

  /** With this one, by name; the same list for as long as nothing has changed. */
  allWith(self: Member): readonly Member[] {
    if (this.listed?.self !== self) {
      const members = [...this.all(), self];
      members.sort((a, b) => (a.record.name < b.record.name ? -1 : 1));
      this.listed = { self, members };
    }
    return this.listed.members;
  }

  count(status: MemberStatus): number {
    return this.counts[status];
  }

  /** Alive and suspect. */
  presentCount(): number {
    return this.counts.alive + this.counts.suspect;
  }

  /** Up to `count` of those that `accept` takes, at random. */
  sample(count: number, random: () => number, accept: (member: Member) => boolean): Member[] {
    const chosen = sample(this.entries, count, random, ({ member }) => accept(member));
    return chosen.map(({ member }) => member);
  }

  updateOf(name: string): MemberUpdate | undefined {
    return this.byName.get(name)?.update;
  }

  updates(): MemberUpdate[] {
    return this.entries.map(({ update }) => update);
  }

  merge(update: MemberUpdate, nowMs: number): MergeOutcome {
    const { name } = update.record;
    const entry = this.byName.get(name);
    const current = entry?.member;
    const decision = decideMerge(current, update);
    if (decision === "conflict" && current) return { kind: "conflict", with: current.record };
    if (decision !== "apply") return { kind: "ignored" };
    if (!current && !this.makeRoom()) return { kind: "ignored" };
    const visible = current?.status !== update.status || !sameRecord(current.record, update.record);
    const member: Member = {
      record: update.record,
      status: update.status,
      incarnation: update.incarnation,
      changedAtMs: visible ? nowMs : current.changedAtMs,
    };
    this.put(name, entry, member, update);
    return { kind: "changed", member, previous: current?.status, visible };
  }

  /** Forgets those dead or left since before `sinceMs`. */
  reap(sinceMs: number): string[] {
    const old = this.entries
      .filter(({ member }) => isGone(member.status) && member.changedAtMs <= sinceMs)
      .map(({ member }) => member.record.name);
    for (const name of old) this.remove(name);
    return old;
  }

  private put(name: string, entry: Entry | undefined, member: Member, update: MemberUpdate): void {
    this.listed = undefined;
    this.countIn(member);
    if (entry) {
      this.countOut(entry.member);
      entry.member = member;
      entry.update = update;
      return;
    }
    const added = { member, update, place: this.entries.length };
    this.byName.set(name, added);
    this.entries.push(added);
  }

  private remove(name: string): void {
    const entry = this.byName.get(name);
    const last = this.entries.at(-1);
    if (!entry || !last) return;
    this.listed = undefined;
    this.byName.delete(name);
    this.countOut(entry.member);
    this.entries[entry.place] = last;
    last.place = entry.place;
    this.entries.pop();
  }

  private countIn({ status, record, incarnation }: Member): void {
    this.counts[status] += 1;
    if (!isGone(status)) this.digest.add({ name: record.name, incarnation });
  }

  private countOut({ status, record, incarnation }: Member): void {
    this.counts[status] -= 1;
    if (!isGone(status)) this.digest.remove({ name: record.name, incarnation });
  }

  /** Who is gone longest makes room: many that came and went must not keep out those that come. */
  private makeRoom(): boolean {
    if (this.entries.length < this.maxMembers) return true;
    const gone = this.all().filter(({ status }) => isGone(status));
    if (gone.length === 0) return false;
    const oldest = gone.reduce((one, other) => (other.changedAtMs < one.changedAtMs ? other : one));
    this.remove(oldest.record.name);
    return true;
  }
}
