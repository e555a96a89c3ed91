import type { MesosCall, MesosEvent, MesosResponse } from "./messages";

export type MediaType = "application/json" | "application/x-protobuf";

/** The body is no Call: for the client, in one sentence that names field, value and rule. */
export class MesosCodecError extends Error {
  override readonly name = "MesosCodecError";
}

/**
 * Decodes and checks the shape of one call: types of all fields, required ones present. Unknown fields are dropped, null is
 * absent. Throws MesosCodecError. At most `limits.mesosCallBytes` are given to it.
 */
export type DecodeCall = (type: MediaType, body: Buffer) => MesosCall;

/** One event as bytes, without RecordIO's length; JSON is ASCII on one line. */
export type EncodeEvent = (type: MediaType, event: MesosEvent) => Buffer;

export type EncodeResponse = (type: MediaType, response: MesosResponse) => Buffer;
