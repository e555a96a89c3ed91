import { Enum, MapField, parse, Root } from "protobufjs";
import type { Field as ParsedField, Type } from "protobufjs";
import { parseShapes } from "./parse-shapes";
import { protoFiles } from "./proto-files";
import type { Field, Shape } from "./shape";

const texts = Object.values(protoFiles);

/** A field in words that both readers can say. */
function told({ name, number, rule, of }: Field): string {
  const type =
    of.kind === "scalar"
      ? of.type
      : of.kind === "enum"
        ? JSON.stringify([...of.numbers])
        : of.shape.name;
  return `${rule} ${type} ${name} = ${number}`;
}

function toldByProtobufjs(field: ParsedField): string {
  field.resolve();
  const rule =
    field instanceof MapField
      ? "map"
      : field.repeated
        ? "repeated"
        : field.required
          ? "required"
          : "optional";
  const { resolvedType } = field;
  const type =
    resolvedType instanceof Enum
      ? JSON.stringify(Object.entries(resolvedType.values))
      : (resolvedType?.name ?? field.type);
  return `${rule} ${type} ${field.name} = ${field.id}`;
}

it("reads our texts as protobufjs' parser does", () => {
  const root = new Root();
  for (const text of texts) parse(text, root, { keepCase: true });
  root.resolveAll();
  const named = parseShapes(texts);
  let compared = 0;
  const compare = (shape: Shape, type: Type): void => {
    compared += 1;
    const theirs = [...type.fieldsArray].sort((one, other) => one.id - other.id);
    expect(shape.fields.map(told)).toEqual(theirs.map(toldByProtobufjs));
    for (const [index, { of }] of shape.fields.entries())
      if (of.kind === "message") compare(of.shape, theirs[index]?.resolvedType as Type);
  };
  for (const envelope of ["Call", "Event", "Response"]) {
    const name = `mesos.v1.scheduler.${envelope}`;
    compare(named(name), root.lookupType(name));
  }
  expect(compared).toBeGreaterThan(200);
});

it.each([
  ["a message that holds itself", "message Root { optional Root of = 1; }", "Root holds itself"],
  ["a type that is not used", "message Root { optional float of = 1; }", "not read here: float"],
  ["a type that is not there", "message Root { optional None of = 1; }", "not read here: None"],
  ["a map of scalars", "message Root { map<string, string> of = 1; }", "is no map of messages"],
  ["a map by numbers", "message Root { map<int32, Root> of = 1; }", "string is wanted, not int32"],
  [
    "another option",
    "message Root { repeated int32 of = 1 [packed = true]; }",
    "default is wanted",
  ],
  ["a service", "service Root {}", "service is not read here"],
  ["a field without a rule", "message Root { int32 of = 1; }", "int32 is not read here"],
  ["half of a message", "message Root { optional int32", "the text ends too early"],
  ["another message", "message Other {}", "there is no message Root"],
  ["proto3", 'syntax = "proto3";', '"proto2" is wanted'],
])("refuses %s", (_what, text, complaint) => {
  const whole = text.startsWith("syntax") ? text : `syntax = "proto2"; ${text}`;
  expect(() => parseShapes([whole])("Root")).toThrow(complaint);
});
