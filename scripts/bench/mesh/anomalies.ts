import type { MembershipOptions } from "../../../agent/src/membership/membership";
import { MeshField, type Sighting } from "./field";

const members = 128;
const quiesceMs = 15_000;
/** The interval experiment's own length, and how long its last suspicions are watched after it. */
const runMs = 120_000;
const drainMs = 5000;

/** Our grid. The paper's is finer; which one exactly it does not say. */
const concurrent = [1, 8, 32];
const anomalousMs = [8192, 16_384, 32_768];
const normalMs = [256, 4096];

/** So many of 128 members hold their messages for `anomalousMs`, and are well for `normalMs`, in turn. */
export interface Cell {
  readonly concurrent: number;
  readonly anomalousMs: number;
  readonly normalMs: number;
}

export const grid: readonly Cell[] = concurrent.flatMap((count) =>
  anomalousMs.flatMap((anomalous) =>
    normalMs.map((normal) => ({
      concurrent: count,
      anomalousMs: anomalous,
      normalMs: normal,
    })),
  ),
);

/**
 * Deaths declared of members that were well the whole time. `originated`: by the observer's own timer, what memberlist
 * logs as "suspect timeout reached"; `seen`: also those that gossip brought. `atHealthy`: where the observer was well too.
 */
export interface Tally {
  originated: number;
  originatedAtHealthy: number;
  seen: number;
  seenAtHealthy: number;
  messages: number;
  bytes: number;
}

export function emptyTally(): Tally {
  return {
    originated: 0,
    originatedAtHealthy: 0,
    seen: 0,
    seenAtHealthy: 0,
    messages: 0,
    bytes: 0,
  };
}

/** One run of the interval experiment (Lifeguard, section 5). */
export function runAnomalies(membership: MembershipOptions, cell: Cell, round: number): Tally {
  const tally = emptyTally();
  const anomalous = new Set<string>();
  const seed = `anomalies ${cell.concurrent} ${cell.anomalousMs} ${cell.normalMs} ${round}`;
  const watch = (sighting: Sighting): void => count(tally, anomalous, sighting);
  const field = new MeshField({ seed, members, membership, watch });
  field.advance(quiesceMs);
  if (!field.complete()) throw new Error(`${seed}: the mesh is not complete before the anomalies`);
  while (anomalous.size < cell.concurrent) anomalous.add(field.random.pick(field.names));
  const before = { messages: field.meter.messages, bytes: field.meter.bytes };
  alternate(field, anomalous, cell);
  tally.messages = field.meter.messages - before.messages;
  tally.bytes = field.meter.bytes - before.bytes;
  return tally;
}

function alternate(field: MeshField, anomalous: ReadonlySet<string>, cell: Cell): void {
  const endMs = field.nowMs + runMs;
  const upTo = (ms: number): void => field.advance(Math.min(ms, endMs - field.nowMs));
  while (field.nowMs < endMs) {
    for (const name of anomalous) field.hold(name);
    upTo(cell.anomalousMs);
    for (const name of anomalous) field.release(name);
    upTo(cell.normalMs);
  }
  field.advance(drainMs);
}

function count(tally: Tally, anomalous: ReadonlySet<string>, sighting: Sighting): void {
  const { observer, member, by } = sighting;
  if (member.status !== "dead" || anomalous.has(member.record.name)) return;
  const healthy = !anomalous.has(observer);
  tally.seen += 1;
  if (healthy) tally.seenAtHealthy += 1;
  if (by !== observer) return;
  tally.originated += 1;
  if (healthy) tally.originatedAtHealthy += 1;
}
