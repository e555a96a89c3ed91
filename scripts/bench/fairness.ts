import { Kernel } from "../../agent/src/master/kernel";
import type { KernelEffect, KernelEvent } from "../../agent/src/master/events";
import { plainFramework } from "../../agent/src/model/framework";
import type { Offer } from "../../agent/src/model/offer";
import { coversResources, subtractResources } from "../../agent/src/model/resources";
import type { TaskSpec, TaskState } from "../../agent/src/model/task";
import { taskResources } from "../../agent/src/model/task";
import { SeededRandom } from "../../agent/test/fakes/seeded-random";
import { nodeInfo, taskSpec, taskStatus } from "../../agent/test/fakes/specs";

const nodes = 500;
const roles = 10;
/** In each role, and each with a kind of task of its own. */
const frameworksPerRole = 2;
/** The part of all tasks that ends between two rounds, and the rounds. */
const endingPart = 0.1;
const rounds = 60;
const refuseMs = 1000;

export interface Fairness {
  /** Jain's index over the roles' dominant shares: 1 is perfectly even, 1/roles where one has all. */
  readonly jainAtFirst: number;
  readonly jain: number;
  /** Of the cpus, in percent. */
  readonly cpus: number;
}

/**
 * External frameworks, without their HTTP: each takes of every offer as much as it can use, for ever. One is there
 * alone and has filled the cluster when the others come; then tasks end by chance, and what they held goes to whom the
 * allocator says.
 */
export function measureFairness(): Fairness {
  const cluster = new Cluster();
  cluster.subscribe(0);
  const alone = cluster.jain();
  for (let framework = 1; framework < roles * frameworksPerRole; framework++)
    cluster.subscribe(framework);
  for (let round = 0; round < rounds; round++) cluster.endSome();
  return { jainAtFirst: alone, jain: cluster.jain(), cpus: cluster.cpus() };
}

class Cluster {
  private readonly kernel = new Kernel();
  private readonly random = new SeededRandom("fairness");
  private readonly running = new Map<string, { spec: TaskSpec; node: string }>();
  private nowMs = 0;
  private made = 0;

  constructor() {
    const names = Array.from({ length: nodes }, (_, index) => `node${index}`);
    const members = Object.fromEntries(names.map((name) => [name, "alive" as const]));
    this.happen({ kind: "started", term: 1, nodes: [], members, frameworks: [] });
    const nothing = { nodes: [], frameworks: [], roles: [], authoritative: true };
    this.happen({ kind: "desired", ...nothing });
    for (const name of names) this.happen({ kind: "attached", node: machine(name), tasks: [] });
  }

  subscribe(index: number): void {
    const role = `role${index % roles}`;
    const info = { ...plainFramework(`f${index}`, [role]), failoverTimeoutMs: 1e9 };
    this.happen({ kind: "subscribe", framework: { id: `f${index}`, info }, suppressedRoles: [] });
  }

  /** Filters end meanwhile. */
  endSome(): void {
    this.nowMs += 2 * refuseMs;
    for (const { spec, node } of [...this.running.values()]) {
      if (!this.random.chance(endingPart)) continue;
      this.running.delete(spec.id);
      this.report(spec, node, "TASK_FINISHED");
    }
    this.happen({ kind: "tick" });
  }

  jain(): number {
    const shares = Array.from({ length: roles }, (_, index) => this.shareOf(`role${index}`));
    const sum = shares.reduce((a, b) => a + b, 0);
    return sum ** 2 / (roles * shares.reduce((a, b) => a + b * b, 0));
  }

  cpus(): number {
    let [used, total] = [0, 0];
    for (const [name, { info }] of this.kernel.nodes()) {
      used += this.kernel.usedOn(name)?.cpus ?? 0;
      total += info?.resources.cpus ?? 0;
    }
    return (used / total) * 100;
  }

  private shareOf(role: string): number {
    return this.kernel.roles().find((one) => one.name === role)?.dominantShare ?? 0;
  }

  private happen(event: KernelEvent): void {
    const at = { nowMs: this.nowMs, wallMs: this.nowMs };
    for (const effect of this.kernel.handle(event, at)) this.perform(effect);
  }

  private perform(effect: KernelEffect): void {
    if (effect.kind === "to-agent" && effect.message.kind === "launch") {
      const { spec } = effect.message;
      this.running.set(spec.id, { spec, node: effect.node });
      this.report(spec, effect.node, "TASK_RUNNING");
    }
    if (effect.kind !== "to-framework") return;
    const { framework, event } = effect;
    if (event.kind === "offers") for (const offer of event.offers) this.use(framework, offer);
    if (event.kind === "update" && event.status.uuid !== "") {
      const { taskId, uuid } = event.status;
      this.happen({ kind: "call", framework, call: { kind: "acknowledge", taskId, uuid } });
    }
  }

  private use(framework: string, offer: Offer): void {
    const tasks: TaskSpec[] = [];
    let { resources } = offer;
    for (;;) {
      const spec = this.taskOf(framework);
      if (!coversResources(resources, taskResources(spec))) break;
      resources = subtractResources(resources, taskResources(spec));
      tasks.push(spec);
    }
    const call = { kind: "accept", offerIds: [offer.id], tasks, refuseMs } as const;
    this.happen({ kind: "call", framework, call });
  }

  /** Some need cpus above all, some memory. */
  private taskOf(framework: string): TaskSpec {
    const shape = Number(framework.slice(1)) % 4;
    return taskSpec(`${framework}.${++this.made}`, {
      framework,
      cpus: [1, 0.5, 2, 0.25][shape] ?? 1,
      memMiB: [1000, 4000, 2000, 3000][shape] ?? 1000,
    });
  }

  private report(spec: TaskSpec, node: string, state: TaskState): void {
    const status = taskStatus(spec.id, node, state, { uuid: `${spec.id}/${state}` });
    this.happen({ kind: "status", node, spec, status });
  }
}

function machine(name: string): ReturnType<typeof nodeInfo> {
  return nodeInfo(name, {
    resources: { cpus: 32, memMiB: 128_000, diskMiB: 0, ports: [{ begin: 31_000, end: 32_000 }] },
  });
}
