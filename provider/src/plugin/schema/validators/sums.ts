/** Rules over numbers of one schema or nested object. An absent attribute counts nothing; one unknown, no verdict. */
import { isUnknown } from "../../values/unknown";
import { Decimal } from "../../values/decimal";
import type { Validator } from "../validator";
import { compare, type AnyNumber } from "./numbers";

type Fields = Readonly<Record<string, unknown>>;

/** `name` is at least the sum of the others. */
export function atLeastSumOf(name: string, ...others: readonly string[]): Validator<Fields> {
  return compared(name, others, "at least", (order) => order >= 0);
}

/** `name` is at most the sum of the others. */
export function atMostSumOf(name: string, ...others: readonly string[]): Validator<Fields> {
  return compared(name, others, "at most", (order) => order <= 0);
}

/** `name` is the sum of the others. */
export function equalToSumOf(name: string, ...others: readonly string[]): Validator<Fields> {
  return compared(name, others, "equal to", (order) => order === 0);
}

function compared(
  name: string,
  others: readonly string[],
  relation: string,
  holds: (order: number) => boolean,
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
      return holds(compare(value, sum))
        ? undefined
        : {
            rule: `Keep ${description}`,
            problem: `${String(value)} against ${String(sum)}`,
            path: [name],
          };
    },
  };
}

/** Whole numbers are added exactly; a fraction among them makes it a sum of floating point. */
function sumOf(numbers: readonly AnyNumber[]): AnyNumber {
  return numbers.every((one) => typeof one === "bigint" || Number.isSafeInteger(one))
    ? numbers.reduce<bigint>((sum, one) => sum + BigInt(String(one)), 0n)
    : numbers.reduce<number>((sum, one) => sum + Number(String(one)), 0);
}

function isNumber(value: unknown): value is AnyNumber {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
}
