/** Types, values and bytes by chance, for the tests of what reads and writes them. */
import fc from "fast-check";
import { numeric } from "../../src/plugin/values/decimal";
import { unknown } from "../../src/plugin/values/refinement";
import { BOOL, DYNAMIC, NUMBER, STRING, type Type } from "../../src/plugin/values/type";
import { isUnknown, UNKNOWN } from "../../src/plugin/values/unknown";
import { Dynamic, isList, isRecord, setOf, type Value } from "../../src/plugin/values/value";

/** How often to try: COVEY_FUZZ_RUNS, set by hand for a long run, else `usual`. */
export function runs(usual: number): { readonly numRuns: number } {
  const asked = Number(process.env["COVEY_FUZZ_RUNS"] ?? usual);
  if (!Number.isSafeInteger(asked) || asked < 1) {
    throw new TypeError("COVEY_FUZZ_RUNS is not a whole number above 0");
  }
  return { numRuns: asked };
}

/** Also the name that JavaScript treats as special, and what must be escaped. */
function key(): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.string({ unit: "binary", maxLength: 6 }), weight: 8 },
    fc.constantFrom("__proto__", "constructor", "", '"\\\n', "decimal:"),
  );
}

function record<T>(of: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> {
  return fc.array(fc.tuple(key(), of), { maxLength: 4 }).map(Object.fromEntries<T>);
}

export function arbitraryType(depth = 3): fc.Arbitrary<Type> {
  const leaf = fc.constantFrom(STRING, NUMBER, BOOL, DYNAMIC);
  if (depth === 0) return leaf;
  const inner = arbitraryType(depth - 1);
  const kind = fc.constantFrom("list" as const, "set" as const, "map" as const);
  return fc.oneof(
    leaf,
    fc.record({ kind, element: inner }, { noNullPrototype: true }),
    fc.array(inner, { maxLength: 3 }).map((elements): Type => ({ kind: "tuple", elements })),
    record(inner).map((attributes): Type => ({ kind: "object", attributes })),
  );
}

export interface Kinds {
  /** Whether anything in the value may be unknown. */
  readonly unknowns: boolean;
}

/** A value of any type; null anywhere. */
export function arbitraryTyped(kinds: Kinds): fc.Arbitrary<readonly [Type, Value]> {
  return arbitraryType().chain((type) =>
    arbitraryValue(type, kinds).map((value) => [type, value] as const),
  );
}

export function arbitraryValue(type: Type, kinds: Kinds): fc.Arbitrary<Value> {
  const special: fc.Arbitrary<Value>[] = [fc.constant(null)];
  if (kinds.unknowns) special.push(fc.constant(UNKNOWN), promise(type));
  return fc.oneof({ arbitrary: knownValue(type, kinds), weight: 8 }, ...special);
}

function knownValue(type: Type, kinds: Kinds): fc.Arbitrary<Value> {
  const of = (inner: Type): fc.Arbitrary<Value> => arbitraryValue(inner, kinds);
  switch (type.kind) {
    case "string":
      return fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("decimal:1", "1e400"));
    case "bool":
      return fc.boolean();
    case "number":
      return arbitraryNumber();
    case "list":
      return fc.array(of(type.element), { maxLength: 4 });
    case "set":
      return fc.array(of(type.element), { maxLength: 4 }).map(setOf);
    case "map":
      return record(of(type.element));
    case "tuple":
      return fc.tuple(...type.elements.map(of));
    case "object":
      return fc
        .tuple(...Object.values(type.attributes).map(of))
        .map((values) =>
          Object.fromEntries(Object.keys(type.attributes).map((name, at) => [name, values[at]!])),
        );
    case "dynamic":
      return arbitraryType(1).chain((inner) =>
        arbitraryValue(inner, kinds).map((value) => new Dynamic(inner, value)),
      );
  }
}

/** Plain ones, beyond 2^53 and 2^64, and of 40 digits with a point anywhere. */
export function arbitraryNumber(): fc.Arbitrary<Value> {
  return fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((number) => numeric(String(number))),
    fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: -60, max: 60 }))
      .map(([digits, exponent]) => numeric(`${digits}e${exponent}`)),
  );
}

function promise(type: Type): fc.Arbitrary<Value> {
  if (type.kind === "string") {
    return fc
      .string({ minLength: 1, maxLength: 8 })
      .map((prefix) => unknown({ notNull: true, prefix }));
  }
  if (type.kind === "number") {
    return fc.nat().map((min) => unknown({ min, max: { value: min + 1, inclusive: false } }));
  }
  if ("element" in type) {
    return fc
      .integer({ min: 1, max: 9 })
      .map((minLength) => unknown({ minLength, maxLength: minLength + 1 }));
  }
  return fc.constant(type.kind === "dynamic" ? UNKNOWN : unknown({ notNull: true }));
}

/** A value as it means the same to Terraform: an unknown is its promise, however that was written. */
export function meaning(value: Value): unknown {
  if (isUnknown(value)) return { unknown: { ...value.refinement } };
  if (value instanceof Dynamic) return { type: value.type, value: meaning(value.value) };
  if (isList(value)) return value.map(meaning);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, meaning(of)]));
}

/** What the wire, a bad disk or an enemy could make of these bytes: cut, flipped, repeated, or with other lengths in them. */
export function damaged(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(1 << 20);
  const change = fc.oneof<fc.Arbitrary<(of: Buffer) => Buffer>[]>(
    place.map((at) => (of: Buffer) => of.subarray(0, at % (of.length + 1))),
    fc.tuple(place, fc.nat(7)).map(([at, bit]) => (of: Buffer) => {
      if (of.length > 0) of[at % of.length]! ^= 1 << bit;
      return of;
    }),
    fc.tuple(place, place).map(([at, to]) => (of: Buffer) => {
      const part = of.subarray(at % (of.length + 1), to % (of.length + 1));
      return Buffer.concat([of.subarray(0, at % (of.length + 1)), part, of]);
    }),
    fc
      .tuple(place, fc.constantFrom("dbffffffff", "ddffffffff", "dfffffffff", "c9ffffffff", "c0"))
      .map(([at, hex]) => (of: Buffer) => {
        const cut = at % (of.length + 1);
        return Buffer.concat([of.subarray(0, cut), Buffer.from(hex, "hex"), of.subarray(cut)]);
      }),
    fc.tuple(place, fc.uint8Array({ maxLength: 12 })).map(([at, more]) => (of: Buffer) => {
      const cut = at % (of.length + 1);
      return Buffer.concat([of.subarray(0, cut), more, of.subarray(cut)]);
    }),
  );
  return fc
    .tuple(bytes, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([whole, changes]) => changes.reduce<Buffer>((of, next) => next(of), Buffer.from(whole)));
}
