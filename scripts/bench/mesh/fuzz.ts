import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { decodePacket, encodePacket } from "../../../agent/src/adapters/udp/packet-codec";
import { type Electorate, maxVoters } from "../../../agent/src/model/electorate";
import { digestBuckets } from "../../../agent/src/model/mesh-message";
import type { MemberUpdate, MeshPacket } from "../../../agent/src/model/mesh-message";
import { SeededRandom } from "../../../agent/test/fakes/seeded-random";
import type { Figure } from "../figure";
import { coreMs } from "./core-time";
import { SealedInputs } from "./sealed-inputs";

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
  /** Thrown; taken and then not the same again; or taken though it was damaged after it was sealed. */
  broken: number;
  slowestMs: number;
}

/** Random and damaged packets through the decoder, bare and sealed: none may throw, hang, or leave anything behind. */
export function runFuzzBench(rounds: number): Promise<Figure[]> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const fuzz = new Fuzz("mesh-fuzz");
  const { outcome } = fuzz;
  const endMs = coreMs() + limitMs * rounds;
  // What the decoder and the guard against replay keep for good is there after the first batches.
  for (let batches = 0; batches < 3; batches++) fuzz.run(batch);
  collect();
  const before = process.memoryUsage();
  while (outcome.inputs < inputsPerRound * rounds && coreMs() < endMs) fuzz.run(batch);
  collect();
  const after = process.memoryUsage();
  const mb = (bytes: number): number => Math.round(bytes / 1e6);
  console.log(
    `${outcome.inputs} inputs, ${outcome.taken} of them taken, in ${(coreMs() / 1000).toFixed(0)} s of a core; ` +
      `RSS ${mb(before.rss)} MB before, ${mb(after.rss)} MB after`,
  );
  const grownMb = (after.heapUsed - before.heapUsed) / 1e6;
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

/** The same seed gives the same inputs, but for the nonces of those that are sealed. */
export class Fuzz {
  readonly outcome: Outcome = { inputs: 0, taken: 0, broken: 0, slowestMs: 0 };
  private readonly random: SeededRandom;
  private readonly corpus: readonly Uint8Array[];
  private readonly sealed: SealedInputs;
  private readonly room = new Uint8Array(maxBytes);

  constructor(seed: string) {
    this.random = new SeededRandom(seed);
    this.corpus = Array.from({ length: 64 }, () => encodePacket(anyPacket(this.random)));
    this.sealed = new SealedInputs(this.random);
  }

  run(inputs: number): void {
    const { outcome } = this;
    const { stackTraceLimit } = Error;
    // Most inputs end in an error, and most of an error's cost is its stack, which nobody reads here.
    Error.stackTraceLimit = 0;
    const beganMs = coreMs();
    for (let count = 0; count < inputs; count++) this.one();
    outcome.slowestMs = Math.max(outcome.slowestMs, coreMs() - beganMs);
    Error.stackTraceLimit = stackTraceLimit;
  }

  private one(): void {
    const { outcome, random } = this;
    outcome.inputs += 1;
    try {
      const bytes = nextInput(random, this.corpus, this.room);
      // Sealing costs many times what decoding does.
      const verdict = random.integer(0, 7) === 0 ? this.sealed.open(bytes) : openBare(bytes);
      if (verdict !== "dropped") outcome[verdict] += 1;
    } catch {
      outcome.broken += 1;
    }
  }
}

export type Verdict = "dropped" | "taken" | "broken";

function openBare(bytes: Uint8Array): Verdict {
  const packet = decodePacket(bytes);
  if (!packet) return "dropped";
  return decodePacket(encodePacket(packet)) ? "taken" : "broken";
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
