/** Rules over numbers of one schema or nested object. An absent attribute counts nothing; one unknown, no verdict. */
import { isUnknown } from "../../values/unknown";
import type { Validator } from "./validator";

type Fields = Readonly<Record<string, unknown>>;
type Whole = number | bigint;

/** `name` is at least the sum of the others. */
export function atLeastSumOf(name: string, ...others: readonly string[]): Validator<Fields> {
  return compared(name, others, "at least", (value, sum) => value >= sum);
}

/** `name` is at most the sum of the others. */
export function atMostSumOf(name: string, ...others: readonly string[]): Validator<Fields> {
  return compared(name, others, "at most", (value, sum) => value <= sum);
}

/** `name` is the sum of the others. */
export function equalToSumOf(name: string, ...others: readonly string[]): Validator<Fields> {
  return compared(name, others, "equal to", (value, sum) => value >= sum && value <= sum);
}

function compared(
  name: string,
  others: readonly string[],
  relation: string,
  holds: (value: Whole, sum: Whole) => boolean,
): Validator<Fields> {
  const description = `${name} ${relation} the sum of ${others.join(", ")}`;
  return {
    description,
    names: [name, ...others],
    check: (fields) => {
      const value = fields[name];
      const addends = others.map((other) => fields[other]);
      if (!isNumber(value) || addends.some(isUnknown)) return undefined;
      const sum = sumOf(addends.filter(isNumber));
      return holds(value, sum)
        ? undefined
        : { rule: `Keep ${description}`, problem: `${value} against ${sum}`, path: [name] };
    },
  };
}

/** Whole numbers are added exactly; a fraction among them makes it a sum of floating point. */
function sumOf(numbers: readonly Whole[]): Whole {
  return numbers.every((one) => typeof one === "bigint" || Number.isSafeInteger(one))
    ? numbers.reduce<bigint>((sum, one) => sum + BigInt(one), 0n)
    : numbers.reduce<number>((sum, one) => sum + Number(one), 0);
}

function isNumber(value: unknown): value is Whole {
  return typeof value === "number" || typeof value === "bigint";
}
