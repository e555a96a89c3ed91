import type { Socket } from "node:net";
import {
  ConnectionFault,
  FAULT,
  FLAG,
  FRAME,
  frame,
  HEAD_BYTES,
  PAYLOAD_BYTES_MAX,
  writeHead,
} from "./frames";

/** Blocks of headers as `encodeHeaders` makes them. */
export interface Answer {
  readonly headers: Uint8Array;
  readonly body: Uint8Array;
  /** After the body; undefined: `headers` are all there is. */
  readonly trailers: Uint8Array | undefined;
}

interface Sending {
  /** What may be sent; below 0 where the peer made its windows smaller meanwhile. */
  window: number;
  /** Of the body, what waits for the peer's windows. */
  rest: Uint8Array;
  /** Set once the answer has begun. */
  trailers: Uint8Array | undefined;
}

const defaultWindowBytes = 65_535;
const windowMax = 0x7fffffff;
const nothing = new Uint8Array(0);

/** What a connection sends, within the windows that its peer grants (RFC 9113, 5.2). */
export class Outgoing {
  readonly #streams = new Map<number, Sending>();
  #window = defaultWindowBytes;
  #streamWindow = defaultWindowBytes;
  #corked = false;

  constructor(private readonly socket: Socket) {}

  /** Streams that are not answered yet. */
  get open(): number {
    return this.#streams.size;
  }

  begin(stream: number): void {
    this.#streams.set(stream, { window: this.#streamWindow, rest: nothing, trailers: undefined });
  }

  forget(stream: number): void {
    this.#streams.delete(stream);
  }

  forgetAll(): void {
    this.#streams.clear();
  }

  /** Does nothing for a stream that was forgotten, or is answered already. */
  answer(stream: number, { headers, body, trailers }: Answer): void {
    const sending = this.#streams.get(stream);
    if (sending === undefined || sending.trailers !== undefined) return;
    if (trailers === undefined) {
      this.#streams.delete(stream);
      this.write(frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, stream, headers));
      return;
    }
    const room = Math.min(this.#window, sending.window, PAYLOAD_BYTES_MAX);
    if (body.length <= room) {
      this.#window -= body.length;
      this.#streams.delete(stream);
      this.write(wholeAnswer(stream, { headers, body, trailers }));
      return;
    }
    this.write(frame(FRAME.headers, FLAG.endHeaders, stream, headers));
    sending.rest = body;
    sending.trailers = trailers;
    this.#sendRest(stream, sending);
  }

  /** The peer takes so much more, on the connection (0) or one stream. Throws ConnectionFault. */
  grow(stream: number, bytes: number): void {
    const sending = this.#streams.get(stream);
    if (stream === 0) this.#window = grown(this.#window, bytes);
    else if (sending !== undefined) {
      sending.window = grown(sending.window, bytes);
      this.#sendRest(stream, sending);
    }
    if (stream === 0) this.#sendRests();
  }

  /** The peer's setting for all streams, those included that are open. Throws ConnectionFault. */
  resizeStreams(bytes: number): void {
    for (const sending of this.#streams.values())
      sending.window = grown(sending.window, bytes - this.#streamWindow);
    this.#streamWindow = grown(0, bytes);
    this.#sendRests();
  }

  /** What one turn of the event loop gives goes out in one piece. */
  write(bytes: Buffer): void {
    if (this.socket.destroyed || this.socket.writableEnded) return;
    if (!this.#corked) {
      this.#corked = true;
      this.socket.cork();
      setImmediate(() => {
        this.#corked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(bytes);
  }

  #sendRests(): void {
    for (const [stream, sending] of this.#streams) this.#sendRest(stream, sending);
  }

  #sendRest(stream: number, sending: Sending): void {
    if (sending.trailers === undefined) return;
    for (;;) {
      const room = Math.min(this.#window, sending.window, PAYLOAD_BYTES_MAX, sending.rest.length);
      if (room <= 0) break;
      this.write(frame(FRAME.data, 0, stream, sending.rest.subarray(0, room)));
      sending.rest = sending.rest.subarray(room);
      sending.window -= room;
      this.#window -= room;
    }
    if (sending.rest.length > 0) return;
    this.#streams.delete(stream);
    this.write(frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, stream, sending.trailers));
  }
}

function grown(window: number, bytes: number): number {
  if (window + bytes > windowMax)
    throw new ConnectionFault(FAULT.flowControl, "a window of more than 2^31-1 bytes");
  return window + bytes;
}

/** Headers, data and trailers in one buffer. */
function wholeAnswer(stream: number, answer: Required<Answer>): Buffer {
  const { headers, body, trailers = nothing } = answer;
  const out = Buffer.allocUnsafe(3 * HEAD_BYTES + headers.length + body.length + trailers.length);
  const put = (offset: number, type: 0 | 1, flags: number, payload: Uint8Array): number => {
    const start = writeHead(out, offset, { length: payload.length, type, flags, stream });
    out.set(payload, start);
    return start + payload.length;
  };
  const afterHeaders = put(0, FRAME.headers, FLAG.endHeaders, headers);
  const afterBody = put(afterHeaders, FRAME.data, 0, body);
  put(afterBody, FRAME.headers, FLAG.endHeaders | FLAG.endStream, trailers);
  return out;
}
