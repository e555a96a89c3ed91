/**
 * One size of cluster, measured: `node BUNDLE NODES FRAMEWORKS ROUNDS` prints `Samples` as JSON. `allocator.ts` runs
 * it, bundled as the agent is.
 */
import { Allocator, portion } from "../../agent/src/allocation/index";
import type { Allocation, Grant } from "../../agent/src/allocation/index";
import { coreMs } from "./mesh/core-time";

interface Size {
  readonly nodes: number;
  readonly frameworks: number;
}

const shapes = [
  { cpus: 16, memMiB: 64_000, diskMiB: 500_000 },
  { cpus: 48, memMiB: 256_000, diskMiB: 2_000_000 },
  { cpus: 96, memMiB: 384_000, diskMiB: 4_000_000, gpus: 8 },
].map((shape) => portion({ ...shape, ports: [{ begin: 31_000, end: 32_000 }] }));
/** A tenth of the frameworks; they share its role. */
const groupSize = 10;
/** How many of what a cycle gave are declined with a filter. */
const declinedPart = 20;
/** Events between two incremental cycles. */
const eventsPerCycle = 10;
const incrementalCycles = 50;

/**
 * A cluster at work: three shapes of machines, one with gpus; half the frameworks with a role of their own and
 * half ten to a role, in two levels; every seventh suppressed; weights; two roles with guarantees and ten with
 * limits; every tenth machine partly reserved; a third of each machine in use.
 */
function clusterOf({ nodes, frameworks }: Size): Allocator {
  const allocator = new Allocator({ fairShareExcluded: ["gpus"] });
  const roleOf = (f: number): string =>
    f % 2 === 0 ? `team${f}` : `org${f % 7}/group${Math.floor(f / groupSize)}`;
  for (let f = 0; f < frameworks; f++) {
    const terms = { roles: [roleOf(f)], regionAware: false, minimum: undefined };
    allocator.addFramework(`framework${f}`, { ...terms, gpus: f % 5 === 0 });
    if (f % 7 === 3) allocator.suppress(`framework${f}`, roleOf(f));
    if (f % 2 === 0) allocator.setWeight(roleOf(f), 1 + (f % 3));
    if (f % 2 === 0 && f < 20)
      allocator.setQuota(roleOf(f), { guarantee: {}, limit: { cpus: 500 } });
  }
  for (const f of [20, 22])
    allocator.setQuota(roleOf(f), { guarantee: { cpus: 200, memMiB: 800_000 }, limit: {} });
  for (let n = 0; n < nodes; n++) {
    const shape = shapes[n % shapes.length] ?? portion({});
    const role = roleOf(2 * (n % 100));
    const reserved = portion({ cpus: 2, memMiB: 4000, reservations: [{ kind: "static", role }] });
    const resources = n % 10 === 0 ? [shape, reserved] : [shape];
    const traits = { hostname: `host${n}`, attributes: { rack: `r${n % 40}` }, domain: undefined };
    allocator.addNode(`node${n}`, { ...traits, resources });
    const f = (n * 7) % frameworks;
    const holder = { framework: `framework${f}`, role: roleOf(f), node: `node${n}` };
    const used = { cpus: Math.floor(shape.cpus / 3), memMiB: Math.floor(shape.memMiB / 3) };
    allocator.hold(holder, [portion(used)]);
  }
  return allocator;
}

function timed<T>(what: () => T): { readonly ms: number; readonly result: T } {
  const startMs = coreMs();
  const result = what();
  return { ms: coreMs() - startMs, result };
}

function giveBack(allocator: Allocator, grant: Grant, untilMs?: number): void {
  allocator.giveBack(grant, grant.portions, untilMs === undefined ? undefined : { untilMs });
}

/** Milliseconds of a core. */
export interface Samples {
  readonly full: number[];
  readonly refused: number[];
  readonly incremental: number[];
  /** Resident, of the whole process. */
  readonly memoryMiB: number[];
}

function measure(size: Size, rounds: number): Samples {
  const samples: Samples = { full: [], refused: [], incremental: [], memoryMiB: [] };
  const allocator = clusterOf(size);
  let nowMs = 0;
  let { grants } = allocator.allocate(nowMs);
  for (let round = 0; round < rounds; round++) {
    // All comes back, part of it not to be offered again for a while; the cycle then gives it all anew.
    const refusedUntilMs = (nowMs += 10) + 1_000_000;
    grants.forEach((grant, index) =>
      giveBack(allocator, grant, index % declinedPart === 0 ? refusedUntilMs : undefined),
    );
    const full = timed(() => allocator.allocate(nowMs));
    samples.full.push(full.ms);
    grants = full.result.grants;
    grants = incremental(allocator, grants, nowMs, samples);
  }
  samples.refused.push(refusedByMost(allocator, grants, nowMs, size).ms);
  samples.memoryMiB.push(process.memoryUsage().rss / 2 ** 20);
  return samples;
}

/** A few tasks end at a time; each cycle looks at their machines alone. */
function incremental(
  allocator: Allocator,
  grants: readonly Grant[],
  nowMs: number,
  samples: Samples,
): Grant[] {
  const held = [...grants];
  for (let cycle = 0; cycle < incrementalCycles; cycle++) {
    const gone = held.splice(cycle * 3, eventsPerCycle);
    const { ms, result } = timed(() => {
      for (const grant of gone) giveBack(allocator, grant);
      return allocator.allocate(nowMs);
    });
    samples.incremental.push(ms);
    held.push(...result.grants);
  }
  return held;
}

/** What hurt Mesos most (MESOS-4694): everything is declined, again and again, and all those filters are looked at. */
function refusedByMost(
  allocator: Allocator,
  grants: readonly Grant[],
  nowMs: number,
  { nodes }: Size,
): { readonly ms: number; readonly result: Allocation } {
  let given = grants;
  for (let wave = 0; wave < 10 && given.length > nodes / 10; wave++) {
    for (const grant of given) giveBack(allocator, grant, nowMs + 1_000_000);
    given = allocator.allocate(nowMs).grants;
  }
  for (const grant of given) giveBack(allocator, grant, nowMs + 1_000_000);
  return timed(() => allocator.allocate(nowMs));
}

const [nodes = 0, frameworks = 0, rounds = 0] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(measure({ nodes, frameworks }, rounds)));
