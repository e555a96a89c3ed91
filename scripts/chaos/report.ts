import { median } from "../bench/figure";
import { formatTable } from "../bench/table";
import { faultKinds, type FaultKind } from "./fault";
import type { Visit } from "./visitor";

export interface FaultDone {
  readonly kind: FaultKind;
  /** By the observer's clock. */
  readonly beganMs: number;
  readonly endedMs: number;
}

export interface ChaosFigures {
  readonly faults: readonly FaultDone[];
  readonly visits: readonly Visit[];
  /** Of each round, from when all was healed. */
  readonly convergedMs: readonly number[];
  readonly ranMs: number;
}

export interface KindReport {
  readonly kind: FaultKind;
  readonly faults: number;
  readonly visits: number;
  readonly failed: number;
  /** Without an answer at a stretch. */
  readonly longestMs: number;
}

/** A fault is felt a little longer than it lasts. */
const feltMs = 10_000;

/** Of visits while a fault of this kind lasts, or 10 s later; where faults of several kinds overlap, they count for each. */
export function reportOf(figures: ChaosFigures): readonly KindReport[] {
  return faultKinds.map((kind) => {
    const faults = figures.faults.filter((one) => one.kind === kind);
    const felt = figures.visits.filter(({ fromMs, toMs }) =>
      faults.some((one) => toMs >= one.beganMs && fromMs <= one.endedMs + feltMs),
    );
    return {
      kind,
      faults: faults.length,
      visits: felt.length,
      failed: felt.filter(({ failure }) => failure !== undefined).length,
      longestMs: Math.max(0, ...outages(felt)),
    };
  });
}

/** From the beginning of each first visit that failed to the end of the next that was answered. */
export function outages(visits: readonly Visit[]): readonly number[] {
  const all: number[] = [];
  let sinceMs: number | undefined;
  for (const { fromMs, toMs, failure } of visits)
    if (failure !== undefined) sinceMs ??= fromMs;
    else if (sinceMs !== undefined) {
      all.push(toMs - sinceMs);
      sinceMs = undefined;
    }
  const last = visits.at(-1);
  if (sinceMs !== undefined && last) all.push(last.toMs - sinceMs);
  return all;
}

export function formatReport(figures: ChaosFigures): string {
  const { faults, visits, convergedMs, ranMs } = figures;
  const rows = reportOf(figures)
    .filter((one) => one.faults > 0)
    .map((one) => [
      one.kind,
      String(one.faults),
      `${one.failed} of ${one.visits}`,
      seconds(one.longestMs),
    ]);
  const failed = visits.filter(({ failure }) => failure !== undefined).length;
  const longest = seconds(Math.max(0, ...outages(visits)));
  const times = convergedMs.map(seconds).join(", ");
  return [
    formatTable([["fault", "times", "visits failed", "longest without an answer"], ...rows]),
    `${faults.length} faults in ${seconds(ranMs)}: ${Math.round((faults.length * 3_600_000) / ranMs)} an hour`,
    `${failed} of ${visits.length} visits failed, ${longest} at a stretch at most`,
    `in order again after healing: median ${seconds(median(convergedMs))} (${times})`,
  ].join("\n");
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
