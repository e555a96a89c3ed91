/** Piece of a container's output. */
export interface OutputChunk {
  readonly stream: "stdout" | "stderr";
  readonly data: Buffer;
}

const headerBytes = 8;

/**
 * Takes the engine's frames apart (Docker Engine API, "Attach to a container", stream format): stream number, three zeros, length
 * in 4 bytes, data. A frame is handed on as it comes in, so that one of any length is never held whole.
 */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<OutputChunk> {
  let rest: Buffer = Buffer.alloc(0);
  let stream: OutputChunk["stream"] = "stdout";
  let left = 0;
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (left > 0 ? rest.length > 0 : rest.length >= headerBytes) {
      if (left === 0) {
        stream = rest[0] === 2 ? "stderr" : "stdout";
        left = rest.readUInt32BE(4);
        rest = rest.subarray(headerBytes);
      } else {
        const data = rest.subarray(0, left);
        left -= data.length;
        rest = rest.subarray(data.length);
        yield { stream, data };
      }
    }
  }
}
