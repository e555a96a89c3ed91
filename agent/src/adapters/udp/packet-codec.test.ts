import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import type { MasterRecord, MemberRecord } from "../../model/member";
import type {
  ElectionMessage,
  MembershipMessage,
  MemberUpdate,
  MeshPacket,
} from "../../model/mesh-message";
import { digestBuckets } from "../../model/mesh-message";
import { decodePacket, encodePacket } from "./packet-codec";

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
const address = fc.ipV4();
const port = fc.integer({ min: 1, max: 65535 });
const count = fc.integer({ min: 0, max: 2 ** 48 });
const record: fc.Arbitrary<MemberRecord> = fc.record({
  name,
  mesh: fc.record({ address, port }),
  apiPort: port,
  grpcPort: port,
  voter: fc.boolean(),
  version: fc.string({ maxLength: 32 }),
});
const update: fc.Arbitrary<MemberUpdate> = fc.record({
  status: fc.constantFrom("alive", "suspect", "dead", "left"),
  record,
  incarnation: count,
  from: name,
});
const digest = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), {
  minLength: digestBuckets,
  maxLength: digestBuckets,
});
const membership: fc.Arbitrary<MembershipMessage> = fc.oneof(
  fc.record({ kind: fc.constantFrom("ping", "ping-req"), seq: count, target: name }),
  fc.record({ kind: fc.constantFrom("ack", "nack"), seq: count }),
  fc.record({
    kind: fc.constant("join"),
    update,
    digest,
  }),
  fc.record(
    { kind: fc.constant("state"), updates: fc.array(update, { maxLength: 6 }), digest },
    { requiredKeys: ["kind", "updates"] },
  ),
);
const maxTerm = 2 ** 48;
const version = count;
const id = fc.record({ term: fc.constantFrom(0, 1, 70), version });
const voters = fc.uniqueArray(name, { minLength: 1, maxLength: 7 });
const claim = fc.record(
  { term: fc.constantFrom(0, 1, 70), version, voters },
  {
    requiredKeys: ["term", "version"],
  },
);
const round = count;
const term = fc.integer({ min: 70, max: maxTerm });
const election: fc.Arbitrary<ElectionMessage> = fc.oneof(
  fc.record({ kind: fc.constantFrom("pre-vote", "vote"), term: count }),
  fc.record({
    kind: fc.constantFrom("pre-vote-reply", "vote-reply"),
    term: count,
    granted: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("vote"), term: count, handedOverAt: count }),
  fc.record({
    kind: fc.constantFrom("heartbeat", "heartbeat-reply", "stand-now"),
    term: count,
    round: count,
  }),
  fc.record({ kind: fc.constantFrom("pre-vote", "vote"), term, electorate: id }),
  fc.record({ kind: fc.constant("vote"), term, handedOverAt: round, electorate: id }),
  fc.record({ kind: fc.constant("heartbeat"), term, round, electorate: claim }),
  fc.record({ kind: fc.constant("heartbeat-reply"), term, round, electorate: id }),
);
const master: fc.Arbitrary<MasterRecord> = fc.oneof(
  fc.record({ term: count, name, address, apiPort: port, grpcPort: port }),
  fc.record({
    term: count,
    name: fc.constant(undefined),
    address: fc.constant(""),
    apiPort: fc.constant(0),
    grpcPort: fc.constant(0),
  }),
);
const anyPacket: fc.Arbitrary<MeshPacket> = fc.record(
  {
    from: name,
    membership,
    election,
    gossip: fc.array(update, { minLength: 1, maxLength: 6 }),
    master,
  },
  { requiredKeys: ["from"] },
);

describe("packet codec", () => {
  it("brings every packet back as it was", () => {
    fc.assert(
      fc.property(anyPacket, (packet) => {
        expect(decodePacket(encodePacket(packet))).toEqual(packet);
      }),
      { numRuns: 500 },
    );
  });

  it.each([0, 1, 80, 81, 5001])("brings back a state of %i members, whole", (length) => {
    const [one] = fc.sample(update, { seed: 1, numRuns: 1 }) as [MemberUpdate];
    const updates = Array.from({ length }, (_, incarnation) => ({ ...one, incarnation }));
    const packet: MeshPacket = { from: "a", membership: { kind: "state", updates } };
    expect(decodePacket(encodePacket(packet))).toEqual(packet);
  });

  it("does not run out of memory for many lists in lists that all promise to be long", () => {
    const heads = Buffer.alloc(2 ** 18);
    for (let at = 0; at + 3 <= heads.length; at += 3) heads.set([0xdc, 0, 80], at);
    expect(decodePacket(heads)).toBeUndefined();
  });

  it("does not throw on any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(() => decodePacket(bytes)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it("takes what is damaged for nothing, or for a packet that is well formed again", () => {
    const damage = fc.tuple(anyPacket, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean());
    fc.assert(
      fc.property(damage, ([packet, at, bits, truncate]) => {
        const bytes = Uint8Array.from(encodePacket(packet));
        const place = at % bytes.length;
        const hurt = truncate
          ? bytes.subarray(0, place)
          : bytes.with(place, (bytes[place] ?? 0) ^ bits);
        const decoded = decodePacket(hurt);
        if (decoded) expect(decodePacket(encodePacket(decoded))).toEqual(decoded);
        else expect(decoded).toBeUndefined();
        if (truncate) expect(decoded).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  const valid = [0, 1, null, "b", "10.0.0.1", 7442, 7440, 7441, true, "1"];
  it.each([
    ["a map", { from: "a" }],
    ["too few fields", ["a", null, null, []]],
    ["an empty sender", ["", null, null, [], null]],
    ["a sender that is no text", [7, null, null, [], null]],
    ["an unknown message", ["a", [9, 1], null, [], null]],
    ["a negative number", ["a", [2, -1], null, [], null]],
    ["a number that is not whole", ["a", [2, 1.5], null, [], null]],
    ["a number too large", ["a", [2, 2 ** 53], null, [], null]],
    ["a ping without target", ["a", [0, 1], null, [], null]],
    ["a join without digest", ["a", [4, valid], null, [], null]],
    ["a state that is no list of lists", ["a", [5, valid], null, [], null]],
    ["a state with an empty list in it", ["a", [5, [[]]], null, [], null]],
    ["a state with a digest too short", ["a", [5, [[valid]], [1, 2]], null, [], null]],
    ["a digest too short", ["a", [4, valid, [1, 2]], null, [], null]],
    ["a vote with too much", ["a", null, [2, 1, true], [], null]],
    ["an electorate of a term to come", ["a", null, [4, 5, 1, [6, 1, ["a"]]], [], null]],
    ["an electorate of nobody", ["a", null, [4, 5, 1, [5, 1, []]], [], null]],
    [
      "an electorate of eight",
      ["a", null, [4, 5, 1, [5, 1, "a,b,c,d,e,f,g,h".split(",")]], [], null],
    ],
    ["an electorate with a name twice", ["a", null, [4, 5, 1, [5, 1, ["a", "a"]]], [], null]],
    ["voters in an answer", ["a", null, [5, 5, 1, [5, 1, ["a"]]], [], null]],
    ["a vote given with an electorate", ["a", null, [3, 5, true, [5, 1]], [], null]],
    ["a hand-over with an electorate", ["a", null, [6, 5, 1, [5, 1]], [], null]],
    ["an unknown status", ["a", null, null, [valid.with(0, 4)], null]],
    ["an address that is none", ["a", null, null, [valid.with(4, "10.0.0.256")], null]],
    ["port 0", ["a", null, null, [valid.with(5, 0)], null]],
    ["a flag that is a number", ["a", null, null, [valid.with(8, 1)], null]],
    ["a name of 64 letters", ["a", null, null, [valid.with(3, "b".repeat(64))], null]],
    ["a master without address", ["a", null, null, [], [1, "m", "", 1, 1]]],
  ])("refuses %s", (_, value) => {
    expect(decodePacket(encode(["a", null, null, [valid], null]))).toBeDefined();
    expect(decodePacket(encode(value))).toBeUndefined();
  });
});
