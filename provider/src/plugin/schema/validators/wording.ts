import type { Decimal } from "../../values/decimal";

/** More of a text than this is not repeated in a message. */
const MAX_QUOTED = 60;

/** A value as messages show it: text in quotes and not longer than a line. */
export function quoted(value: string | number | bigint): string {
  if (typeof value !== "string") return String(value);
  const short = value.length > MAX_QUOTED ? `${value.slice(0, MAX_QUOTED)}...` : value;
  return JSON.stringify(short);
}

/** `1 to 3 elements`, `at least 1 element`; one `unit` is singular. */
export function range(
  min: number | bigint | Decimal,
  max: number | bigint | Decimal,
  unit?: readonly [one: string, many: string],
): string {
  const [least, most] = [String(min), String(max)];
  const bounds =
    max === Infinity
      ? `at least ${least}`
      : min === -Infinity || (min === 0 && unit !== undefined)
        ? `at most ${most}`
        : least === most
          ? `exactly ${least}`
          : `${least} to ${most}`;
  if (unit === undefined) return bounds;
  const last = max === Infinity ? least : most;
  return `${bounds} ${last === "1" ? unit[0] : unit[1]}`;
}

/** `3 elements`, `1 element`. */
export function count(number: number, [one, many]: readonly [one: string, many: string]): string {
  return `${number} ${number === 1 ? one : many}`;
}
