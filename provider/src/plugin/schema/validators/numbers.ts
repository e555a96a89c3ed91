import { custom, type Validator } from "./validator";
import { range, within } from "./wording";

type Whole = number | bigint;

export function numberBetween(min: Whole, max: Whole): Validator<Whole> {
  return custom(range(min, max), (value) =>
    within(value, min, max) ? undefined : `it is ${value}`,
  );
}

export function atLeast(min: Whole): Validator<Whole> {
  return numberBetween(min, Infinity);
}

export function atMost(max: Whole): Validator<Whole> {
  return numberBetween(-Infinity, max);
}

export function wholeNumber(): Validator<Whole> {
  return custom("a whole number", (value) =>
    isWhole(value) ? undefined : `${value} is not a whole number`,
  );
}

/** Whole, and within 32 bits with a sign. */
export function int32(): Validator<Whole> {
  return integer(-(2n ** 31n), 2n ** 31n - 1n);
}

/** Whole, and within 64 bits with a sign. */
export function int64(): Validator<Whole> {
  return integer(-(2n ** 63n), 2n ** 63n - 1n);
}

function integer(min: bigint, max: bigint): Validator<Whole> {
  return custom(`a whole number from ${min} to ${max}`, (value) =>
    isWhole(value) && within(value, min, max) ? undefined : `it is ${value}`,
  );
}

function isWhole(value: Whole): boolean {
  return typeof value === "bigint" || Number.isInteger(value);
}
