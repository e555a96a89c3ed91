/** HTTP/2's frames (RFC 9113, 4 and 6). */
export const FRAME = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;
export type FrameType = (typeof FRAME)[keyof typeof FRAME];

export const FLAG = { ack: 1, endStream: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

/** RFC 9113, 7. */
export const FAULT = {
  none: 0,
  protocol: 1,
  flowControl: 3,
  frameSize: 6,
  refusedStream: 7,
  compression: 9,
  tooMuch: 11,
} as const;
export type Fault = (typeof FAULT)[keyof typeof FAULT];

/** The peer broke the protocol: the connection is over. */
export class ConnectionFault extends Error {
  constructor(
    readonly fault: Fault,
    message: string,
  ) {
    super(message);
  }
}

export interface Frame {
  readonly type: number;
  readonly flags: number;
  /** 0: the connection itself. */
  readonly stream: number;
  readonly payload: Buffer;
}

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
export const HEAD_BYTES = 9;
/** What both sides may send in one frame unless they agree on more; we never do. */
export const PAYLOAD_BYTES_MAX = 16_384;

/** Cuts what arrives into frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  #prefaceSeen = false;

  /** The frames that `chunk` completes. Throws ConnectionFault. */
  *push(chunk: Buffer): Generator<Frame, void, undefined> {
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#prefaceSeen) {
      const came = Math.min(data.length, PREFACE.length);
      if (PREFACE.compare(data, 0, came, 0, came) !== 0)
        throw new ConnectionFault(FAULT.protocol, "this is not HTTP/2");
      if (came < PREFACE.length) {
        this.#rest = data;
        return;
      }
      this.#prefaceSeen = true;
      data = data.subarray(PREFACE.length);
    }
    let offset = 0;
    while (data.length - offset >= HEAD_BYTES) {
      const length = data.readUIntBE(offset, 3);
      if (length > PAYLOAD_BYTES_MAX)
        throw new ConnectionFault(FAULT.frameSize, `a frame of ${length} bytes`);
      const end = offset + HEAD_BYTES + length;
      if (data.length < end) break;
      yield {
        type: data[offset + 3] ?? 0,
        flags: data[offset + 4] ?? 0,
        stream: data.readUInt32BE(offset + 5) & 0x7fffffff,
        payload: data.subarray(offset + HEAD_BYTES, end),
      };
      offset = end;
    }
    this.#rest = data.subarray(offset);
  }
}

/** A frame's head at `offset` of `into`. Gives where its payload begins. */
export function writeHead(
  into: Buffer,
  offset: number,
  head: {
    readonly length: number;
    readonly type: FrameType;
    readonly flags: number;
    readonly stream: number;
  },
): number {
  into.writeUIntBE(head.length, offset, 3);
  into[offset + 3] = head.type;
  into[offset + 4] = head.flags;
  into.writeUInt32BE(head.stream, offset + 5);
  return offset + HEAD_BYTES;
}

export function frame(type: FrameType, flags: number, stream: number, payload: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(HEAD_BYTES + payload.length);
  out.set(payload, writeHead(out, 0, { length: payload.length, type, flags, stream }));
  return out;
}

/** A frame whose payload is 32-bit numbers. */
export function numbersFrame(
  type: FrameType,
  stream: number,
  ...numbers: readonly number[]
): Buffer {
  const payload = Buffer.alloc(4 * numbers.length);
  numbers.forEach((value, index) => payload.writeUInt32BE(value, 4 * index));
  return frame(type, 0, stream, payload);
}

/** Settings by their numbers (RFC 9113, 6.5.2). */
export const SETTING = { maxConcurrentStreams: 3, initialWindowSize: 4 } as const;

export function settingsFrame(settings: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(6 * settings.length);
  settings.forEach(([id, value], index) => {
    payload.writeUInt16BE(id, 6 * index);
    payload.writeUInt32BE(value, 6 * index + 2);
  });
  return frame(FRAME.settings, 0, 0, payload);
}

/** Without padding and priority (RFC 9113, 6.1 and 6.2). Throws ConnectionFault. */
export function contentsOf({ flags, payload, type }: Frame): Buffer {
  const isPadded = (flags & FLAG.padded) !== 0;
  const padding = isPadded ? (payload[0] ?? 0) : 0;
  const start =
    (isPadded ? 1 : 0) + (type === FRAME.headers && (flags & FLAG.priority) !== 0 ? 5 : 0);
  if (start + padding > payload.length)
    throw new ConnectionFault(FAULT.protocol, "more padding than frame");
  return payload.subarray(start, payload.length - padding);
}
