import { plainFramework } from "../../src/model/framework";
import type { AgentFigures, Inventory, ListedTask, MasterFigures } from "../../src/ports/figures";
import { nodeInfo, taskSpec, taskStatus } from "./specs";

/** Complete figures for tests: a test names only what it is about. */
export function sampleAgentFigures(changes: Partial<AgentFigures> = {}): AgentFigures {
  return {
    cluster: "demo",
    node: "n1",
    version: "0.1.0",
    members: { alive: 3, suspect: 1, dead: 0, left: 0 },
    healthScore: 2,
    term: 7,
    voter: true,
    acting: true,
    masterKnown: true,
    mastersFollowed: 4,
    attached: true,
    consulAnswers: true,
    dockerAnswers: false,
    tasks: { TASK_RUNNING: 5, TASK_FAILED: 1 },
    containerFailures: [{ operation: "create", fault: "port-taken", count: 3 }],
    ...changes,
  };
}

export function sampleMasterFigures(changes: Partial<MasterFigures> = {}): MasterFigures {
  return {
    uptimeMs: 12_500,
    recovering: false,
    nodes: { active: 3, unhealthy: 1, draining: 1, detached: 2, unreachable: 1 },
    total: { cpus: 20, memMiB: 40_000, diskMiB: 1000 },
    allocated: { cpus: 5, memMiB: 4000, diskMiB: 0 },
    tasks: [
      {
        framework: "services",
        role: "services",
        states: { TASK_RUNNING: 10, TASK_UNREACHABLE: 1 },
      },
      { framework: "spark", role: "eng/batch", states: { TASK_STAGING: 2, TASK_RUNNING: 4 } },
    ],
    ended: { TASK_FINISHED: 8, TASK_LOST: 2 },
    offers: 6,
    frameworks: { connected: 2, disconnected: 1 },
    store: { waiting: 1, written: 30, failed: 2 },
    ...changes,
  };
}

export function sampleInventory(changes: Partial<Inventory> = {}): Inventory {
  return { electedAtMs: 1_700_000_000_500, nodes: [], frameworks: [], tasks: [], ...changes };
}

export function sampleListedFramework(
  id: string,
  changes: Partial<Inventory["frameworks"][number]> = {},
): Inventory["frameworks"][number] {
  return {
    id,
    info: plainFramework(`name of ${id}`, ["eng"]),
    builtIn: false,
    connected: true,
    removedAtMs: undefined,
    tasks: 1,
    offers: 0,
    ended: { TASK_FINISHED: 2 },
    ...changes,
  };
}

export function sampleListedTask(
  id: string,
  framework: string,
  state: ListedTask["status"]["state"] = "TASK_RUNNING",
): ListedTask {
  const env = { PASSWORD: "hunter2" };
  const { name: node } = nodeInfo("n1");
  const spec = taskSpec(id, { framework, env, command: ["serve", "hunter2"], labels: { a: "b" } });
  return { spec, status: taskStatus(id, node, state), role: "eng" };
}
