import { isUnknown } from "../plugin";
import type { Unknown } from "../plugin";

/** `T` with no unknown in it, at any level. */
export type Known<T> = T extends Unknown
  ? never
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? readonly Known<E>[]
      : { readonly [N in keyof T]: Known<T[N]> };

/** Known, and so is everything in it. */
export function allKnown<T>(value: T): value is T & Known<T> {
  if (isUnknown(value)) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(allKnown);
}
