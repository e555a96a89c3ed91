import type { MetricDefinition, Sample } from "../ports/metrics";

/** A label's values, and a number for each. */
type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

/** A metric, and how it is read from figures: one table is both the definition and the reading of it. */
export interface Measure<Figures> extends MetricDefinition {
  readonly read: (figures: Figures) => readonly Reading[];
}

export function samplesOf<Figures>(
  measures: readonly Measure<Figures>[],
  figures: Figures,
): Sample[] {
  return measures.flatMap(({ name, read }) =>
    read(figures).map(([labels, value]) => ({ name, labels, value })),
  );
}

export function gauge<Figures>(
  name: string,
  help: string,
  read: (figures: Figures) => number | boolean,
): Measure<Figures> {
  return { name, kind: "gauge", labels: [], help, read: (all) => [[{}, Number(read(all))]] };
}

export function counter<Figures>(
  name: string,
  help: string,
  read: (figures: Figures) => number,
): Measure<Figures> {
  return { ...gauge(name, help, read), kind: "counter" };
}

/** One reading for each of `values`, 0 where there is none: a series that is not there cannot be alerted on. */
export function each<Value extends string>(
  label: string,
  values: readonly Value[],
  counts: Readonly<Partial<Record<Value, number>>>,
): Reading[] {
  return values.map((value) => [{ [label]: value }, counts[value] ?? 0]);
}
