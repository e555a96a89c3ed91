import type { MemberRecord } from "../model/member";
import type { MembershipEffect } from "./effects";

const repeatMs = 10_000;
const maxNames = 1024;

/** Keeps one contested name from filling the log: each is told every 10 s at most. */
export class Conflicts {
  private readonly toldAtMs = new Map<string, number>();

  tell(record: MemberRecord, holder: MemberRecord, nowMs: number): MembershipEffect[] {
    const told = this.toldAtMs.get(record.name);
    if (told !== undefined && nowMs - told < repeatMs) return [];
    if (this.toldAtMs.size >= maxNames) this.toldAtMs.clear();
    this.toldAtMs.set(record.name, nowMs);
    return [{ kind: "conflict", record, with: holder }];
  }
}
