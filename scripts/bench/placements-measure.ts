/**
 * One size of cluster, filled wave by wave: `node BUNDLE NODES TASKS SERVICES WAVES` prints `PlacementSamples` as JSON.
 * `placements.ts` runs it, bundled as the agent is.
 */
import type { NodeInfo } from "../../agent/src/model/node-info";
import type { Resources } from "../../agent/src/model/resources";
import type { ServiceSpec } from "../../agent/src/model/service";
import { nodeInfo, serviceSpec } from "../../agent/test/fakes/specs";
import type { Term } from "../../agent/src/master/term";
import { Fleet } from "./fleet";
import { coreMs } from "./mesh/core-time";
import { newTerm } from "./term-world";

interface Size {
  readonly nodes: number;
  readonly tasks: number;
  readonly services: number;
  readonly waves: number;
}

export interface PlacementSamples {
  /** Microseconds of cores for one placement, wave by wave. */
  readonly coreUs: number[];
  /** The same on the wall. */
  readonly wallUs: number[];
  /** Of what was wanted, in percent. */
  readonly placed: number;
  /** Of what the nodes have, in percent. */
  readonly cpus: number;
  readonly memory: number;
  /** Resident, of the whole process. */
  readonly memoryMiB: number;
}

/** Three shapes of machines, as the allocator's bench has them. */
const shapes: readonly Omit<Resources, "ports">[] = [
  { cpus: 16, memMiB: 64_000, diskMiB: 500_000 },
  { cpus: 48, memMiB: 256_000, diskMiB: 2_000_000 },
  { cpus: 96, memMiB: 384_000, diskMiB: 4_000_000 },
];
const ports = [{ begin: 31_000, end: 32_000 }];
/** So much of the cluster's cpus, and of its memory, is asked for in all. */
const wantedPart = 0.95;

function machine(index: number): NodeInfo {
  const shape = shapes[index % shapes.length] ?? { cpus: 0, memMiB: 0, diskMiB: 0 };
  const attributes = { rack: `r${index % 40}` };
  return nodeInfo(`node${index}`, { resources: { ...shape, ports }, attributes });
}

/** Large and small ones, each with a port. */
function serviceOf(index: number, size: Size): ServiceSpec {
  const parts = 1 + (index % 3);
  const mean = { cpus: 0, memMiB: 0 };
  for (const { cpus, memMiB } of shapes) {
    mean.cpus += (cpus * size.nodes * wantedPart) / shapes.length / size.tasks;
    mean.memMiB += (memMiB * size.nodes * wantedPart) / shapes.length / size.tasks;
  }
  return serviceSpec(`service${String(index).padStart(4, "0")}`, {
    instances: size.tasks / size.services,
    cpus: Math.round((mean.cpus * parts * 1000) / 2) / 1000,
    memMiB: Math.floor((mean.memMiB * parts) / 2),
    ports: [{ name: "http", containerPort: 80, hostPort: undefined, protocol: "tcp" }],
  });
}

async function measure(size: Size): Promise<PlacementSamples> {
  const nodes = Array.from({ length: size.nodes }, (_, index) => machine(index));
  const term = newTerm(nodes, {});
  const fleet = new Fleet(term);
  term.start();
  for (const node of nodes) fleet.attach(node);
  await term.writer.settled();
  const times: { coreUs: number[]; wallUs: number[] } = { coreUs: [], wallUs: [] };
  const perWave = size.services / size.waves;
  for (let wave = 0; wave < size.waves; wave++) {
    const specs = Array.from({ length: perWave }, (_, n) => serviceOf(wave * perWave + n, size));
    const before = { launched: fleet.launched, coreMs: coreMs(), wallMs: performance.now() };
    await term.writer.commit(specs.map((spec) => ({ kind: "put-service", spec })));
    fleet.work();
    const placed = fleet.launched - before.launched;
    times.coreUs.push(((coreMs() - before.coreMs) * 1000) / placed);
    times.wallUs.push(((performance.now() - before.wallMs) * 1000) / placed);
  }
  if (fleet.acknowledged !== fleet.launched)
    throw new Error(`of ${fleet.launched} launched only ${fleet.acknowledged} were acknowledged`);
  const placed = (fleet.launched / size.tasks) * 100;
  const memoryMiB = process.memoryUsage().rss / 2 ** 20;
  return { ...times, placed, ...utilisation(term, nodes), memoryMiB };
}

function utilisation(
  term: Term,
  nodes: readonly NodeInfo[],
): Pick<PlacementSamples, "cpus" | "memory"> {
  const sum = { cpus: 0, memory: 0, usedCpus: 0, usedMemory: 0 };
  for (const { name, resources } of nodes) {
    sum.cpus += resources.cpus;
    sum.memory += resources.memMiB;
    sum.usedCpus += term.kernel.usedOn(name)?.cpus ?? 0;
    sum.usedMemory += term.kernel.usedOn(name)?.memMiB ?? 0;
  }
  const percent = (part: number, whole: number): number => (part / whole) * 100;
  return { cpus: percent(sum.usedCpus, sum.cpus), memory: percent(sum.usedMemory, sum.memory) };
}

const [nodes = 0, tasks = 0, services = 0, waves = 0] = process.argv.slice(2).map(Number);
void measure({ nodes, tasks, services, waves }).then((samples) => {
  console.log(JSON.stringify(samples));
  process.exit(0);
});
