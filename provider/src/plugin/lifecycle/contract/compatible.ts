/** core's AssertObjectCompatible (objchange/compatible.go): whether a value can have become of one partly unknown. */
import type { Path } from "../../diagnostics/path";
import type { Attributes } from "../../schema/attribute";
import { objectTypeOf } from "../../schema/attributes";
import { keeps } from "../../values/refinement";
import { same } from "../../values/same-value";
import { sameType, type Type } from "../../values/type";
import { isUnknown, type Unknown } from "../../values/unknown";
import {
  Dynamic,
  entryOf,
  isList,
  isRecord,
  setKey,
  type Value,
  type ValueRecord,
} from "../../values/value";
import { kindOf, type Violation } from "./violation";

/** What is known in `planned` must be the same in `actual`; what is unknown must fit what was promised of it. */
export function incompatibilities(
  attributes: Attributes,
  planned: Value,
  actual: Value,
): Violation[] {
  return valueIncompatibilities(objectTypeOf(attributes), planned, actual, []);
}

function valueIncompatibilities(
  type: Type,
  planned: Value,
  actual: Value,
  path: Path,
): Violation[] {
  if (isUnknown(planned)) return promiseBroken(planned, actual, path);
  if (planned === null || actual === null || isUnknown(actual)) {
    return same(planned, actual) ? [] : [changed(planned, actual, path)];
  }
  if (planned instanceof Dynamic) return dynamicIncompatibilities(planned, actual, path);
  if (isList(planned) && isList(actual)) {
    return sequenceIncompatibilities(type, planned, actual, path);
  }
  if (isRecord(planned) && isRecord(actual)) {
    return recordIncompatibilities(type, planned, actual, path);
  }
  return same(planned, actual) ? [] : [changed(planned, actual, path)];
}

/** What was promised is all that is asked of what was unknown. */
function promiseBroken({ refinement }: Unknown, actual: Value, path: Path): Violation[] {
  return refinement === undefined || keeps(refinement, actual)
    ? []
    : [{ path, rule: "it is not within what the plan promised of it" }];
}

function dynamicIncompatibilities(planned: Dynamic, actual: Value, path: Path): Violation[] {
  if (!(actual instanceof Dynamic)) return [changed(planned, actual, path)];
  if (!sameType(planned.type, actual.type)) {
    return [{ path, rule: `planned as ${planned.type.kind}, but now of another type` }];
  }
  return valueIncompatibilities(planned.type, planned.value, actual.value, path);
}

function sequenceIncompatibilities(
  type: Type,
  planned: readonly Value[],
  actual: readonly Value[],
  path: Path,
): Violation[] {
  if (type.kind === "set") return setIncompatibilities(type.element, planned, actual, path);
  if (planned.length !== actual.length) {
    return [{ path, rule: `${planned.length} elements planned, but now ${actual.length}` }];
  }
  return planned.flatMap((element, index) =>
    valueIncompatibilities(partType(type, index), element, actual[index] ?? null, [...path, index]),
  );
}

function recordIncompatibilities(
  type: Type,
  planned: ValueRecord,
  actual: ValueRecord,
  path: Path,
): Violation[] {
  const keys = new Set([...Object.keys(planned), ...Object.keys(actual)]);
  return [...keys].flatMap((key) => {
    const at = [...path, key];
    if (!Object.hasOwn(actual, key)) return [{ path: at, rule: "planned, but now gone" }];
    if (!Object.hasOwn(planned, key)) return [{ path: at, rule: "not planned, but now there" }];
    return valueIncompatibilities(
      partType(type, key),
      entryOf(planned, key),
      entryOf(actual, key),
      at,
    );
  });
}

/** Elements have no place: each planned one must fit some actual one and the other way round, and none may be added. */
function setIncompatibilities(
  element: Type,
  planned: readonly Value[],
  actual: readonly Value[],
  path: Path,
): Violation[] {
  const equal = new Set(actual.map(setKey));
  const rest = planned.filter((one) => setKey(one) === undefined || !equal.has(setKey(one)));
  const fits = (one: Value, other: Value): boolean =>
    valueIncompatibilities(element, one, other, path).length === 0;
  const lost = rest.some((one) => !actual.some((other) => fits(one, other)));
  if (lost) return [{ path, rule: "an element of the set that was planned is gone" }];
  const plannedKeys = new Set(planned.map(setKey));
  const others = actual.filter((one) => setKey(one) === undefined || !plannedKeys.has(setKey(one)));
  const isNew = others.some((other) => !planned.some((one) => fits(one, other)));
  if (!isNew && actual.length <= planned.length) return [];
  return [{ path, rule: "the set has an element that was not planned" }];
}

function partType(type: Type, key: string | number): Type {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return type.element;
    case "tuple":
      return type.elements[Number(key)] ?? ANY;
    case "object":
      return type.attributes[key] ?? ANY;
    default:
      return ANY;
  }
}

const ANY: Type = { kind: "dynamic" };

function changed(planned: Value, actual: Value, path: Path): Violation {
  const [before, after] = [kindOf(planned), kindOf(actual)];
  return { path, rule: `planned ${before}, but now ${before === after ? "another" : after}` };
}
