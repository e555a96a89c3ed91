import type { MethodDefinition, ServiceDefinition } from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import type { AgentMessage, MasterMessage } from "../../ports/master-link";
import { linkDescriptor } from "./descriptor";
import {
  decodeAgentMessage,
  decodeMasterMessage,
  encodeAgentMessage,
  encodeMasterMessage,
} from "./message-codec";
import { WireError } from "./wire";

/** What did arrive: a message, or why it is none. A fault is a value, so that the stream's owner can answer it with a reason. */
export type Received<T> = T | WireError;

/**
 * Room for one attach with some ten thousand tasks of the usual 1 KiB, which is the largest message there is; all others are below the
 * API's limit on a service (256 KiB) and a little.
 */
const defaultMaxMessageBytes = 16 * 1024 * 1024;

/**
 * Messages that may wait on one stream for a peer that does not read. More than a burst: a master that launches on, or acknowledges
 * to, one agent ten thousand tasks in one go; beyond it the stream is given up, and the agent attaches anew with all it has.
 */
export const maxQueuedMessages = 16_384;

/** A peer that vanished without a word is noticed after twice this: a ping unanswered for as long. */
const defaultKeepaliveMs = 2000;

export function channelOptions(limits: {
  readonly maxMessageBytes?: number;
  readonly keepaliveMs?: number;
}): Record<string, number> {
  const { maxMessageBytes = defaultMaxMessageBytes, keepaliveMs = defaultKeepaliveMs } = limits;
  return {
    "grpc.keepalive_time_ms": keepaliveMs,
    "grpc.keepalive_timeout_ms": keepaliveMs,
    "grpc.keepalive_permit_without_calls": 1,
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  };
}

/** Plain objects to bytes and back, unchecked. */
export const wireMethod = readDescriptor();

/** grpc-js' MethodDefinition, for both ends, whose sides differ in what they send and what they may receive. */
interface AttachMethod {
  readonly path: string;
  readonly requestStream: true;
  readonly responseStream: true;
  readonly requestSerialize: (message: AgentMessage) => Buffer;
  readonly requestDeserialize: (bytes: Buffer) => Received<AgentMessage>;
  readonly responseSerialize: (message: MasterMessage) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Received<MasterMessage>;
}

export const attachMethod: AttachMethod = {
  path: wireMethod.path,
  requestStream: true,
  responseStream: true,
  requestSerialize: (message) => wireMethod.requestSerialize(encodeAgentMessage(message)),
  requestDeserialize: (bytes) => received(bytes, wireMethod.requestDeserialize, decodeAgentMessage),
  responseSerialize: (message) => wireMethod.responseSerialize(encodeMasterMessage(message)),
  responseDeserialize: (bytes) =>
    received(bytes, wireMethod.responseDeserialize, decodeMasterMessage),
};

export const linkService: ServiceDefinition = { Attach: attachMethod };

function received<T>(
  bytes: Buffer,
  read: (bytes: Buffer) => unknown,
  decode: (value: unknown) => T,
): Received<T> {
  try {
    return decode(read(bytes));
  } catch (error) {
    if (error instanceof WireError) return error;
    return new WireError("what arrived is no protobuf message of this link", { cause: error });
  }
}

function readDescriptor(): MethodDefinition<object, object> {
  const definition = fromJSON(linkDescriptor, {
    keepCase: true,
    longs: Number,
    defaults: true,
    arrays: true,
    oneofs: true,
  })["covey.link.v1.MasterLink"];
  const method = (definition as Partial<ServiceDefinition> | undefined)?.["Attach"];
  if (!method) throw new Error("the descriptor has no covey.link.v1.MasterLink.Attach");
  return method as MethodDefinition<object, object>;
}
