import { Enum, MapField, parse, Root, Type } from "protobufjs";
import type { Field as ParsedField } from "protobufjs";
import type { Content, Field, ScalarType, Shape } from "./shape";

const scalarTypes: ReadonlySet<string> = new Set<ScalarType>([
  "double",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "bool",
  "string",
  "bytes",
]);

/**
 * Reads .proto texts and returns what finds a message in them by its full name. A message that holds itself is refused: so
 * nothing that is read can be deeper than the texts are. Throws Error on texts that are none, or use what is not used here.
 */
export function parseShapes(texts: Iterable<string>): (name: string) => Shape {
  const root = new Root();
  for (const text of texts) parse(text, root, { keepCase: true });
  root.resolveAll();
  const known = new Map<Type, Shape>();
  return (name) => shapeOf(root.lookupType(name), known, []);
}

function shapeOf(type: Type, known: Map<Type, Shape>, within: readonly Type[]): Shape {
  const made = known.get(type);
  if (made !== undefined) return made;
  if (within.includes(type)) throw new Error(`${type.fullName} holds itself`);
  const fields = type.fieldsArray
    .map((field): Field => fieldOf(field, (of) => shapeOf(of, known, [...within, type])))
    .sort((one, other) => one.number - other.number);
  const shape = {
    name: type.name,
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    byNumber: new Map(fields.map((field) => [field.number, field])),
  };
  known.set(type, shape);
  return shape;
}

function fieldOf(field: ParsedField, shape: (of: Type) => Shape): Field {
  return { name: field.name, number: field.id, rule: ruleOf(field), of: contentOf(field, shape) };
}

function ruleOf(field: ParsedField): Field["rule"] {
  if (field instanceof MapField) {
    if (field.keyType !== "string" || !(field.resolvedType instanceof Type))
      throw new Error(`${field.fullName} is no map of messages by strings`);
    return "map";
  }
  if (field.repeated) return "repeated";
  return field.required ? "required" : "optional";
}

function contentOf(field: ParsedField, shape: (of: Type) => Shape): Content {
  const { resolvedType, type } = field;
  if (resolvedType instanceof Type) return { kind: "message", shape: shape(resolvedType) };
  if (resolvedType instanceof Enum) {
    const values = Object.entries(resolvedType.values);
    return {
      kind: "enum",
      numbers: new Map(values),
      names: new Map(values.map(([name, number]) => [number, name])),
    };
  }
  if (!isScalar(type)) throw new Error(`${field.fullName} is of a type not read here: ${type}`);
  return { kind: "scalar", type };
}

function isScalar(type: string): type is ScalarType {
  return scalarTypes.has(type);
}
