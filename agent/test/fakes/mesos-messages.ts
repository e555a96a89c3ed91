import fc from "fast-check";
import type { Content, Field, Message, ScalarType, Shape } from "../../src/api/mesos/wire/shape";

/** Any message of a shape, complete, as its JSON; the deeper, the fewer of its optional fields are there. */
export function messageOf(shape: Shape, depth = 0): fc.Arbitrary<Message> {
  const fields = shape.fields.map(
    (field) => [field.name, valueOf(field, depth)] as const satisfies [string, unknown],
  );
  return fc.record(Object.fromEntries(fields)).map((message) => {
    const there = Object.entries(message).filter(([, value]) => value !== undefined);
    return Object.fromEntries(there);
  });
}

function valueOf({ rule, of }: Field, depth: number): fc.Arbitrary<unknown> {
  // Made only when drawn: most of what a Call could hold is in none.
  const content = fc.constant(undefined).chain(() => contentOf(of, depth + 1));
  const draw = (some: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof(
      { arbitrary: some, weight: 1 },
      { arbitrary: fc.constant(undefined), weight: depth + 1 },
    );
  switch (rule) {
    case "required":
      return content;
    case "optional":
      return draw(content);
    case "repeated":
      return draw(fc.array(content, { minLength: 1, maxLength: 2 }));
    case "map":
      return draw(
        fc
          .array(fc.tuple(text, content), { minLength: 1, maxLength: 2 })
          .map((entries): unknown => Object.fromEntries(entries)),
      );
  }
}

function contentOf(of: Content, depth: number): fc.Arbitrary<unknown> {
  switch (of.kind) {
    case "message":
      return messageOf(of.shape, depth);
    case "enum":
      return fc.constantFrom(...of.numbers.keys());
    case "scalar":
      return scalars[of.type];
  }
}

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("__proto__", "constructor", "toString", "\u2028\u0000\n"),
);

const scalars: Readonly<Record<ScalarType, fc.Arbitrary<unknown>>> = {
  // JSON knows neither what is infinite nor -0.
  double: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  int32: fc.integer(),
  uint32: fc.nat(2 ** 32 - 1),
  int64: fc.maxSafeInteger(),
  uint64: fc.maxSafeNat(),
  bool: fc.boolean(),
  string: text,
  bytes: fc
    .uint8Array({ maxLength: 20 })
    .map((bytes): unknown => Buffer.from(bytes).toString("base64")),
};
