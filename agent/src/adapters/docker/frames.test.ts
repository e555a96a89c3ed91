import * as fc from "fast-check";
import { readFrames } from "./frames";
import { usageOf } from "./usage";

function frame(stream: number, data: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size)
    yield await Promise.resolve(bytes.subarray(at, at + size));
}

describe("a container's output in frames", () => {
  it("comes out whole and by stream, wherever it was cut", async () => {
    const frames = fc.array(
      fc.tuple(fc.constantFrom("stdout", "stderr"), fc.uint8Array({ maxLength: 40 })),
    );
    await fc.assert(
      fc.asyncProperty(frames, fc.integer({ min: 1, max: 20 }), async (said, size) => {
        const bytes = said.map(([name, data]) =>
          frame(name === "stderr" ? 2 : 1, Buffer.from(data)),
        );
        const heard: Record<string, Buffer[]> = { stdout: [], stderr: [] };
        for await (const { stream, data } of readFrames(pieces(Buffer.concat(bytes), size)))
          heard[stream]?.push(data);
        for (const name of ["stdout", "stderr"] as const) {
          const wanted = said.filter(([stream]) => stream === name).map(([, data]) => data);
          expect(Buffer.concat(heard[name] ?? [])).toEqual(Buffer.concat(wanted));
        }
      }),
    );
  });
});

describe("what a container uses", () => {
  it("is its share of the machine's time, and memory without the cache", () => {
    const mebibyte = 1024 * 1024;
    expect(
      usageOf({
        cpu_stats: { cpu_usage: { total_usage: 150 }, system_cpu_usage: 1200, online_cpus: 2 },
        precpu_stats: { cpu_usage: { total_usage: 100 }, system_cpu_usage: 1000 },
        memory_stats: {
          usage: 9 * mebibyte,
          limit: 32 * mebibyte,
          stats: { inactive_file: 4 * mebibyte },
        },
        pids_stats: { current: 3 },
      }),
    ).toEqual({ cpus: 0.5, memMiB: 5, memLimitMiB: 32, pids: 3 });
  });

  it("is nothing once it has ended", () => {
    expect(usageOf({})).toEqual({ cpus: 0, memMiB: 0, memLimitMiB: 0, pids: 0 });
  });
});
