import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { messageOf } from "../../../test/fakes/mesos-messages";
import { decodeCall, encodeEvent, encodeResponse, MesosCodecError } from "./codec";
import type { MediaType } from "./codec";
import type { MesosCall } from "./messages";
import { writeBinary } from "./wire/binary-writer";
import { shapes } from "./wire/shapes";

const json = "application/json";
const binary = "application/x-protobuf";
const calls = messageOf(shapes().call);

const encoded = (type: MediaType, call: object): Buffer =>
  type === json ? Buffer.from(JSON.stringify(call)) : writeBinary(shapes().call, call);

/** undefined: refused as no Call. Anything else that is thrown is a fault. */
function decoded(type: MediaType, body: Buffer): MesosCall | undefined {
  try {
    return decodeCall(type, body);
  } catch (error) {
    if (error instanceof MesosCodecError) return undefined;
    throw error;
  }
}

/** Jest takes a map's key "constructor" for the object's class; it only shows the difference. */
function expectSame(one: object, other: object): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
  expect(isDeepStrictEqual(one, other)).toBe(true);
}

/** What was read is a Call: it can be written, and is the same again. */
function expectSound(type: MediaType, body: Buffer): void {
  const call = decoded(type, body);
  if (call === undefined) return;
  const bytes = writeBinary(shapes().call, call);
  expectSame(decodeCall(binary, bytes), call);
}

const damaged = (type: MediaType): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      calls.map((call) => encoded(type, call)),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom("set", "cut", "insert"), fc.nat(255)), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([whole, harms]) =>
      harms.reduce((bytes, [at, harm, value]) => {
        const where = bytes.length === 0 ? 0 : at % bytes.length;
        const rest = bytes.subarray(harm === "set" ? where + 1 : where);
        const kept = [bytes.subarray(0, where), Buffer.of(value)];
        return harm === "cut" ? bytes.subarray(0, where) : Buffer.concat([...kept, rest]);
      }, whole),
    );

describe.each<MediaType>([json, binary])("a call as %s", (type) => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(calls, (call) => {
        expectSame(decodeCall(type, encoded(type, call)), call);
      }),
      { numRuns: 300 },
    );
  });

  it("is a call or refused when it is damaged", () => {
    fc.assert(
      fc.property(damaged(type), (body) => {
        expectSound(type, body);
      }),
      { numRuns: 1000 },
    );
  });

  it("is a call or refused whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expectSound(type, Buffer.from(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it("is refused or read soon where a mebibyte of one byte comes", () => {
    for (let byte = 0; byte < 256; byte += 5) decoded(type, Buffer.alloc(1 << 20, byte));
    expect(decoded(type, Buffer.alloc(1 << 20, 0x5b))).toBeUndefined();
  });
});

it.each<[MediaType, string, Buffer]>([
  [json, "messages", Buffer.from(`{"accept":{"operations":[${"{},".repeat(300_000)}{}]}}`)],
  [json, "lists that are dropped", Buffer.from(`{"none":[${"[],".repeat(300_000)}[]]}`)],
  // accept 4, of 600 000 bytes, and in it as many operations 2 as there is room for.
  [
    binary,
    "messages",
    Buffer.concat([Buffer.from("22c0cf24", "hex"), Buffer.alloc(600_000, "\x12\x00")]),
  ],
])("refuses a body as %s with too many %s in it", (type, _what, body) => {
  expect(() => decodeCall(type, body)).toThrow("more than 262144 messages and lists in it");
});

it("reads JSON of any kind as a call, or refuses it", () => {
  const names = fc.constantFrom("accept", "operations", "launch", "task_infos", "limits", "type");
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(null, true, 1e300, -1, "x", "LAUNCH", "Infinity", "__proto__"),
      fc.array(tie("tree"), { maxLength: 2 }),
      fc.dictionary(fc.oneof(names, fc.constant("__proto__")), tie("tree"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expectSound(json, Buffer.from(JSON.stringify(value)));
    }),
    { numRuns: 1000 },
  );
});

it("says where in an ACCEPT the fault is", () => {
  const task = { name: "t", task_id: { value: "t" }, agent_id: { value: "a" } };
  const faulty = { ...task, resources: [{ name: "cpus", type: "SCALAR", scalar: { value: "x" } }] };
  const call = {
    framework_id: { value: "f" },
    type: "ACCEPT",
    accept: { operations: [{ type: "LAUNCH", launch: { task_infos: [task, faulty] } }] },
  };
  expect(() => decodeCall(json, Buffer.from(JSON.stringify(call)))).toThrow(
    'accept.operations[0].launch.task_infos[1].resources[0].scalar.value is "x": it must be a number',
  );
});

it("writes JSON on one line, in ASCII", () => {
  const message = "Grüße, \u{1f600}\u2028\n\u007f";
  const bytes = encodeEvent(json, { type: "ERROR", error: { message } });
  expect(bytes.toString("latin1")).toBe(
    '{"type":"ERROR","error":{"message":"Gr\\u00fc\\u00dfe, \\ud83d\\ude00\\u2028\\n\u007f"}}',
  );
  expect(JSON.parse(bytes.toString("ascii"))).toEqual({ type: "ERROR", error: { message } });
});

it("writes a synchronous answer", () => {
  const response = {
    type: "RECONCILE_OPERATIONS",
    reconcile_operations: { operation_statuses: [{ state: "OPERATION_UNKNOWN" }] },
  } as const;
  expect(encodeResponse(json, response).toString()).toBe(JSON.stringify(response));
  expect(encodeResponse(binary, response).toString("hex")).toBe("080112040a021009");
});
