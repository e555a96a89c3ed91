import { setTimeout as sleep } from "node:timers/promises";
import type { Figure } from "../figure";
import { processorMs, residentMb } from "../process-cost";
import { benchImage, withOneAgent, type OneAgent } from "./one-agent";

const tasks = 100;
/** After a start, before anything is measured. */
const restMs = 20_000;
const sampleMs = 10_000;

interface Costs {
  readonly rssMb: number[];
  /** Of one core. */
  readonly cpuPercent: number[];
}

/**
 * One real agent that is voter and master too, its Consul not counted: memory (MB, 10^6 bytes) and processor of its process when it has
 * nothing to do, and with a hundred tasks that it checks by HTTP every ten seconds. A sample takes ten seconds.
 */
export function runAgentCostBench(rounds: number): Promise<Figure[]> {
  return withOneAgent("bench-cost", async (node) => {
    await sleep(restMs, undefined, { signal: node.signal });
    const idle = await measure(node, rounds);
    await node.run({
      name: "web",
      image: benchImage,
      instances: tasks,
      command: ["httpd", "-f", "-p", "80", "-h", "/"],
      cpus: 0.1,
      memMiB: 16,
      ports: [{ name: "http", containerPort: 80 }],
      health: { kind: "http", port: "http", path: "/.dockerenv", intervalMs: 10_000 },
    });
    await sleep(restMs, undefined, { signal: node.signal });
    const busy = await measure(node, rounds);
    return [
      ...figuresOf("idle", idle, { rssMb: 70 }),
      ...figuresOf(`${tasks} tasks`, busy, { rssMb: 90 }),
    ];
  });
}

function figuresOf(what: string, costs: Costs, goal: { readonly rssMb: number }): Figure[] {
  return [
    { name: `RSS, ${what}`, unit: "MB", samples: costs.rssMb, goal: goal.rssMb },
    { name: `processor, ${what}`, unit: "% of a core", samples: costs.cpuPercent, goal: 1 },
  ];
}

async function measure(node: OneAgent, samples: number): Promise<Costs> {
  const costs: Costs = { rssMb: [], cpuPercent: [] };
  for (let sample = 0; sample < samples; sample++) {
    const before = { atMs: performance.now(), usedMs: processorMs(node.pid()) };
    await sleep(sampleMs, undefined, { signal: node.signal });
    const tookMs = performance.now() - before.atMs;
    costs.cpuPercent.push(((processorMs(node.pid()) - before.usedMs) / tookMs) * 100);
    costs.rssMb.push(residentMb(node.pid()));
  }
  return costs;
}
