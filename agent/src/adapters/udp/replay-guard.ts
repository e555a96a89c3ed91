import type { Stamp } from "./session";

const silenceMs = 10_000;
const windowSize = 256;
const maxSenders = 8192;

interface Seen {
  startedAtMs: number;
  nonce: number;
  highest: number;
  /** Counts taken, each at its place modulo the window's size. */
  readonly taken: Float64Array;
  lastAtMs: number;
}

/** Takes each packet once; see Stamp for what that protects from. Bounded: the longest silent is forgotten first. */
export class ReplayGuard {
  private readonly senders = new Map<string, Seen>();

  /** `sender`: name and endpoint. False: refuse it. */
  take(sender: string, stamp: Stamp, nowMs: number): boolean {
    const seen = this.senders.get(sender);
    const taken = seen ? this.takeKnown(seen, stamp, nowMs) : true;
    if (!taken) return false;
    const kept = seen ?? this.begin(stamp);
    kept.taken[stamp.count % windowSize] = stamp.count;
    kept.highest = Math.max(kept.highest, stamp.count);
    kept.lastAtMs = nowMs;
    // Last in the map's order: the first one is the longest silent.
    this.senders.delete(sender);
    this.senders.set(sender, kept);
    this.forgetBeyondLimit();
    return true;
  }

  private takeKnown(seen: Seen, stamp: Stamp, nowMs: number): boolean {
    const same = seen.startedAtMs === stamp.startedAtMs && seen.nonce === stamp.nonce;
    if (same)
      return (
        stamp.count > seen.highest - windowSize &&
        seen.taken[stamp.count % windowSize] !== stamp.count
      );
    if (stamp.startedAtMs <= seen.startedAtMs && nowMs - seen.lastAtMs < silenceMs) return false;
    seen.startedAtMs = stamp.startedAtMs;
    seen.nonce = stamp.nonce;
    seen.highest = stamp.count;
    seen.taken.fill(-1);
    return true;
  }

  private begin(stamp: Stamp): Seen {
    return {
      startedAtMs: stamp.startedAtMs,
      nonce: stamp.nonce,
      highest: stamp.count,
      taken: new Float64Array(windowSize).fill(-1),
      lastAtMs: 0,
    };
  }

  private forgetBeyondLimit(): void {
    for (const sender of this.senders.keys()) {
      if (this.senders.size <= maxSenders) return;
      this.senders.delete(sender);
    }
  }
}
