/** From messages of protocol 6 to the framework's values. */
import { decodeJson } from "../codec/json";
import { decodeMsgpack } from "../codec/msgpack";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import type { Type } from "../values/type";
import type { Value } from "../values/value";
import type { DynamicValueMessage } from "./messages";

/** Null when there is no value at all. Throws `CodecError`. */
export function dynamicFromWire(schema: Schema, message: DynamicValueMessage | undefined): Value {
  return valueFromWire(objectTypeOf(schema.attributes), message);
}

/** As `dynamicFromWire`, of any type. */
export function valueFromWire(type: Type, message: DynamicValueMessage | undefined): Value {
  if (message?.msgpack !== undefined && message.msgpack.length > 0) {
    return decodeMsgpack(type, message.msgpack);
  }
  if (message?.json !== undefined && message.json.length > 0) {
    return decodeJson(type, Buffer.from(message.json).toString("utf8"));
  }
  return null;
}
