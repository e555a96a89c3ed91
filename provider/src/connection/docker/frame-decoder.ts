import { Transform } from "node:stream";
import type { TransformCallback } from "node:stream";

const headerBytes = 8;
const stdoutStream = 1;
const stderrBytesMax = 4096;

/**
 * Docker sends standard output and error of a program without a terminal in one stream of frames: one byte for which of the
 * two, three zeros, the length in four bytes (big endian), then the bytes (Docker Engine API, "Attach to a container").
 * What is read from it is standard output; `stderr` is the end of the other.
 */
export class FrameDecoder extends Transform {
  #header = Buffer.alloc(0);
  /** Bytes still to come of the frame that is being read. */
  #left = 0;
  #isStdout = false;
  #stderr = Buffer.alloc(0);

  /** At most 4 KiB. */
  get stderr(): string {
    return this.#stderr.toString("utf8");
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#left > 0 ? this.#takeBody(rest) : this.#takeHeader(rest);
    done();
  }

  override _flush(done: TransformCallback): void {
    const cut = this.#left > 0 || this.#header.length > 0;
    done(cut ? new Error("the engine's stream ended within a frame") : undefined);
  }

  #takeHeader(chunk: Buffer): Buffer {
    const wanted = headerBytes - this.#header.length;
    this.#header = Buffer.concat([this.#header, chunk.subarray(0, wanted)]);
    if (this.#header.length === headerBytes) {
      this.#isStdout = this.#header[0] === stdoutStream;
      this.#left = this.#header.readUInt32BE(4);
      this.#header = Buffer.alloc(0);
    }
    return chunk.subarray(wanted);
  }

  #takeBody(chunk: Buffer): Buffer {
    const body = chunk.subarray(0, this.#left);
    this.#left -= body.length;
    if (this.#isStdout) this.push(body);
    else this.#stderr = Buffer.concat([this.#stderr, body]).subarray(-stderrBytesMax);
    return chunk.subarray(body.length);
  }
}

/** Both streams of a whole answer, such as a log's, in the order they came. */
export function joinFrames(bytes: Buffer): string {
  const bodies: Buffer[] = [];
  for (let at = 0; at + headerBytes <= bytes.length;) {
    const from = at + headerBytes;
    at = from + bytes.readUInt32BE(at + 4);
    bodies.push(bytes.subarray(from, at));
  }
  return Buffer.concat(bodies).toString("utf8");
}
