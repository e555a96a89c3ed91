/** From messages of protocol 6 to the framework's values. */
import { decodeJson } from "../codec/json";
import { decodeMsgpack } from "../codec/msgpack";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import type { Value } from "../values/value";
import type { DynamicValueMessage } from "./messages";

/** Null when there is no value at all. Throws `CodecError`. */
export function dynamicFromWire(schema: Schema, message: DynamicValueMessage | undefined): Value {
  const type = objectTypeOf(schema.attributes);
  if (message?.msgpack !== undefined && message.msgpack.length > 0) {
    return decodeMsgpack(type, message.msgpack);
  }
  if (message?.json !== undefined && message.json.length > 0) {
    return decodeJson(type, Buffer.from(message.json).toString("utf8"));
  }
  return null;
}
