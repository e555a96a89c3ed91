import { readDeclarations } from "./declarations";
import type { DeclaredField, Declarations } from "./declarations";
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
 * nothing that is read can be deeper than the texts are. Throws Error on what is not read here.
 */
export function parseShapes(texts: Iterable<string>): (name: string) => Shape {
  const declared: Declarations = { messages: new Map(), enums: new Map() };
  for (const text of texts) readDeclarations(text, declared);
  const shapes = new ShapesOf(declared);
  return (name) => shapes.named(name, []);
}

class ShapesOf {
  readonly #made = new Map<string, Shape>();

  constructor(private readonly declared: Declarations) {}

  named(name: string, within: readonly string[]): Shape {
    const made = this.#made.get(name);
    if (made !== undefined) return made;
    if (within.includes(name)) throw new Error(`${name} holds itself`);
    const declared = this.declared.messages.get(name);
    if (declared === undefined) throw new Error(`there is no message ${name}`);
    const fields = declared
      .map((field) => this.#field(field, [...within, name]))
      .sort((one, other) => one.number - other.number);
    const shape = {
      name: name.slice(name.lastIndexOf(".") + 1),
      fields,
      byName: new Map(fields.map((field) => [field.name, field])),
      byNumber: new Map(fields.map((field) => [field.number, field])),
    };
    this.#made.set(name, shape);
    return shape;
  }

  #field({ name, number, rule, type }: DeclaredField, within: readonly string[]): Field {
    const of = this.#content(type, within);
    if (rule === "map" && of.kind !== "message")
      throw new Error(`${name} is no map of messages, but of ${type}`);
    return { name, number, rule, of };
  }

  #content(type: string, within: readonly string[]): Content {
    if (isScalar(type)) return { kind: "scalar", type };
    for (let scope = within.at(-1); scope !== undefined; scope = outer(scope)) {
      const name = scope === "" ? type : `${scope}.${type}`;
      if (this.declared.messages.has(name))
        return { kind: "message", shape: this.named(name, within) };
      const numbers = this.declared.enums.get(name);
      if (numbers === undefined) continue;
      const names = new Map([...numbers].map(([value, number]) => [number, value]));
      return { kind: "enum", numbers, names };
    }
    throw new Error(`${within.join(", in it ")} has a field of a type not read here: ${type}`);
  }
}

/** undefined: outside of everything there is nothing more. */
function outer(scope: string): string | undefined {
  if (scope === "") return undefined;
  return scope.slice(0, Math.max(scope.lastIndexOf("."), 0));
}

function isScalar(type: string): type is ScalarType {
  return scalarTypes.has(type);
}
