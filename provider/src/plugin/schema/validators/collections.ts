import { Decimal, numeric } from "../../values/decimal";
import { DYNAMIC, STRING, type Type } from "../../values/type";
import { isUnknown } from "../../values/unknown";
import {
  custom,
  problemsOf,
  type Problem,
  type ValidationContext,
  type Validator,
} from "../validator";
import { count, quoted, range } from "./wording";

type Dict<T> = Readonly<Record<string, T>>;
type Collection<T> = readonly T[] | Dict<T>;

const ELEMENTS = ["element", "elements"] as const;

/** For lists, sets and maps. Unknown elements of a set may turn out equal to others, so they count as one or more. */
export function sizeBetween(min: number, max: number): Validator<Collection<unknown>> {
  return custom(range(min, max, ELEMENTS), (value, { type }) => {
    const elements = Object.values(value);
    const most = elements.length;
    const least = type.kind === "set" ? leastSize(elements) : most;
    if (most < min) return `it has ${count(most, ELEMENTS)}`;
    return least > max ? `it has ${count(least, ELEMENTS)}` : undefined;
  });
}

export function sizeAtLeast(min: number): Validator<Collection<unknown>> {
  return sizeBetween(min, Infinity);
}

export function sizeAtMost(max: number): Validator<Collection<unknown>> {
  return sizeBetween(0, max);
}

/** Known elements of a set differ; all unknown ones may turn out equal to one of them. */
function leastSize(elements: readonly unknown[]): number {
  const known = elements.filter((element) => keyOf(element) !== undefined).length;
  return known === 0 ? Math.min(elements.length, 1) : known;
}

/** For lists: no two known elements are equal. */
export function uniqueElements(): Validator<readonly unknown[]> {
  return custom("without equal elements", (value) => {
    const seen = new Map<string, number>();
    const problems: Problem[] = [];
    value.forEach((element, index) => {
      const key = keyOf(element);
      const first = key === undefined ? undefined : seen.get(key);
      if (key !== undefined && first === undefined) seen.set(key, index);
      if (first !== undefined) {
        problems.push({ problem: `it is equal to element ${first}`, path: [index] });
      }
    });
    return problems;
  });
}

/** Holds every known element of a list or set, or value of a map, against `rule`. */
export function eachElement<T>(rule: Validator<T>): Validator<Collection<T>> {
  return custom(`each element: ${rule.description}`, (value, context) =>
    entriesOf(value).flatMap(([key, element]) =>
      isUnknown(element) || element === null ? [] : inElement(rule, element, key, context),
    ),
  );
}

/** Holds every known value of a map against `rule`. */
export function eachValue<T>(rule: Validator<T>): Validator<Dict<T>> {
  return { ...eachElement(rule), description: `each value: ${rule.description}` };
}

/** Holds every key of a map against `rule`. */
export function eachKey(rule: Validator<string>): Validator<Dict<unknown>> {
  return custom(`each key: ${rule.description}`, (value, context) =>
    Object.keys(value).flatMap((key) =>
      problemsOf(rule, key, { type: STRING, writeOnlyAllowed: context.writeOnlyAllowed }).map(
        (found) => ({
          ...found,
          problem: `of key ${quoted(key)}, ${found.problem}`,
          path: [key],
        }),
      ),
    ),
  );
}

/** The elements of a set have no address in Terraform: what is wrong in one of them is said of the set. */
function inElement<T>(
  rule: Validator<T>,
  element: T,
  key: string | number,
  context: ValidationContext,
): readonly Problem[] {
  const type = elementType(context.type, key);
  return problemsOf(rule, element, { type, writeOnlyAllowed: context.writeOnlyAllowed }).map(
    (found) =>
      context.type.kind === "set"
        ? { ...found, rule: `${found.rule} in every element`, path: [] }
        : { ...found, path: [key, ...found.path] },
  );
}

function entriesOf<T>(value: Collection<T>): (readonly [string | number, T])[] {
  return isArray(value)
    ? value.map((element, index) => [index, element] as const)
    : Object.entries(value);
}

function isArray<T>(value: Collection<T>): value is readonly T[] {
  return Array.isArray(value);
}

function elementType(type: Type, key: string | number): Type {
  if ("element" in type) return type.element;
  return type.kind === "tuple" ? (type.elements[Number(key)] ?? DYNAMIC) : DYNAMIC;
}

/** A text that equal models share and others do not; undefined when something in them is unknown. */
function keyOf(value: unknown): string | undefined {
  if (isUnknown(value)) return undefined;
  if (typeof value === "bigint" || value === undefined) return String(value);
  if (value instanceof Decimal) return String(numeric(value.text));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = Object.entries(value)
    .sort(([a], [b]) => (isList || a === b ? 0 : a < b ? -1 : 1))
    .map(([key, of]) => {
      const text = keyOf(of);
      return text === undefined ? undefined : `${JSON.stringify(key)}:${text}`;
    });
  return parts.includes(undefined) ? undefined : `${isList ? "[" : "{"}${parts.join(",")}`;
}
