import type { MembershipOptions } from "./options";
import type { Suspicions } from "./suspicions";

/** With fewer others than these, one death may be all the reason there is for silence. */
const fewestOthers = 3;
/** Probe intervals without a packet from anybody that make us deaf. In each we ping one member, and another us. */
const silentIntervals = 3;

/**
 * Who hears nobody judges nobody: where all are silent it is this node that is cut off, frozen or starved, and the refutations of
 * those it suspects wait where it cannot read them. So no suspicion ends in a death while we are deaf, nor right after,
 * before those who wait could be heard. A node that is cut off for longer than `deafHoldMs` gives the others up.
 */
export class Hearing {
  private heardAtMs = -Infinity;
  /** When we last heard somebody again after we were deaf. */
  private wokeAtMs = -Infinity;

  constructor(
    private readonly options: Pick<
      MembershipOptions,
      "probeIntervalMs" | "suspicionMultiplier" | "deafHoldMs"
    >,
  ) {}

  start(nowMs: number): void {
    this.heardAtMs = nowMs;
  }

  heard(nowMs: number): void {
    if (this.deafSinceMs(nowMs) !== undefined) this.wokeAtMs = nowMs;
    this.heardAtMs = nowMs;
  }

  /** Puts off those suspicions that would end now, where we may not judge; looks again each probe interval. */
  hold(suspicions: Suspicions, nowMs: number, others: number): void {
    const judgesAtMs = this.judgesAtMs(nowMs, others);
    if (judgesAtMs <= nowMs) return;
    suspicions.postpone(nowMs, Math.min(judgesAtMs, nowMs + this.options.probeIntervalMs));
  }

  /** Not before this may a suspicion end in a death; `others` are present beside us. */
  judgesAtMs(nowMs: number, others: number): number {
    if (others < fewestOthers || this.options.deafHoldMs === 0) return -Infinity;
    const deafSinceMs = this.deafSinceMs(nowMs);
    if (deafSinceMs !== undefined) return deafSinceMs + this.options.deafHoldMs;
    return this.wokeAtMs + this.options.suspicionMultiplier * this.options.probeIntervalMs;
  }

  private deafSinceMs(nowMs: number): number | undefined {
    const deafAtMs = this.heardAtMs + silentIntervals * this.options.probeIntervalMs;
    return nowMs > deafAtMs ? deafAtMs : undefined;
  }
}
