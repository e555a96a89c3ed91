import { numeric } from "../../values/decimal";
import { isList, isRecord, setKey, type Value } from "../../values/value";
import { isUnknown } from "../../values/unknown";
import { custom, problemsOf, range, type Problem, type Validator } from "../validator";

type Dict<T> = Readonly<Record<string, T>>;
type Collection<T = unknown> = readonly T[] | Dict<T>;

/** For lists, sets and maps. */
export function sizeBetween(min: number, max: number): Validator<Collection> {
  return custom(range(min, max, "elements"), (value) => {
    const size = Object.keys(value).length;
    return size >= min && size <= max ? undefined : `it has ${size} elements`;
  });
}

export function sizeAtLeast(min: number): Validator<Collection> {
  return sizeBetween(min, Infinity);
}

export function sizeAtMost(max: number): Validator<Collection> {
  return sizeBetween(0, max);
}

/** Of a list: no two elements are equal. Points at the later one. What is unknown may still turn out equal to another. */
export function uniqueElements(): Validator<readonly unknown[]> {
  return custom("a list without equal elements", (elements) => {
    const seen = new Map<string, number>();
    return elements.flatMap((element, index): Problem[] => {
      const key = setKey(asValue(element));
      if (key === undefined) return [];
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      return first === undefined
        ? []
        : [{ problem: `elements ${first} and ${index} are equal`, path: [index] }];
    });
  });
}

/** Holds every known element of a list or set, or value of a map, against `rule`. Points at the element. */
export function eachElement<T>(rule: Validator<T>): Validator<Collection<T>> {
  return custom(`a collection of which each element is ${rule.description}`, (value) =>
    Object.entries<T>(value as Dict<T>).flatMap(([key, element]) =>
      isUnknown(element) ? [] : inside(rule, element, Array.isArray(value) ? Number(key) : key),
    ),
  );
}

/** Of a map: as `eachElement`. */
export function eachValue<T>(rule: Validator<T>): Validator<Dict<T>> {
  return eachElement(rule);
}

/** Of a map: holds every key against `rule`. */
export function eachKey(rule: Validator<string>): Validator<Dict<unknown>> {
  return custom(`a map of which each key is ${rule.description}`, (value) =>
    Object.keys(value).flatMap((key) => inside(rule, key, key)),
  );
}

function inside<T>(rule: Validator<T>, value: T, step: string | number): readonly Problem[] {
  return problemsOf(rule, value).map((found) => ({
    rule: rule.description,
    ...found,
    path: [step, ...(found.path ?? [])],
  }));
}

/** Models differ from values in bigints only, wherever they are. */
function asValue(element: unknown): Value {
  if (typeof element === "bigint") return numeric(String(element));
  if (isList(element)) return element.map(asValue);
  if (!isRecord(element)) return element as Value;
  return Object.fromEntries(Object.entries(element).map(([key, of]) => [key, asValue(of)]));
}
