import type { MesosCall, MesosEvent, MesosResponse } from "./messages";
import { readBinary } from "./wire/binary-reader";
import { writeBinary } from "./wire/binary-writer";
import { readJson } from "./wire/json-reader";
import { writeJson } from "./wire/json-writer";
import { shapes } from "./wire/shapes";

export { MesosCodecError } from "./codec-error";

export type MediaType = "application/json" | "application/x-protobuf";

/**
 * Decodes and checks the shape of one call: types of all fields, required ones present. Unknown fields are dropped, null is
 * absent. Throws MesosCodecError. At most `limits.mesosCallBytes` are given to it.
 *
 * Defaults are not filled in. An enum's value that is not known is absent. Whole numbers beyond 2^53 become the nearest that a
 * number holds exactly; doubles may be infinite, but are never NaN.
 */
export type DecodeCall = (type: MediaType, body: Buffer) => MesosCall;

/** One event as bytes, without RecordIO's length; JSON is ASCII on one line. */
export type EncodeEvent = (type: MediaType, event: MesosEvent) => Buffer;

export type EncodeResponse = (type: MediaType, response: MesosResponse) => Buffer;

// What has the shape of the .proto's Call is a MesosCall.
export const decodeCall: DecodeCall = (type, body) =>
  type === "application/json" ? readJson(shapes().call, body) : readBinary(shapes().call, body);

export const encodeEvent: EncodeEvent = (type, event) =>
  type === "application/json" ? writeJson(event) : writeBinary(shapes().event, event);

export const encodeResponse: EncodeResponse = (type, response) =>
  type === "application/json" ? writeJson(response) : writeBinary(shapes().response, response);
