import type { MemberStatus } from "../model/member";
import type { Refusal, SchedulerCall } from "../model/scheduler";
import type { Instant } from "../ports/framework";
import type { KernelEffect, KernelEvent } from "./events";
import * as nodes from "./nodes";
import * as offers from "./offers";
import type { KernelNode, KernelTask } from "./state";
import { KernelState } from "./state";
import * as tasks from "./tasks";

/** How long a new master waits for the agents that the mesh sees before it offers anything. */
export const recoveryMs = 10_000;

/**
 * The master without a world: events in, effects out. It keeps soft state only; after a change of master the
 * agents' listings rebuild it, and until they are in (or `recoveryMs` have passed) nothing is offered, so that
 * nothing is launched twice.
 */
export class Kernel {
  private readonly state = new KernelState();

  handle(event: KernelEvent, at: Instant): KernelEffect[] {
    this.state.at = at;
    this.apply(event);
    this.passTime();
    offers.makeOffers(this.state);
    return this.state.takeEffects();
  }

  /** When the next `tick` is due, monotonic. */
  deadlineMs(): number | undefined {
    const { state } = this;
    const wanting = [...state.frameworks.values()].some((framework) => framework.wantsOffers);
    const due = [
      state.recoverUntilMs,
      wanting ? state.filters.nextExpiryMs() : undefined,
      ...[...state.offers.values()].map((held) => held.untilMs),
      ...[...state.nodes.values()].map((node) => node.drainUntilMs),
    ].filter((one) => one !== undefined);
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  get recovering(): boolean {
    return this.state.recoverUntilMs !== undefined;
  }

  refusals(framework: string, at: Instant): Refusal[] {
    this.state.at = at;
    return offers.refusals(this.state, framework);
  }

  nodes(): ReadonlyMap<string, Readonly<KernelNode>> {
    return this.state.nodes;
  }

  usedOn(name: string): ReturnType<KernelState["usedOn"]> | undefined {
    const node = this.state.nodes.get(name);
    return node && this.state.usedOn(name, node);
  }

  /** Tasks as people see them: those of lost nodes are TASK_UNREACHABLE. */
  tasks(): KernelTask[] {
    return [...this.state.tasks.values()].map((task) => ({
      ...task,
      status: tasks.shownStatus(this.state, task),
    }));
  }

  private apply(event: KernelEvent): void {
    const { state } = this;
    switch (event.kind) {
      case "started":
        this.started(event);
        return;
      case "desired":
        nodes.reconcileAdmitted(state, event.nodes);
        return;
      case "attached":
        nodes.attach(state, event.node, event.tasks);
        return;
      case "detached":
        nodes.detach(state, event.node);
        return;
      case "member":
        nodes.changeMember(state, event.node, event.status);
        return;
      case "status":
        tasks.takeReport(state, event.node, event);
        return;
      case "health":
        nodes.changeHealth(state, event.node, event.unhealthy);
        return;
      case "call":
        this.call(event.framework, event.call);
        return;
      default:
        this.applyOrder(event);
        return;
    }
  }

  /** What operators order, and time. */
  private applyOrder(
    event: Extract<KernelEvent, { kind: "drain" | "undrain" | "forget" | "tick" }>,
  ): void {
    switch (event.kind) {
      case "drain":
        nodes.drain(this.state, event.node, event.deadlineMs);
        return;
      case "undrain":
        nodes.undrain(this.state, event.node);
        return;
      case "forget":
        nodes.forget(this.state, event.node);
        return;
      case "tick":
        return;
    }
  }

  private started(event: Extract<KernelEvent, { kind: "started" }>): void {
    const { state } = this;
    state.term = event.term;
    state.recoverUntilMs = state.at.nowMs + recoveryMs;
    for (const [name, status] of Object.entries(event.members)) state.members.set(name, status);
    for (const framework of event.frameworks) {
      state.frameworks.set(framework, { name: framework, wantsOffers: true, awaitsPass: true });
      state.tellFramework(framework, { kind: "subscribed", framework, term: event.term });
    }
    for (const admitted of event.nodes) {
      nodes.admitKnown(state, admitted);
      // The master before us may have died before it swept.
      if (!state.isReachable(admitted.name))
        state.emit({ kind: "sweep-catalog", node: admitted.name });
    }
  }

  private call(name: string, call: SchedulerCall): void {
    const { state } = this;
    const framework = state.frameworks.get(name);
    if (!framework) return;
    switch (call.kind) {
      case "accept":
        offers.accept(state, name, call);
        return;
      case "decline":
        offers.decline(state, name, call.offerIds, call.refuseMs);
        return;
      case "kill":
        tasks.killTask(state, name, call.taskId, call.reason);
        return;
      case "acknowledge":
        tasks.acknowledge(state, name, call.taskId, call.uuid);
        return;
      case "revive":
        offers.revive(state, framework);
        return;
      case "suppress":
        framework.wantsOffers = false;
        framework.awaitsPass = false;
    }
  }

  private passTime(): void {
    const { state } = this;
    offers.rescindTimedOut(state);
    nodes.endDrains(state);
    if (state.recoverUntilMs === undefined) return;
    // Members too, not only who is admitted: on a cluster's first day nobody is, and the first to attach would get all.
    const awaited = [...state.nodes.keys(), ...state.members.keys()];
    const allBack =
      state.nodesKnown &&
      awaited.every((name) => state.nodes.get(name)?.attached || !isUp(state.members.get(name)));
    if (allBack || state.recoverUntilMs <= state.at.nowMs) state.recoverUntilMs = undefined;
  }
}

/** `suspect` is up: until the mesh has decided, its agent may well come back. */
function isUp(status: MemberStatus | undefined): boolean {
  return status === "alive" || status === "suspect";
}
