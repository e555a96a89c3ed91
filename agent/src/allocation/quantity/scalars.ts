/**
 * The scalar part of resources as a dense vector of thousandths: Mesos keeps three decimals
 * (src/common/values.cpp), and whole numbers add up without a rest. Exact up to 2^53 thousandths.
 */
export type Scalars = number[];

export const scalarKinds = ["cpus", "memMiB", "diskMiB", "gpus"] as const;
export type ScalarKind = (typeof scalarKinds)[number];
export const kinds = scalarKinds.length;

/** In units (cpus, MiB); a kind that is missing is zero. */
export type ScalarUnits = Readonly<Partial<Record<ScalarKind, number>>>;

/**
 * A plain array, which takes a quarter of the memory and of the time to make of a typed one. It begins with
 * fractions so that the engine keeps unboxed doubles in it from the start.
 */
export function zeroScalars(): Scalars {
  const scalars = [0.5, 0.5, 0.5, 0.5];
  for (let k = 0; k < kinds; k++) scalars[k] = 0;
  return scalars;
}

export function copyScalars(from: Scalars, to: Scalars): void {
  for (let k = 0; k < kinds; k++) to[k] = at(from, k);
}

/** `otherwise`: what a missing kind stands for, in units. */
export function scalarsOf(units: ScalarUnits, otherwise = 0): Scalars {
  const scalars = zeroScalars();
  scalarKinds.forEach((kind, k) => {
    scalars[k] = Math.round((units[kind] ?? otherwise) * 1000);
  });
  return scalars;
}

export function unitsOf(scalars: Scalars): Record<ScalarKind, number> {
  return {
    cpus: at(scalars, 0) / 1000,
    memMiB: at(scalars, 1) / 1000,
    diskMiB: at(scalars, 2) / 1000,
    gpus: at(scalars, 3) / 1000,
  };
}

/** An index inside the vector, which the compiler cannot know. */
export function at(scalars: Scalars, k: number): number {
  return scalars[k] as number;
}

/** `into` += `times` * `what`, in place. */
export function addScaled(into: Scalars, what: Scalars, times: 1 | -1): void {
  for (let k = 0; k < kinds; k++) into[k] = at(into, k) + times * at(what, k);
}

export function isZero(scalars: Scalars): boolean {
  for (let k = 0; k < kinds; k++) if (scalars[k] !== 0) return false;
  return true;
}

/** Each kind of `have` is at least that of `need`. */
export function covers(have: Scalars, need: Scalars): boolean {
  for (let k = 0; k < kinds; k++) if (at(have, k) < at(need, k)) return false;
  return true;
}
