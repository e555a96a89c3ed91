/** Our .proto texts and our codec, against Google's own compiler: what one writes the other reads, byte for byte. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { decodeCall, encodeEvent } from "../../src/api/mesos/codec";
import { writeBinary } from "../../src/api/mesos/wire/binary-writer";
import { protoFiles } from "../../src/api/mesos/wire/proto-files";
import { shapes } from "../../src/api/mesos/wire/shapes";
import { messageOf } from "../fakes/mesos-messages";
import { describeWith, protocProbe } from "../fakes/needs";

const folder = mkdtempSync(join(tmpdir(), "covey-protoc-"));
const schedulerProto = "mesos/v1/scheduler/scheduler.proto";

function protoc(way: "encode" | "decode", message: string, input: string | Buffer): Buffer {
  const args = [`--${way}=mesos.v1.scheduler.${message}`, `--proto_path=${folder}`];
  // Else the order of a map's entries is left to chance.
  if (way === "encode") args.push("--deterministic_output");
  return execFileSync("protoc", [...args, schedulerProto], { input, stdio: "pipe" });
}

/** Sorted as protoc sorts maps, so that bytes can be compared. */
const withSortedMaps = (value: object): object =>
  JSON.parse(JSON.stringify(value), (key, of: unknown) =>
    key === "limits" ||
    key === "quantities" ||
    key === "offer_filters" ||
    key === "role_constraints"
      ? sorted(of)
      : of,
  ) as object;

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  return Object.fromEntries(entries);
}

describeWith("protoc", protocProbe, "Mesos' messages, against protoc", () => {
  beforeAll(() => {
    for (const [path, text] of Object.entries(protoFiles)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(["Call", "Event", "Response"] as const)(
    "any %s of ours comes back from protoc as the same bytes",
    (name) => {
      const shape = { Call: shapes().call, Event: shapes().event, Response: shapes().response };
      fc.assert(
        fc.property(messageOf(shape[name]), (message) => {
          const bytes = writeBinary(shape[name], withSortedMaps(message));
          const text = protoc("decode", name, bytes);
          // A field that protoc does not know stands in its text as a number.
          expect(text.toString()).not.toMatch(/^\s*\d+[ :]/mu);
          expect(protoc("encode", name, text).toString("hex")).toBe(bytes.toString("hex"));
        }),
        { numRuns: 60, seed: 20_261_126 },
      );
    },
    120_000,
  );

  it("what protoc writes is read", () => {
    const text = `
      framework_id { value: "f-1" }
      type: ACCEPT
      accept {
        offer_ids { value: "o-1" }
        operations {
          type: LAUNCH
          launch {
            task_infos {
              name: "größe"
              task_id { value: "t" }
              agent_id { value: "a" }
              resources { name: "ports" type: RANGES ranges { range { begin: 31000 end: 18446744073709551615 } } }
              data: "\\000\\377"
              command { shell: false arguments: ["a", "b"] }
              container { type: DOCKER docker { image: "i" network: USER } }
              kill_policy { grace_period { nanoseconds: -1 } }
              limits { key: "mem" value { value: inf } }
              limits { key: "cpus" value { value: 1.5 } }
            }
          }
        }
        filters { refuse_seconds: 1e300 }
      }`;
    const call = decodeCall("application/x-protobuf", protoc("encode", "Call", text));
    expect(call).toEqual({
      framework_id: { value: "f-1" },
      type: "ACCEPT",
      accept: {
        offer_ids: [{ value: "o-1" }],
        operations: [
          {
            type: "LAUNCH",
            launch: {
              task_infos: [
                {
                  name: "größe",
                  task_id: { value: "t" },
                  agent_id: { value: "a" },
                  resources: [
                    {
                      name: "ports",
                      type: "RANGES",
                      ranges: { range: [{ begin: 31000, end: Number.MAX_SAFE_INTEGER }] },
                    },
                  ],
                  data: "AP8=",
                  command: { shell: false, arguments: ["a", "b"] },
                  container: { type: "DOCKER", docker: { image: "i", network: "USER" } },
                  kill_policy: { grace_period: { nanoseconds: -1 } },
                  limits: { mem: { value: Infinity }, cpus: { value: 1.5 } },
                },
              ],
            },
          },
        ],
        filters: { refuse_seconds: 1e300 },
      },
    });
  });

  it("what we write is read by protoc", () => {
    const bytes = encodeEvent("application/x-protobuf", {
      type: "UPDATE",
      update: { status: { task_id: { value: "t" }, state: "TASK_UNREACHABLE", timestamp: 1.5 } },
    });
    expect(protoc("decode", "Event", bytes).toString()).toBe(
      'type: UPDATE\nupdate {\n  status {\n    task_id {\n      value: "t"\n    }\n' +
        "    state: TASK_UNREACHABLE\n    timestamp: 1.5\n  }\n}\n",
    );
  });

  it("no bytes are read as a call that protoc cannot read", () => {
    const damaged = fc
      .tuple(messageOf(shapes().call), fc.nat(), fc.nat(255))
      .map(([call, at, value]) => {
        const bytes = writeBinary(shapes().call, call);
        if (bytes.length > 0) bytes[at % bytes.length] = value;
        return bytes;
      });
    let refused = 0;
    fc.assert(
      fc.property(damaged, (bytes) => {
        try {
          protoc("decode", "Call", bytes);
        } catch {
          refused += 1;
          expect(() => decodeCall("application/x-protobuf", bytes)).toThrow();
        }
      }),
      { numRuns: 150, seed: 20_261_126 },
    );
    expect(refused).toBeGreaterThan(10);
  }, 120_000);
});
