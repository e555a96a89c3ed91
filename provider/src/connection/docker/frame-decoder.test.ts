import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import { FrameDecoder, joinFrames } from "./frame-decoder";

function frame(stream: number, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

async function decode(chunks: readonly Buffer[]): Promise<{ stdout: Buffer; stderr: string }> {
  const decoder = new FrameDecoder();
  const stdout = buffer(decoder);
  await Promise.all([pipeline(Readable.from(chunks), decoder, { end: true }), stdout]);
  return { stdout: await stdout, stderr: decoder.stderr };
}

test("both streams come out whole, however the bytes are cut into chunks", async () => {
  const part = fc.record({
    stream: fc.constantFrom(1, 2),
    body: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  });
  const property = fc.asyncProperty(
    fc.array(part, { maxLength: 12 }),
    fc.integer({ min: 1, max: 50 }),
    async (parts, size) => {
      const bytes = Buffer.concat(parts.map(({ stream, body }) => frame(stream, body)));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      const { stdout, stderr } = await decode(chunks);
      const of = (wanted: number): Buffer =>
        Buffer.concat(parts.filter(({ stream }) => stream === wanted).map(({ body }) => body));
      expect(stdout).toEqual(of(1));
      expect(stderr).toBe(of(2).toString("utf8"));
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

test("of standard error the end is kept, at most 4 KiB", async () => {
  const { stderr } = await decode([
    frame(2, Buffer.from("a".repeat(5000))),
    frame(2, Buffer.from("the reason")),
  ]);
  expect(stderr).toHaveLength(4096);
  expect(stderr.endsWith("aathe reason")).toBe(true);
});

test("a stream that ends within a frame is an error, not a short answer", async () => {
  const decoding = decode([frame(1, Buffer.from("whole")).subarray(0, 10)]);
  await expect(decoding).rejects.toThrow("within a frame");
});

test("a log is read in the order it was written, both streams together", () => {
  const log = [
    frame(1, Buffer.from("one\n")),
    frame(2, Buffer.from("two\n")),
    frame(1, Buffer.from("3")),
  ];
  expect(joinFrames(Buffer.concat(log))).toBe("one\ntwo\n3");
  expect(joinFrames(Buffer.concat(log).subarray(0, -1))).toBe("one\ntwo\n");
});
