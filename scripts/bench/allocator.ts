import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram } from "../bundle";
import type { Samples } from "./allocator-measure";
import type { Figure } from "./figure";

interface Size {
  readonly nodes: number;
  readonly frameworks: number;
  /** Milliseconds of a core that a full cycle may take. */
  readonly goal: number | undefined;
  /**
   * Mesos' own, of 1.7.1 and 1.8.0, read off the chart in its blog of 2018-10-08 (one role, no filters): where
   * that gives a range, the middle of it.
   */
  readonly mesosMs: number;
}

const sizes: readonly Size[] = [
  { nodes: 1000, frameworks: 100, goal: undefined, mesosMs: 100 },
  { nodes: 10_000, frameworks: 1000, goal: 100, mesosMs: 1250 },
  { nodes: 20_000, frameworks: 2000, goal: 400, mesosMs: 4100 },
];
const memoryGoalMiB = 1024;
const timeoutMs = 300_000;

/**
 * Each size in a process of its own, from one bundle, which is how the agent runs: through a loader every call from
 * one module to another costs extra, half as much again in all. Core time: other work on the machine does not count.
 */
export async function runAllocatorBench(rounds: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "covey-bench-allocator-"));
  try {
    const bundle = join(folder, "allocator-measure");
    await bundleProgram(join(__dirname, "allocator-measure.ts"), bundle);
    return sizes.flatMap((size) => figuresOf(size, measured(bundle, size, rounds)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(bundle: string, { nodes, frameworks }: Size, rounds: number): Samples {
  const numbers = [nodes, frameworks, rounds].map(String);
  const options = { encoding: "utf8", timeout: timeoutMs } as const;
  return JSON.parse(execFileSync(process.execPath, [bundle, ...numbers], options)) as Samples;
}

function figuresOf(size: Size, samples: Samples): Figure[] {
  const name = `${size.nodes} nodes, ${size.frameworks} frameworks`;
  const goal = size.goal === undefined ? {} : { goal: size.goal };
  const peer = { name: "Mesos 1.7, published", samples: [size.mesosMs] };
  return [
    { name: `${name}: full cycle`, unit: "ms", samples: samples.full, ...goal, peer },
    { name: `${name}: cycle after ten events`, unit: "ms", samples: samples.incremental },
    { name: `${name}: everything refused by most`, unit: "ms", samples: samples.refused },
    { name: `${name}: memory`, unit: "MiB", samples: samples.memoryMiB, goal: memoryGoalMiB },
  ];
}
