import { compareNumbers, Decimal, numeric } from "../../values/decimal";
import { custom, type Validator } from "../validator";
import { range } from "./wording";

/** The numbers of models, whatever the attribute makes of them; bounds may be given in any of the forms. */
export type AnyNumber = number | bigint | Decimal;

export function numberBetween(min: AnyNumber, max: AnyNumber): Validator<AnyNumber> {
  return custom(range(min, max), (value) =>
    within(value, min, max) ? undefined : `it is ${String(value)}`,
  );
}

export function atLeast(min: AnyNumber): Validator<AnyNumber> {
  return numberBetween(min, Infinity);
}

export function atMost(max: AnyNumber): Validator<AnyNumber> {
  return numberBetween(-Infinity, max);
}

/** Without a fraction. An `integer` attribute has this rule of itself. */
export function wholeNumber(): Validator<AnyNumber> {
  return custom("a whole number", (value) =>
    isWhole(value) ? undefined : `${String(value)} is not a whole number`,
  );
}

/** Whole, and within 32 bits with a sign. */
export function int32(): Validator<AnyNumber> {
  return integer(-(2n ** 31n), 2n ** 31n - 1n);
}

/** Whole, and within 64 bits with a sign. For a `number` attribute it allows what a number cannot hold. */
export function int64(): Validator<AnyNumber> {
  return integer(-(2n ** 63n), 2n ** 63n - 1n);
}

/** Within what a float of 32 bits reaches; its precision may be less than what was written. */
export function float32(): Validator<AnyNumber> {
  return numberBetween(-3.4028234663852886e38, 3.4028234663852886e38);
}

function integer(min: bigint, max: bigint): Validator<AnyNumber> {
  return custom(`a whole number from ${min} to ${max}`, (value) =>
    isWhole(value) && within(value, min, max) ? undefined : `it is ${String(value)}`,
  );
}

/** Canonical decimals are written with a point or a negative exponent only when there is a fraction. */
function isWhole(value: AnyNumber): boolean {
  if (value instanceof Decimal) return !/\.|e-/u.test(value.text);
  return typeof value === "bigint" || Number.isInteger(value);
}

function within(value: AnyNumber, min: AnyNumber, max: AnyNumber): boolean {
  return compare(value, min) >= 0 && compare(value, max) <= 0;
}

export function compare(a: AnyNumber, b: AnyNumber): number {
  return compareNumbers(plain(a), plain(b));
}

/** A bigint by its digits, which may be more than a number holds. */
function plain(value: AnyNumber): number | Decimal {
  return typeof value === "bigint" ? numeric(String(value)) : value;
}
