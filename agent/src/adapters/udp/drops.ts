import type { MeshPath } from "../../model/mesh-message";
import type { Log } from "../../ports/log";

/** Why a packet was not sent, or not taken. */
export type DropCause =
  | "too-large"
  | "send-failed"
  | "unauthentic"
  | "replayed"
  | "malformed"
  /** A stream that did not reach its end in time. */
  | "timed-out"
  /** A stream that ended before its packet did. */
  | "cut-short"
  /** More streams at once than there may be. */
  | "too-many";

export type DropCounts = Readonly<Record<DropCause, number>>;

/** Counts them by cause, and tells each at 1, 10, 100, ...: whoever floods us must not flood the log too. */
export class Drops {
  readonly counts: Record<DropCause, number> = {
    "too-large": 0,
    "send-failed": 0,
    unauthentic: 0,
    replayed: 0,
    malformed: 0,
    "timed-out": 0,
    "cut-short": 0,
    "too-many": 0,
  };

  constructor(private readonly log: Log) {}

  add(cause: DropCause, over: MeshPath, facts: Readonly<Record<string, unknown>>): void {
    this.counts[cause] += 1;
    const count = this.counts[cause];
    if (Number.isInteger(Math.log10(count)))
      this.log.warn("mesh packet dropped", { cause, count, over, ...facts });
  }
}
