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
  min: number | bigint,
  max: number | bigint,
  unit?: readonly [one: string, many: string],
): string {
  const bounds =
    max === Infinity
      ? `at least ${min}`
      : min === -Infinity
        ? `at most ${max}`
        : min === max
          ? `exactly ${min}`
          : `${min} to ${max}`;
  if (unit === undefined) return bounds;
  const last = max === Infinity ? min : max;
  return `${bounds} ${last == 1 ? unit[0] : unit[1]}`;
}

/** `3 elements`, `1 element`. */
export function count(number: number, [one, many]: readonly [one: string, many: string]): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Compares numbers and bigints exactly, whatever the mix. */
export function within(
  value: number | bigint,
  min: number | bigint,
  max: number | bigint,
): boolean {
  return value >= min && value <= max;
}
