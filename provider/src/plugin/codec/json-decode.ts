import { Decimal, numeric } from "../values/decimal";
import { MAX_DEPTH, MAX_VALUES, typeFromJson, type Type } from "../values/type";
import { absentOf, Dynamic, isRecord, putEntry, setOf, type Value } from "../values/value";
import { CodecError } from "./codec-error";
import { parseExact } from "./json-parse";

/**
 * Reads a value of this type. Attributes the type does not have are dropped and missing ones are null, because a state
 * may come from an older schema. Throws `CodecError`, naming the place.
 */
export function decodeJson(type: Type, text: string): Value {
  return new Decoder().all(type, parseExact(text));
}

type JsonRecord = Readonly<Record<string, unknown>>;

class Decoder {
  /** Where the value being read is; left as it is by what fails. */
  private readonly path: (string | number)[] = [];
  private left = MAX_VALUES;

  all(type: Type, json: unknown): Value {
    try {
      return this.value(type, json);
    } catch (error) {
      throw error instanceof CodecError ? new CodecError(error.message, [...this.path]) : error;
    }
  }

  private value(type: Type, json: unknown): Value {
    if (this.path.length > MAX_DEPTH) throw new CodecError(`nested deeper than ${MAX_DEPTH}`);
    if ((this.left -= 1) < 0) throw new CodecError(`more than ${MAX_VALUES} values`);
    return json === null || json === undefined ? absentOf(type) : this.known(type, json);
  }

  private known(type: Type, json: unknown): Value {
    switch (type.kind) {
      case "string":
        if (typeof json === "string") return json;
        break;
      case "bool":
        if (typeof json === "boolean") return json;
        break;
      case "number":
        return numberFrom(json);
      case "list":
        return this.elements(type.element, json);
      case "set":
        return setOf(this.elements(type.element, json));
      case "tuple":
        return this.tuple(type.elements, json);
      case "map":
      case "object":
      case "dynamic":
        return this.structure(type, json);
    }
    throw new CodecError(`expected a ${type.kind}`);
  }

  private structure(type: Type, json: unknown): Value {
    if (!isRecord(json)) throw new CodecError("expected an object");
    if (type.kind === "dynamic") return this.dynamic(json);
    const entries: Record<string, Value> = {};
    const put = (name: string, of: Type): void => {
      putEntry(entries, name, this.inside(name, of, memberOf(json, name)));
    };
    if (type.kind === "object") {
      for (const [name, of] of Object.entries(type.attributes)) put(name, of);
    } else if (type.kind === "map") {
      for (const key of Object.keys(json)) put(key, type.element);
    }
    return entries;
  }

  private elements(type: Type, json: unknown): Value[] {
    return arrayFrom(json).map((element, index) => this.inside(index, type, element));
  }

  private tuple(types: readonly Type[], json: unknown): Value {
    const elements = arrayFrom(json);
    if (elements.length !== types.length) {
      throw new CodecError(`expected ${types.length} elements, found ${elements.length}`);
    }
    return types.map((type, index) => this.inside(index, type, elements[index]));
  }

  private dynamic(json: JsonRecord): Value {
    const type = typeFrom(memberOf(json, "type"));
    return new Dynamic(type, this.inside("value", type, memberOf(json, "value")));
  }

  private inside(step: string | number, type: Type, json: unknown): Value {
    this.path.push(step);
    const value = this.value(type, json);
    this.path.pop();
    return value;
  }
}

/** Terraform accepts numbers as text in JSON, too. */
function numberFrom(json: unknown): Value {
  if (typeof json === "number" || json instanceof Decimal) return json;
  if (typeof json !== "string") throw new CodecError("expected a number");
  try {
    return numeric(json);
  } catch (error) {
    throw new CodecError((error as Error).message);
  }
}

function arrayFrom(json: unknown): readonly unknown[] {
  if (!Array.isArray(json)) throw new CodecError("expected an array");
  return json;
}

function typeFrom(json: unknown): Type {
  try {
    return typeFromJson(json);
  } catch (error) {
    throw new CodecError(`bad type of a dynamic value: ${(error as Error).message}`);
  }
}

function memberOf(json: JsonRecord, name: string): unknown {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}
