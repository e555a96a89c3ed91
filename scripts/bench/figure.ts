import { formatTable } from "./table";

/** One measured thing: samples in, one quantile and the spread out, held against its goal. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly samples: readonly number[];
  /** Which quantile is the figure; 0.5, the median, where it is not said. */
  readonly quantile?: number;
  /** The quantile must be below it; undefined: only reported. */
  readonly goal?: number;
  /** The same work done by somebody else, in the same run. */
  readonly peer?: { readonly name: string; readonly samples: readonly number[] };
}

export interface FigureRow {
  readonly name: string;
  readonly unit: string;
  /** Of the samples, at the figure's quantile. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly n: number;
  readonly goal: number | null;
  readonly peer: { readonly name: string; readonly median: number } | null;
  readonly met: boolean;
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest sample that so large a part of them does not exceed; of the median, the usual one. */
export function quantile(samples: readonly number[], part: number): number {
  if (part === 0.5) return median(samples);
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** A figure without samples has not met its goal. */
export function toRow(figure: Figure): FigureRow {
  const value = quantile(figure.samples, figure.quantile ?? 0.5);
  return {
    name: figure.name,
    unit: figure.unit,
    value: round(value),
    min: round(quantile(figure.samples, 0)),
    max: round(quantile(figure.samples, 1)),
    n: figure.samples.length,
    goal: figure.goal ?? null,
    peer: figure.peer
      ? { name: figure.peer.name, median: round(median(figure.peer.samples)) }
      : null,
    met: figure.samples.length > 0 && (figure.goal === undefined || value < figure.goal),
  };
}

/** Plain text, columns aligned. */
export function formatRows(rows: readonly FigureRow[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${row.value} ${row.unit}`,
    String(row.min),
    String(row.max),
    String(row.n),
    row.goal === null ? "-" : `< ${row.goal}`,
    row.peer === null ? "-" : `${row.peer.name}: ${row.peer.median}`,
    row.goal === null ? "" : row.met ? "met" : "MISSED",
  ]);
  return formatTable([["figure", "value", "min", "max", "n", "goal", "peer", ""], ...cells]);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
