import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram } from "../bundle";
import { measureFairness } from "./fairness";
import type { Figure } from "./figure";
import type { PlacementSamples } from "./placements-measure";

interface Size {
  readonly nodes: number;
  readonly tasks: number;
  readonly services: number;
  /** So many times services are put at once; all have been placed before the next. */
  readonly waves: number;
  /** Microseconds of cores that a placement may take. */
  readonly goal?: number;
}

const sizes: readonly Size[] = [
  { nodes: 1000, tasks: 100_000, services: 500, waves: 5 },
  // 50,000 a second.
  { nodes: 5000, tasks: 1_000_000, services: 1000, waves: 10, goal: 20 },
];
const heapMiB = 8192;
const timeoutMs = 600_000;

/**
 * The master's term as it is (kernel, allocator, services framework, the loop between them) over a store and agents that
 * answer at once: from services that are put, by offers, accepted, and launch messages, to the acknowledgement of the
 * running task. Each size in a process of its own, bundled as the agent is; core time, with the collector's threads.
 */
export async function runPlacementsBench(rounds: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "covey-bench-placements-"));
  try {
    const bundle = join(folder, "placements-measure");
    await bundleProgram(join(__dirname, "placements-measure.ts"), bundle);
    const figures = sizes.flatMap((size) => {
      const runs = Array.from({ length: rounds }, () => measured(bundle, size));
      return figuresOf(size, runs);
    });
    return [...figures, ...fairness()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(bundle: string, size: Size): PlacementSamples {
  const { nodes, tasks, services, waves } = size;
  const args = [`--max-old-space-size=${heapMiB}`, bundle, nodes, tasks, services, waves].map(
    String,
  );
  const options = { encoding: "utf8", timeout: timeoutMs } as const;
  return JSON.parse(execFileSync(process.execPath, args, options)) as PlacementSamples;
}

function figuresOf(size: Size, runs: readonly PlacementSamples[]): Figure[] {
  const name = `${size.tasks} tasks, ${size.services} services, ${size.nodes} nodes`;
  const goal = size.goal === undefined ? {} : { goal: size.goal };
  const all = (pick: (run: PlacementSamples) => number | readonly number[]) => runs.flatMap(pick);
  return [
    { name: `${name}: a placement`, unit: "us", samples: all((run) => run.coreUs), ...goal },
    {
      name: `${name}: decided in a second of the wall`,
      unit: "",
      samples: all((run) => run.wallUs.map((us) => 1e6 / us)),
    },
    { name: `${name}: placed of wanted`, unit: "%", samples: all((run) => run.placed) },
    { name: `${name}: cpus in use`, unit: "%", samples: all((run) => run.cpus) },
    { name: `${name}: memory in use`, unit: "%", samples: all((run) => run.memory) },
    { name: `${name}: resident`, unit: "MiB", samples: all((run) => run.memoryMiB) },
  ];
}

function fairness(): Figure[] {
  const { jainAtFirst, jain, cpus } = measureFairness();
  return [
    {
      name: "20 frameworks in 10 roles: Jain's index, one alone",
      unit: "",
      samples: [jainAtFirst],
    },
    { name: "20 frameworks in 10 roles: Jain's index in the end", unit: "", samples: [jain] },
    { name: "20 frameworks in 10 roles: cpus in use", unit: "%", samples: [cpus] },
  ];
}
