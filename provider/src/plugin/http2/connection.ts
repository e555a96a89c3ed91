import type { Socket } from "node:net";
import {
  ConnectionFault,
  contentsOf,
  FAULT,
  FLAG,
  FRAME,
  frame,
  FrameReader,
  numbersFrame,
  SETTING,
  settingsFrame,
  type Frame,
} from "./frames";
import { HeaderDecoder } from "./hpack";
import { Outgoing, type Answer } from "./outgoing";

/** A whole request. */
export interface ArrivedRequest {
  readonly path: string;
  readonly body: Buffer;
}

export interface ConnectionOptions {
  /** Called once with each request that is complete. Never rejects. */
  readonly answer: (request: ArrivedRequest) => Promise<Answer>;
  /** For a request with more than `bodyBytesMax`. */
  readonly tooLarge: Answer;
  readonly bodyBytesMax: number;
}

/** A request on its way. */
interface Arriving {
  readonly path: string;
  readonly chunks: Buffer[];
  bytes: number;
  /** Received, and not yet given back to the peer's window. */
  unacknowledged: number;
}

const streamsMax = 1000;
/** Larger than nearly every message, so that the peer seldom waits. */
const windowBytes = 4 * 1024 * 1024;
const initialWindowBytes = 65_535;
const headerBytesMax = 64 * 1024;
const nothing = Buffer.alloc(0);

/**
 * The serving end of one HTTP/2 connection (RFC 9113), for one kind of exchange: a request that is read to its end, and an
 * answer that is there as a whole. node:http2 can do far more, and takes two to three times the CPU for a small call.
 */
export class ServerConnection {
  readonly #reader = new FrameReader();
  readonly #decoder = new HeaderDecoder();
  readonly #outgoing: Outgoing;
  readonly #arriving = new Map<number, Arriving>();
  #lastStream = 0;
  #unacknowledged = 0;
  /** A header block that is not finished: nothing else may come in between. */
  #block: { readonly first: Frame; readonly parts: Buffer[]; bytes: number } | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly options: ConnectionOptions,
  ) {
    this.#outgoing = new Outgoing(socket);
    const settings = [
      [SETTING.maxConcurrentStreams, streamsMax],
      [SETTING.initialWindowSize, windowBytes],
    ] as const;
    this.#outgoing.write(settingsFrame(settings));
    this.#outgoing.write(numbersFrame(FRAME.windowUpdate, 0, windowBytes - initialWindowBytes));
    socket.on("data", (chunk: Buffer) => {
      this.#receive(chunk);
    });
    socket.on("error", () => {
      socket.destroy();
    });
    socket.on("close", () => {
      this.#arriving.clear();
      this.#outgoing.forgetAll();
    });
  }

  #receive(chunk: Buffer): void {
    if (this.socket.writableEnded) return;
    try {
      for (const one of this.#reader.push(chunk)) this.#take(one);
    } catch (error) {
      // A RangeError of the header decoder: its table cannot be right any more.
      const fault = error instanceof ConnectionFault ? error.fault : FAULT.compression;
      this.#outgoing.write(numbersFrame(FRAME.goAway, 0, this.#lastStream, fault));
      this.socket.destroySoon();
    }
  }

  #take(one: Frame): void {
    const isContinuation = one.type === FRAME.continuation;
    if (isContinuation !== (this.#block !== undefined))
      throw new ConnectionFault(FAULT.protocol, "a header block is not finished, or not begun");
    if (one.type === FRAME.data) this.#takeData(one);
    else if (one.type === FRAME.headers || isContinuation) this.#takeHeaders(one);
    else this.#takeControl(one);
  }

  #takeHeaders(one: Frame): void {
    const block = (this.#block ??= { first: one, parts: [], bytes: 0 });
    const part = one.type === FRAME.headers ? contentsOf(one) : one.payload;
    block.parts.push(part);
    block.bytes += part.length;
    if (one.stream !== block.first.stream || block.bytes > headerBytesMax)
      throw new ConnectionFault(FAULT.tooMuch, "a header block is too large, or broken up");
    if ((one.flags & FLAG.endHeaders) === 0) return;
    this.#block = undefined;
    const headers = this.#decoder.decode(joined(block.parts));
    this.#begin(block.first, headers.find(([name]) => name === ":path")?.[1] ?? "");
  }

  #begin({ stream, flags }: Frame, path: string): void {
    const ends = (flags & FLAG.endStream) !== 0;
    if (stream <= this.#lastStream) {
      // Trailers: they are read, for the decoder's table must stay right, and mean no more than the end.
      if (ends) this.#run(stream);
      return;
    }
    if (stream % 2 === 0)
      throw new ConnectionFault(FAULT.protocol, `stream ${stream} is not a client's`);
    this.#lastStream = stream;
    if (this.#outgoing.open >= streamsMax) {
      this.#outgoing.write(numbersFrame(FRAME.resetStream, stream, FAULT.refusedStream));
      return;
    }
    this.#arriving.set(stream, { path, chunks: [], bytes: 0, unacknowledged: 0 });
    this.#outgoing.begin(stream);
    if (ends) this.#run(stream);
  }

  #takeData(one: Frame): void {
    if (one.stream === 0 || one.stream > this.#lastStream)
      throw new ConnectionFault(FAULT.protocol, "data of no stream");
    this.#unacknowledged = this.#acknowledge(0, this.#unacknowledged + one.payload.length);
    const arriving = this.#arriving.get(one.stream);
    // Otherwise it is over already: reset, or too large.
    if (arriving === undefined) return;
    const data = contentsOf(one);
    arriving.bytes += data.length;
    if (arriving.bytes > this.options.bodyBytesMax) {
      this.#arriving.delete(one.stream);
      this.#outgoing.answer(one.stream, this.options.tooLarge);
      this.#outgoing.write(numbersFrame(FRAME.resetStream, one.stream, FAULT.none));
      return;
    }
    arriving.chunks.push(data);
    if ((one.flags & FLAG.endStream) !== 0) this.#run(one.stream);
    else
      arriving.unacknowledged = this.#acknowledge(
        one.stream,
        arriving.unacknowledged + one.payload.length,
      );
  }

  /** Gives the peer its window back in large pieces. What is left to give. */
  #acknowledge(stream: number, bytes: number): number {
    if (bytes <= windowBytes / 2) return bytes;
    this.#outgoing.write(numbersFrame(FRAME.windowUpdate, stream, bytes));
    return 0;
  }

  #run(stream: number): void {
    const arriving = this.#arriving.get(stream);
    if (arriving === undefined) return;
    this.#arriving.delete(stream);
    const { path, chunks } = arriving;
    void this.options.answer({ path, body: joined(chunks) }).then((answer) => {
      this.#outgoing.answer(stream, answer);
    });
  }

  /** Priorities, farewells and what later versions add need no answer. */
  #takeControl({ type, flags, stream, payload }: Frame): void {
    switch (type) {
      case FRAME.resetStream:
        this.#arriving.delete(stream);
        this.#outgoing.forget(stream);
        break;
      case FRAME.settings:
        if ((flags & FLAG.ack) === 0) this.#takeSettings(payload);
        break;
      case FRAME.ping:
        if (payload.length !== 8) throw new ConnectionFault(FAULT.frameSize, "a ping");
        if ((flags & FLAG.ack) === 0) this.#outgoing.write(frame(FRAME.ping, FLAG.ack, 0, payload));
        break;
      case FRAME.windowUpdate:
        if (payload.length !== 4) throw new ConnectionFault(FAULT.frameSize, "a window update");
        this.#outgoing.grow(stream, payload.readUInt32BE(0) & 0x7fffffff);
        break;
      case FRAME.pushPromise:
        throw new ConnectionFault(FAULT.protocol, "clients do not push");
    }
  }

  #takeSettings(payload: Buffer): void {
    if (payload.length % 6 !== 0) throw new ConnectionFault(FAULT.frameSize, "settings");
    this.#outgoing.write(frame(FRAME.settings, FLAG.ack, 0, nothing));
    for (let offset = 0; offset < payload.length; offset += 6)
      if (payload.readUInt16BE(offset) === SETTING.initialWindowSize)
        this.#outgoing.resizeStreams(payload.readUInt32BE(offset + 2));
  }
}

function joined(parts: readonly Buffer[]): Buffer {
  const [only = nothing] = parts;
  return parts.length > 1 ? Buffer.concat(parts) : only;
}
