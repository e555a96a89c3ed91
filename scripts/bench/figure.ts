import { formatTable } from "./table";

/** One measured thing: samples in, median and spread out, held against its goal. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly samples: readonly number[];
  /** The median must be below it; undefined: only reported. */
  readonly goal?: number;
  /** The same work done by somebody else, in the same run. */
  readonly peer?: { readonly name: string; readonly samples: readonly number[] };
}

export interface FigureRow {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
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

/** A figure without samples has not met its goal. */
export function toRow(figure: Figure): FigureRow {
  const value = median(figure.samples);
  return {
    name: figure.name,
    unit: figure.unit,
    median: round(value),
    min: round(Math.min(...figure.samples)),
    max: round(Math.max(...figure.samples)),
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
    `${row.median} ${row.unit}`,
    String(row.min),
    String(row.max),
    String(row.n),
    row.goal === null ? "-" : `< ${row.goal}`,
    row.peer === null ? "-" : `${row.peer.name}: ${row.peer.median}`,
    row.goal === null ? "" : row.met ? "met" : "MISSED",
  ]);
  return formatTable([["figure", "median", "min", "max", "n", "goal", "peer", ""], ...cells]);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
