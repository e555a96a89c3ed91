/**
 * Values as go-cty writes them in MessagePack: the type, known from the schema, says how to read. Extension 0 is an
 * unknown, extension 12 an unknown about which something is promised.
 */
export { decodeMsgpack } from "./msgpack-decode";
export { encodeMsgpack } from "./msgpack-encode";
