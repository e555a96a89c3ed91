import type { Resources } from "../model/resources";
import type { Refusal, SchedulerCall } from "../model/scheduler";
import type { RoleView } from "../contract/index";
import type { TaskCounts } from "../ports/figures";
import type { Instant, Supply } from "../ports/framework";
import type { KernelEffect, KernelEvent } from "./events";
import * as frameworks from "./frameworks";
import { freeSupply } from "./free-supply";
import { countHeld, usedOn } from "./holdings";
import { accept } from "./launch";
import * as nodes from "./nodes";
import * as offers from "./offers";
import { reconcile } from "./reconciliation";
import { roleViews, setRoles } from "./roles";
import type { KernelFramework, KernelNode, KernelTask } from "./state";
import { KernelState } from "./state";
import * as taskCalls from "./task-calls";
import * as tasks from "./tasks";

/** How long a new master waits for the agents that the mesh sees before it offers anything. */
export const recoveryMs = 10_000;

type KernelOrder = Extract<
  KernelEvent,
  {
    kind:
      | "subscribe"
      | "update-framework"
      | "disconnect"
      | "teardown"
      | "roles"
      | "drain"
      | "undrain"
      | "forget"
      | "tick";
  }
>;

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
    const [oldestOffer] = state.offers.values();
    let dueMs = Math.min(
      state.recoverUntilMs ?? Infinity,
      state.allocator.nextMs() ?? Infinity,
      oldestOffer?.untilMs ?? Infinity,
      state.nextRemovalMs,
    );
    for (const name of state.draining)
      dueMs = Math.min(dueMs, state.nodes.get(name)?.drainUntilMs ?? Infinity);
    return dueMs === Infinity ? undefined : dueMs;
  }

  get recovering(): boolean {
    return this.state.recoverUntilMs !== undefined;
  }

  refusals(id: string, at: Instant): Refusal[] {
    this.state.at = at;
    const framework = this.state.frameworks.get(id);
    return framework ? offers.refusals(this.state, framework) : [];
  }

  /** What its nodes have that no task holds; nothing where there is no such framework. */
  supply(id: string, at: Instant): Supply {
    this.state.at = at;
    return freeSupply(this.state, this.state.frameworks.get(id));
  }

  frameworks(): ReadonlyMap<string, Readonly<KernelFramework>> {
    return this.state.frameworks;
  }

  roles(): RoleView[] {
    return roleViews(this.state);
  }

  /** It was there and was removed, in this term. */
  wasRemoved(framework: string): boolean {
    return this.state.removed.has(framework);
  }

  nodes(): ReadonlyMap<string, Readonly<KernelNode>> {
    return this.state.nodes;
  }

  usedOn(name: string): Resources | undefined {
    const node = this.state.nodes.get(name);
    return node && usedOn(node);
  }

  /** How many have not ended. */
  liveTasksOn(name: string): number {
    const node = this.state.nodes.get(name);
    return node ? countHeld(node) : 0;
  }

  /** Tasks as people see them: those of lost nodes are TASK_UNREACHABLE. */
  tasks(): KernelTask[] {
    return [...this.state.tasks.values()].map((task) => ({
      ...task,
      status: tasks.shownStatus(this.state, task),
    }));
  }

  /** How tasks have ended in this term. */
  ended(): TaskCounts {
    return this.state.endings.all();
  }

  private apply(event: KernelEvent): void {
    const { state } = this;
    switch (event.kind) {
      case "started":
        this.started(event);
        return;
      case "desired":
        nodes.reconcileAdmitted(state, event.nodes);
        setRoles(state, event.roles);
        frameworks.reconcileKnown(state, event.frameworks, event.authoritative);
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

  /** What frameworks and operators order, and time. */
  private applyOrder(event: KernelOrder): void {
    const { state } = this;
    switch (event.kind) {
      case "subscribe":
        frameworks.subscribe(state, event.framework, event.suppressedRoles);
        return;
      case "update-framework":
        frameworks.update(state, event.framework);
        return;
      case "disconnect":
        frameworks.disconnect(state, event.framework);
        return;
      case "teardown":
        frameworks.remove(state, event.framework);
        return;
      case "roles":
        setRoles(state, event.roles);
        return;
      case "drain":
        nodes.drain(state, event.node, event.deadlineMs);
        return;
      case "undrain":
        nodes.undrain(state, event.node);
        return;
      case "forget":
        nodes.forget(state, event.node);
        return;
      case "tick":
        return;
    }
  }

  private started(event: Extract<KernelEvent, { kind: "started" }>): void {
    const { state } = this;
    state.term = event.term;
    state.recoverUntilMs = state.at.nowMs + recoveryMs;
    for (const [name, status] of Object.entries(event.members))
      nodes.changeMember(state, name, status);
    for (const info of event.frameworks) frameworks.addBuiltIn(state, info);
    for (const admitted of event.nodes) {
      nodes.admitKnown(state, admitted);
      // The master before us may have died before it swept.
      if (!state.isReachable(admitted.name))
        state.emit({ kind: "sweep-catalog", node: admitted.name });
    }
  }

  private call(id: string, call: SchedulerCall): void {
    const { state } = this;
    const framework = state.frameworks.get(id);
    if (!framework?.connected) return;
    switch (call.kind) {
      case "accept":
        accept(state, framework, call);
        return;
      case "decline":
        offers.decline(state, framework, call.offerIds, call.refuseMs);
        return;
      case "kill":
        taskCalls.killTask(state, id, call);
        return;
      case "acknowledge":
        taskCalls.acknowledge(state, id, call.taskId, call.uuid);
        return;
      case "reconcile":
        reconcile(state, id, call.tasks);
        return;
      case "revive":
        offers.revive(state, framework, call.roles);
        return;
      case "suppress":
        offers.suppress(state, framework, call.roles);
    }
  }

  private passTime(): void {
    const { state } = this;
    offers.rescindTimedOut(state);
    nodes.endDrains(state);
    frameworks.removeOverdue(state);
    if (state.recoverUntilMs === undefined) return;
    // Members too, not only who is admitted: on a cluster's first day nobody is, and the first to attach would get all.
    const allBack = state.nodesKnown && state.missing.size === 0;
    if (allBack || state.recoverUntilMs <= state.at.nowMs) state.recoverUntilMs = undefined;
  }
}
