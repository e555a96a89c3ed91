import { nodeInfo, taskStatus } from "./specs";
import type { FrameworkInfo } from "../../src/model/framework";
import type { MemberStatus } from "../../src/model/member";
import type { AdmittedNode } from "../../src/model/node-info";
import type { SchedulerCall, SchedulerEvent } from "../../src/model/scheduler";
import type { TaskSpec } from "../../src/model/task";
import type { MasterMessage } from "../../src/ports/master-link";
import type { KernelEffect, KernelEvent } from "../../src/master/events";
import { Kernel } from "../../src/master/kernel";
import { builtInInfo } from "../../src/master/registry";

/** A kernel, its clock, and what it has said since last asked, one line an effect. */
export class KernelBench {
  readonly kernel = new Kernel();
  nowMs = 0;
  private said: string[] = [];

  constructor(
    nodes: string[] = [],
    members: Record<string, MemberStatus> = {},
    frameworks = ["services"],
    storeRead = true,
  ) {
    const admitted = nodes.map(admittedNode);
    const builtIn = frameworks.map(builtInInfo);
    this.feed({ kind: "started", term: 7, nodes: admitted, members, frameworks: builtIn });
    if (storeRead) this.feed(desired(admitted));
  }

  feed(event: KernelEvent): this {
    const effects = this.kernel.handle(event, { nowMs: this.nowMs, wallMs: 1e12 + this.nowMs });
    this.said.push(...effects.map(lineOf));
    return this;
  }

  call(call: SchedulerCall, framework = "services"): this {
    return this.feed({ kind: "call", framework, call });
  }

  attach(
    name: string,
    tasks: { spec: TaskSpec; state: "TASK_RUNNING" | "TASK_FINISHED" }[] = [],
  ): this {
    const records = tasks.map(({ spec, state }) => ({
      spec,
      status: taskStatus(spec.id, name, state, { uuid: "u1" }),
    }));
    return this.feed({ kind: "attached", node: nodeInfo(name), tasks: records });
  }

  launch(offerIds: string[], tasks: TaskSpec[], framework?: string): this {
    return this.call({ kind: "accept", offerIds, tasks, refuseMs: 5000 }, framework);
  }

  /** Its agent says that it runs. */
  runs(node: string, spec: TaskSpec): this {
    const status = taskStatus(spec.id, node, "TASK_RUNNING");
    return this.feed({ kind: "status", node, status, spec });
  }

  subscribe(id: string, info: Partial<FrameworkInfo> = {}, suppressedRoles: string[] = []): this {
    const framework = { id, info: frameworkInfo(info) };
    return this.feed({ kind: "subscribe", framework, suppressedRoles });
  }

  member(node: string, status: MemberStatus): this {
    return this.feed({ kind: "member", node, status });
  }

  pass(ms: number): this {
    this.nowMs += ms;
    return this.feed({ kind: "tick" });
  }

  take(): string[] {
    const said = this.said;
    this.said = [];
    return said;
  }

  why(framework = "services"): string[] {
    const at = { nowMs: this.nowMs, wallMs: 0 };
    return this.kernel.refusals(framework, at).map(({ node, rule }) => `${node} ${rule}`);
  }
}

export function frameworkInfo(info: Partial<FrameworkInfo> = {}): FrameworkInfo {
  return { ...builtInInfo("spark"), roles: ["*"], failoverTimeoutMs: 60_000, ...info };
}

export const desired = (
  nodes: readonly AdmittedNode[],
  more: Partial<Extract<KernelEvent, { kind: "desired" }>> = {},
): KernelEvent => ({
  kind: "desired",
  nodes,
  frameworks: [],
  roles: [],
  authoritative: true,
  ...more,
});

export const admittedNode = (name: string): AdmittedNode => ({
  name,
  address: nodeInfo(name).address,
  voter: true,
  draining: false,
});

export function lineOf(effect: KernelEffect): string {
  switch (effect.kind) {
    case "to-agent":
      return `${effect.node} < ${messageLine(effect.message)}`;
    case "to-framework": {
      const to = effect.framework === "services" ? "" : `${effect.framework} < `;
      return `${to}${eventLine(effect.event)}`;
    }
    case "sweep-catalog":
      return `sweep ${effect.node}`;
    case "admit":
      return `admit ${effect.node.name}`;
    case "framework-removed":
      return `removed ${effect.id}`;
    case "disconnect":
      return `disconnect ${effect.node}`;
    case "note":
      return `note ${effect.message}`;
  }
}

function messageLine(message: MasterMessage): string {
  if (message.kind === "attached") return `attached ${message.term}`;
  if (message.kind === "launch") return `launch ${message.spec.id}`;
  const why = message.kind === "kill" ? ` (${message.reason})` : "";
  return `${message.kind} ${message.taskId}${why}`;
}

function eventLine(event: SchedulerEvent): string {
  switch (event.kind) {
    case "offers":
      return [
        "offers",
        ...event.offers.map((one) => `${one.id}:${one.node}:${one.resources.cpus}`),
      ].join(" ");
    case "update":
      return `update ${event.status.taskId} ${event.status.state} ${event.status.reason ?? ""}`.trim();
    case "rescind":
      return `rescind ${event.offerId}`;
    case "drain":
      return `drain ${event.node} ${event.deadlineMs}`;
    case "drain-cancelled":
      return `drain-cancelled ${event.node}`;
    case "failure":
      return `failure ${event.node}`;
    case "subscribed":
      return `subscribed ${event.term}`;
  }
}
