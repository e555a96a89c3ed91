import { compareNumbers, Decimal, numeric } from "./decimal";
import { isUnknown, Unknown, type Bound, type Refinement } from "./unknown";

/** As `Refinement`; a bound that is a bare number is inclusive. */
export interface Promised extends Omit<Refinement, "min" | "max"> {
  readonly min?: number | bigint | Decimal | Bound;
  readonly max?: number | bigint | Decimal | Bound;
}

/**
 * A value that is known only after apply, but of which this much is certain: `unknown({ notNull: true, prefix: "arn:" })`.
 * Conditions of the configuration that depend on no more than that are then decided while planning. Throws RangeError when
 * no value could keep the promise. A prefix shall end where no later character could join the last one.
 */
export function unknown(promised: Promised): Unknown {
  return refine(new Unknown(), promised);
}

/** `value` with more promised about it; what was promised before still holds where it is the tighter one. */
export function refine(value: Unknown, promised: Promised): Unknown {
  const { min, max, ...more } = promised;
  const before = value.refinement ?? {};
  const refinement: Refinement = {
    ...before,
    ...more,
    ...longer(before.prefix, more.prefix),
    ...tighter("min", before.min, min, 1),
    ...tighter("max", before.max, max, -1),
    ...extreme("minLength", Math.max, before.minLength, more.minLength),
    ...extreme("maxLength", Math.min, before.maxLength, more.maxLength),
  };
  refuseContradiction(refinement);
  return new Unknown(refinement);
}

/** Whether a value can be what was promised. Of a value that is unknown itself: whether it still could be. */
export function keeps(refinement: Refinement, value: unknown): boolean {
  if (value === null) return refinement.notNull !== true;
  if (isUnknown(value))
    return value.refinement === undefined || overlap(refinement, value.refinement);
  if (typeof value === "string") return value.startsWith(refinement.prefix ?? "");
  if (typeof value === "number" || value instanceof Decimal) return between(refinement, value);
  if (typeof value !== "object") return true;
  const length = Object.keys(value).length;
  return length >= (refinement.minLength ?? 0) && length <= (refinement.maxLength ?? Infinity);
}

function overlap(a: Refinement, b: Refinement): boolean {
  const [one, other] = [a.prefix ?? "", b.prefix ?? ""];
  return (
    (one.startsWith(other) || other.startsWith(one)) &&
    !crossed(a.min, b.max) &&
    !crossed(b.min, a.max) &&
    (a.minLength ?? 0) <= (b.maxLength ?? Infinity) &&
    (b.minLength ?? 0) <= (a.maxLength ?? Infinity)
  );
}

function between({ min, max }: Refinement, value: number | Decimal): boolean {
  const here: Bound = { value, inclusive: true };
  return !crossed(min, here) && !crossed(here, max);
}

/** Whether no number lies at or above `min` and at or below `max`. */
function crossed(min: Bound | undefined, max: Bound | undefined): boolean {
  if (min === undefined || max === undefined) return false;
  const order = compareNumbers(min.value, max.value);
  return order > 0 || (order === 0 && !(min.inclusive && max.inclusive));
}

function refuseContradiction(refinement: Refinement): void {
  const { min, max, minLength = 0, maxLength = Infinity } = refinement;
  if (crossed(min, max) || minLength > maxLength) {
    throw new RangeError(`no value can be within ${JSON.stringify(refinement)}`);
  }
}

function longer(before: string | undefined, now: string | undefined): Partial<Refinement> {
  if (before === undefined || now === undefined) return {};
  if (now.startsWith(before)) return { prefix: now };
  if (before.startsWith(now)) return { prefix: before };
  throw new RangeError(`no text begins with ${JSON.stringify(before)} and ${JSON.stringify(now)}`);
}

/** `direction` 1: the greater bound is the tighter one, -1: the smaller. */
function tighter(
  name: "min" | "max",
  before: Bound | undefined,
  given: Promised["min"],
  direction: number,
): Partial<Refinement> {
  if (given === undefined) return {};
  const now = bound(given);
  if (before === undefined) return { [name]: now };
  const order = compareNumbers(now.value, before.value) * direction;
  return { [name]: order > 0 || (order === 0 && !now.inclusive) ? now : before };
}

function bound(given: NonNullable<Promised["min"]>): Bound {
  if (typeof given === "number") return { value: given, inclusive: true };
  if (typeof given === "bigint" || given instanceof Decimal) {
    return { value: numeric(String(given)), inclusive: true };
  }
  return given;
}

function extreme(
  name: "minLength" | "maxLength",
  pick: (...of: number[]) => number,
  before: number | undefined,
  now: number | undefined,
): Partial<Refinement> {
  const given = [before, now].filter((length) => length !== undefined);
  return given.length === 0 ? {} : { [name]: pick(...given) };
}
