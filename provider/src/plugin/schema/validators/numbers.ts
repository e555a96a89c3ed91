import { compareNumbers, numeric, type Decimal } from "../../values/decimal";
import { custom, range, type Validator } from "../validator";

/** The numbers of models, whatever the attribute makes of them; bounds may be given in any of the forms. */
export type AnyNumber = number | bigint | Decimal;

export function numberBetween(min: AnyNumber, max: AnyNumber): Validator<AnyNumber> {
  return custom(range(min, max, ""), (value) =>
    compare(value, min) >= 0 && compare(value, max) <= 0 ? undefined : `it is ${String(value)}`,
  );
}

export function numberAtLeast(min: AnyNumber): Validator<AnyNumber> {
  return numberBetween(min, Infinity);
}

export function numberAtMost(max: AnyNumber): Validator<AnyNumber> {
  return numberBetween(-Infinity, max);
}

/** Without a fraction. An `integer` attribute has this rule of itself. */
export function wholeNumber(): Validator<AnyNumber> {
  return custom("a whole number", (value) =>
    /^-?\d+(?:e\+?\d+)?$/u.test(text(value)) ? undefined : `${String(value)} is not a whole number`,
  );
}

/** Whole, and within the 32 bits of a signed integer. */
export function int32(): Validator<AnyNumber> {
  return bounded("a whole number of 32 bits", -(2n ** 31n), 2n ** 31n - 1n);
}

/** Whole, and within the 64 bits of a signed integer. For a `number` attribute it allows what a number cannot hold. */
export function int64(): Validator<AnyNumber> {
  return bounded("a whole number of 64 bits", -(2n ** 63n), 2n ** 63n - 1n);
}

/** Within what a float of 32 bits reaches; its precision may be less than what was written. */
export function float32(): Validator<AnyNumber> {
  return numberBetween(-3.4028234663852886e38, 3.4028234663852886e38);
}

function bounded(description: string, min: bigint, max: bigint): Validator<AnyNumber> {
  const rules = [wholeNumber(), numberBetween(min, max)];
  return custom(description, (value) =>
    rules.every((rule) => rule.check(value) === undefined)
      ? undefined
      : `${String(value)} is not ${description}`,
  );
}

function compare(a: AnyNumber, b: AnyNumber): number {
  return compareNumbers(plain(a), plain(b));
}

function plain(value: AnyNumber): number | Decimal {
  return typeof value === "number" ? value : numeric(String(value));
}

/** A whole number has no point in it, for numbers that JavaScript writes with an exponent neither. */
function text(value: AnyNumber): string {
  return typeof value === "number" && Number.isInteger(value)
    ? BigInt(value).toString()
    : String(value);
}
