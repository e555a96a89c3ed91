import { MAX_DEPTH, MAX_VALUES, typeFromJson, type Type } from "../values/type";
import { UNKNOWN, Unknown } from "../values/unknown";
import { absentOf, Dynamic, putEntry, setOf, type Value, type ValueRecord } from "../values/value";
import { CodecError } from "./codec-error";
import { layoutOf } from "./layout";
import { MsgpackReader } from "./msgpack-reader";
import { decodeRefinement, REFINED_EXTENSION } from "./refinement";

/** What an unknown with a promise takes in memory, measured in plain values. */
const REFINEMENT_VALUES = 8;
/** Schemas of whole providers are smaller. */
const MAX_TYPE_BYTES = 4 * 1024 * 1024;

/** Throws `CodecError`, naming the place, when the bytes are not exactly one value of this type. */
export function decodeMsgpack(type: Type, bytes: Uint8Array): Value {
  const decoder = new Decoder(new MsgpackReader(bytes));
  return decoder.all(type);
}

class Decoder {
  /** Where the value being read is; left as it is by what fails. */
  private readonly path: (string | number)[] = [];
  private left = MAX_VALUES;

  constructor(private readonly reader: MsgpackReader) {}

  all(type: Type): Value {
    try {
      const value = this.value(type);
      if (!this.reader.atEnd) throw new CodecError("bytes are left after the value");
      return value;
    } catch (error) {
      throw error instanceof CodecError ? new CodecError(error.message, [...this.path]) : error;
    }
  }

  private value(type: Type): Value {
    if (this.path.length > MAX_DEPTH) throw new CodecError(`nested deeper than ${MAX_DEPTH}`);
    this.charge(1);
    if (this.reader.nil()) return absentOf(type);
    const extension = this.reader.extension();
    return extension === undefined ? this.known(type) : this.unknown(type, extension);
  }

  /** Any extension of at most one byte is an unknown about which nothing is promised, as go-cty reads it. */
  private unknown(type: Type, extension: { type: number; data: Uint8Array }): Unknown {
    if (extension.data.length <= 1) return UNKNOWN;
    if (extension.type !== REFINED_EXTENSION) {
      throw new CodecError(`unsupported extension ${extension.type}`);
    }
    this.charge(REFINEMENT_VALUES);
    return new Unknown(decodeRefinement(type, extension.data), extension.data);
  }

  private known(type: Type): Value {
    switch (type.kind) {
      case "string":
        return this.reader.string();
      case "number":
        return this.reader.number();
      case "bool":
        return this.reader.bool();
      case "list":
        return this.elements(type.element);
      case "set":
        return setOf(this.elements(type.element));
      case "map":
        return this.entries(type.element);
      case "object":
        return this.object(type.attributes);
      case "tuple":
        return this.tuple(type.elements);
      case "dynamic":
        return this.dynamic();
    }
  }

  private elements(type: Type): Value[] {
    const count = this.reader.arrayHeader();
    const elements: Value[] = [];
    for (let index = 0; index < count; index += 1) elements.push(this.inside(index, type));
    return elements;
  }

  private entries(type: Type): ValueRecord {
    const entries: Record<string, Value> = {};
    for (let count = this.reader.mapHeader(); count > 0; count -= 1) {
      const key = this.reader.string();
      putEntry(entries, key, this.inside(key, type));
    }
    return entries;
  }

  /** Attributes usually come in the order in which they are expected; then their names need not be read. */
  private object(attributes: Readonly<Record<string, Type>>): ValueRecord {
    const { members, byName, empty } = layoutOf(attributes);
    this.charge(members.length);
    const record: Record<string, Value> = { ...empty };
    let next = 0;
    for (let count = this.reader.mapHeader(); count > 0; count -= 1) {
      let member = members[next];
      if (member === undefined || !this.reader.skipIf(member.token)) {
        const name = this.reader.string();
        next = byName.get(name) ?? -1;
        member = members[next];
        if (member === undefined) throw new CodecError(`no attribute ${JSON.stringify(name)} here`);
      }
      record[member.name] = this.inside(member.name, member.type);
      next += 1;
    }
    return record;
  }

  private tuple(elements: readonly Type[]): Value {
    const count = this.reader.arrayHeader();
    if (count !== elements.length) {
      throw new CodecError(`expected ${elements.length} elements, found ${count}`);
    }
    return elements.map((element, index) => this.inside(index, element));
  }

  private dynamic(): Value {
    if (this.reader.arrayHeader() !== 2) throw new CodecError("expected a type and a value");
    const type = parseType(this.reader.binary());
    return new Dynamic(type, this.inside(1, type));
  }

  private charge(values: number): void {
    this.left -= values;
    if (this.left < 0) throw new CodecError(`more than ${MAX_VALUES} values`);
  }

  private inside(step: string | number, type: Type): Value {
    this.path.push(step);
    const value = this.value(type);
    this.path.pop();
    return value;
  }
}

function parseType(bytes: Uint8Array): Type {
  if (bytes.length > MAX_TYPE_BYTES) {
    throw new CodecError(`the type of a dynamic value has more than ${MAX_TYPE_BYTES} bytes`);
  }
  try {
    return typeFromJson(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch (error) {
    throw new CodecError(`bad type of a dynamic value: ${(error as Error).message}`);
  }
}
