/**
 * Values in JSON, as liberal as Mesos is (3rdparty/stout/include/stout/protobuf.hpp, `Parser`; base64.hpp): numbers and
 * booleans may come as strings that hold one, fractions of whole numbers are cut off, base64 may hold white space and lack its
 * padding. Stricter than Mesos: numbers that do not fit are refused, where a cast in C++ would make others of them.
 */
import type { Place } from "./place";

const decimal = /^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/u;
const base64 = /^[A-Za-z0-9+/]*={0,2}$/u;

/** May be infinite, but never NaN. */
export function doubleFrom(value: unknown, place: Place): number {
  if (value === "Infinity") return Infinity;
  if (value === "-Infinity") return -Infinity;
  return numberFrom(value, place, "must be a number");
}

/** Beyond 2^53, where a number is not exact, it becomes the last that is. `kind` says the bounds in words. */
export function wholeFrom(
  kind: string,
  least: number,
  greatest: number,
): (value: unknown, place: Place) => number {
  const rule = `must be a whole number, ${kind}`;
  return (value, place) => {
    const whole = Math.trunc(numberFrom(value, place, rule));
    if (whole < least || whole > greatest) throw place.refusal(value, rule);
    const safe = Math.min(Math.max(whole, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
    return safe + 0; // -0 becomes 0
  };
}

export function booleanFrom(value: unknown, place: Place): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw place.refusal(value, "must be a boolean");
}

export function textFrom(value: unknown, place: Place): string {
  if (typeof value !== "string") throw place.refusal(value, "must be a string");
  // Half a surrogate pair has no bytes in UTF-8: the task's id would come back as another.
  if (/\p{Surrogate}/u.test(value)) throw place.refusal(value, "must be Unicode");
  return value;
}

/** In the one form in which the same bytes are always the same string. */
export function base64From(value: unknown, place: Place): string {
  const rule = "must be bytes in base64";
  if (typeof value !== "string") throw place.refusal(value, rule);
  const digits = value.replaceAll(/\s+/gu, "");
  if (!base64.test(digits)) throw place.refusal(value, rule);
  return Buffer.from(digits, "base64").toString("base64");
}

function numberFrom(value: unknown, place: Place, rule: string): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && decimal.test(value)) return Number(value);
  throw place.refusal(value, rule);
}
