import type { Member, MemberRecord } from "../model/member";
import type { MemberUpdate } from "../model/mesh-message";
import { sameEndpoint, sameRecord } from "./merge";

/** What this node says of itself. Its incarnation only rises, and only here. */
export class Self {
  private gone = false;
  private changedAtMs = 0;
  private shown: Member | undefined;

  constructor(
    private said: MemberRecord,
    private incarnation: number,
  ) {}

  get record(): MemberRecord {
    return this.said;
  }

  /** It has become a voter, or is none any more; true where that is news to tell. */
  beVoter(voter: boolean, nowMs: number): boolean {
    if (this.gone || this.said.voter === voter) return false;
    this.said = { ...this.said, voter };
    this.incarnation += 1;
    this.changedAtMs = nowMs;
    this.shown = undefined;
    return true;
  }

  get left(): boolean {
    return this.gone;
  }

  start(nowMs: number): void {
    this.changedAtMs = nowMs;
    this.shown = undefined;
  }

  leave(nowMs: number): void {
    this.gone = true;
    this.changedAtMs = nowMs;
    this.shown = undefined;
  }

  /** The same object for as long as nothing has changed. */
  member(): Member {
    const { record, incarnation, changedAtMs } = this;
    const status = this.gone ? "left" : "alive";
    return (this.shown ??= { record, status, incarnation, changedAtMs });
  }

  update(): MemberUpdate {
    const { record, incarnation } = this;
    return { status: this.gone ? "left" : "alive", record, incarnation, from: record.name };
  }

  /**
   * `refute`: we have raised our incarnation above the claim, and `update()` is news. `outdated`: it has been
   * refuted before, and whoever says it has missed that.
   */
  hear(claim: MemberUpdate): "ignore" | "outdated" | "refute" | "conflict" {
    if (this.gone) return "ignore";
    if (claim.incarnation < this.incarnation)
      return claim.status === "alive" ? "ignore" : "outdated";
    if (claim.status === "alive") {
      // Raising ours against another live node would start a race that neither can win. If it is but the
      // memory of our former life elsewhere, the mesh will find that dead soon, and then we are free to refute.
      if (!sameEndpoint(claim.record.mesh, this.record.mesh)) return "conflict";
      const same = claim.incarnation === this.incarnation && sameRecord(claim.record, this.record);
      if (same) return "ignore";
    }
    this.incarnation = claim.incarnation + 1;
    this.shown = undefined;
    return "refute";
  }
}
