import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { decodePacket, encodePacket } from "../../../agent/src/adapters/udp/packet-codec";
import { type Electorate, maxVoters } from "../../../agent/src/model/electorate";
import { digestBuckets } from "../../../agent/src/model/mesh-message";
import type { MemberUpdate, MeshPacket } from "../../../agent/src/model/mesh-message";
import { SeededRandom } from "../../../agent/test/fakes/seeded-random";
import type { Figure } from "../figure";
import { coreMs } from "./core-time";

const inputsPerRound = 10_000_000;
/** Of time on a core: other work on the machine does not count. */
const limitMs = 300_000;
/** As large as what a socket may hand us. */
const maxBytes = 2048;
/** Between looks at the time and the heap. */
const batch = 100_000;

/** Heads of msgpack that promise much: long texts, lists, maps, extensions, numbers cut short. */
const heads = [0xc1, 0xc6, 0xc9, 0xcf, 0xd3, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0x9f, 0x8f, 0xbf];

interface Outcome {
  inputs: number;
  taken: number;
  /** Thrown, or taken and then not the same again. */
  broken: number;
  slowestMs: number;
}

/** Random and damaged packets through the decoder: none may throw, hang, or leave anything behind. */
export function runFuzzBench(rounds: number): Promise<Figure[]> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const random = new SeededRandom("mesh-fuzz");
  const corpus = Array.from({ length: 64 }, () => encodePacket(anyPacket(random)));
  const outcome: Outcome = { inputs: 0, taken: 0, broken: 0, slowestMs: 0 };
  // Most inputs end in an error, and most of an error's cost is its stack, which nobody reads here.
  Error.stackTraceLimit = 0;
  const endMs = coreMs() + limitMs * rounds;
  // What the decoder keeps for good is there after the first batch.
  runBatch(random, corpus, outcome);
  collect();
  const before = process.memoryUsage().heapUsed;
  while (outcome.inputs < inputsPerRound * rounds && coreMs() < endMs)
    runBatch(random, corpus, outcome);
  collect();
  const grownMb = (process.memoryUsage().heapUsed - before) / 1e6;
  console.log(`${outcome.inputs} inputs, ${outcome.taken} of them well formed by chance`);
  return Promise.resolve(figuresOf(outcome, grownMb, inputsPerRound * rounds));
}

function figuresOf(outcome: Outcome, grownMb: number, wanted: number): Figure[] {
  return [
    { name: "inputs not reached", unit: "", samples: [wanted - outcome.inputs], goal: batch },
    { name: "inputs that break the decoder", unit: "", samples: [outcome.broken], goal: 1 },
    { name: "slowest batch, an input", unit: "us", samples: [(outcome.slowestMs * 1000) / batch] },
    { name: "heap grown", unit: "MB", samples: [grownMb], goal: 5 },
  ];
}

function runBatch(random: SeededRandom, corpus: readonly Uint8Array[], outcome: Outcome): void {
  const beganMs = coreMs();
  const room = new Uint8Array(maxBytes);
  for (let count = 0; count < batch; count++) tryOne(nextInput(random, corpus, room), outcome);
  outcome.slowestMs = Math.max(outcome.slowestMs, coreMs() - beganMs);
}

function tryOne(bytes: Uint8Array, outcome: Outcome): void {
  outcome.inputs += 1;
  try {
    const packet = decodePacket(bytes);
    if (!packet) return;
    outcome.taken += 1;
    if (!decodePacket(encodePacket(packet))) outcome.broken += 1;
  } catch {
    outcome.broken += 1;
  }
}

/** A packet with some bytes changed, or cut, or two spliced, or bytes by chance alone; in `room`. */
function nextInput(
  random: SeededRandom,
  corpus: readonly Uint8Array[],
  room: Uint8Array,
): Uint8Array {
  const way = random.integer(0, 7);
  if (way === 0) return chance(random, room);
  const base = random.pick(corpus);
  room.set(base);
  let length = base.length;
  if (way === 1) length = random.integer(0, base.length - 1);
  if (way === 2) {
    const other = random.pick(corpus);
    const at = random.integer(0, base.length - 1);
    room.set(other.subarray(0, maxBytes - at), at);
    length = Math.min(maxBytes, at + other.length);
  }
  for (let change = random.integer(1, 4); change > 0; change--)
    room[random.integer(0, Math.max(0, length - 1))] = random.chance(0.5)
      ? random.pick(heads)
      : random.integer(0, 255);
  return room.subarray(0, length);
}

function chance(random: SeededRandom, room: Uint8Array): Uint8Array {
  const length = random.integer(0, 64);
  for (let at = 0; at < length; at++) room[at] = random.integer(0, 255);
  return room.subarray(0, length);
}

function anyPacket(random: SeededRandom): MeshPacket {
  const update = anyUpdate(random);
  const seq = random.integer(0, 2 ** 31);
  const digest = new Array<number>(digestBuckets).fill(seq);
  const membership = random.pick([
    { kind: "ping", seq, target: "b" } as const,
    { kind: "ping-req", seq, target: "b" } as const,
    { kind: "ack", seq } as const,
    { kind: "nack", seq } as const,
    { kind: "join", update, digest } as const,
    { kind: "state", updates: [update, anyUpdate(random)] } as const,
    { kind: "state", updates: [update], digest } as const,
  ]);
  const master = { term: seq, name: "m", address: "10.0.0.1", apiPort: 1, grpcPort: 2 };
  const election = random.pick([
    { kind: "pre-vote", term: seq } as const,
    { kind: "vote", term: seq, handedOverAt: 7 } as const,
    { kind: "vote-reply", term: seq, granted: true } as const,
    { kind: "heartbeat", term: seq, round: 7 } as const,
    { kind: "heartbeat", term: seq, round: 7, electorate: anyElectorate(random) } as const,
    { kind: "heartbeat-reply", term: seq, round: 7, electorate: { term: 0, version: 9 } } as const,
    { kind: "pre-vote", term: seq, electorate: { term: 0, version: 9 } } as const,
    { kind: "stand-now", term: seq, round: 7 } as const,
  ]);
  const gossip = Array.from({ length: random.integer(0, 5) }, () => anyUpdate(random));
  return { from: "a", membership, ...(random.chance(0.5) && { election, master }), gossip };
}

function anyElectorate(random: SeededRandom): Electorate {
  const voters = Array.from({ length: random.integer(1, maxVoters) }, (_, at) => `n${at}`);
  return { term: 0, version: random.integer(0, 2 ** 40), voters };
}

function anyUpdate(random: SeededRandom): MemberUpdate {
  const name = `n${random.integer(1, 999)}`;
  const mesh = { address: `10.0.0.${random.integer(1, 255)}`, port: 7442 };
  const record = { name, mesh, apiPort: 7440, grpcPort: 7441, voter: true, version: "0.1.0" };
  const status = random.pick(["alive", "suspect", "dead", "left"] as const);
  return { status, record, incarnation: random.integer(0, 2 ** 40), from: "b" };
}
