import type { AllocatableNode } from "../allocation/index";
import { OfferFilters } from "../allocation/index";
import type { MemberStatus } from "../model/member";
import type { AdmittedNode, NodeInfo } from "../model/node-info";
import type { Offer } from "../model/offer";
import type { Resources } from "../model/resources";
import { noResources, sumResources } from "../model/resources";
import type { SchedulerEvent } from "../model/scheduler";
import type { TaskReason, TaskSpec, TaskState, TaskStatus } from "../model/task";
import { isTerminal, taskResources } from "../model/task";
import type { MasterMessage } from "../ports/master-link";
import type { Instant } from "../ports/framework";
import type { KernelEffect } from "./events";

export interface KernelNode {
  admitted: AdmittedNode;
  /** As of its last attach in this term. */
  info: NodeInfo | undefined;
  attached: boolean;
  /** When what still runs on it is killed; undefined: not draining, or done. */
  drainUntilMs: number | undefined;
  /** Memo of what its tasks hold; dropped whenever one of them changes. */
  used: Resources | undefined;
}

export interface KernelTask {
  readonly spec: TaskSpec;
  readonly node: string;
  /** The last its agent said of it (or TASK_STAGING). */
  readonly status: TaskStatus;
  /** Its node is lost: what `status` says may no longer be so. */
  readonly unreachable: boolean;
  /** A kill is wanted, and repeated when its agent comes back. */
  readonly kill: string | undefined;
}

export interface KernelFramework {
  readonly name: string;
  wantsOffers: boolean;
  /** It is to hear the outcome of the next allocation even if nothing is there for it. */
  awaitsPass: boolean;
}

export interface HeldOffer {
  readonly offer: Offer;
  readonly untilMs: number;
}

/**
 * The kernel's soft state of one term, and the effects of the event at hand. Everything here is rebuilt from
 * what agents and the mesh say; the only durable part, the admitted nodes, comes in from the store.
 */
export class KernelState {
  term = 0;
  at: Instant = { nowMs: 0, wallMs: 0 };
  /** undefined: recovery is over. */
  recoverUntilMs: number | undefined;
  /** The store, or for want of it the copy on disk, has said who is admitted: recovery may end early. */
  nodesKnown = false;
  readonly nodes = new Map<string, KernelNode>();
  readonly members = new Map<string, MemberStatus>();
  readonly tasks = new Map<string, KernelTask>();
  readonly frameworks = new Map<string, KernelFramework>();
  readonly offers = new Map<string, HeldOffer>();
  readonly filters = new OfferFilters();
  offersMade = 0;
  private effects: KernelEffect[] = [];

  emit(effect: KernelEffect): void {
    this.effects.push(effect);
  }

  takeEffects(): KernelEffect[] {
    const effects = this.effects;
    this.effects = [];
    return effects;
  }

  /** To an agent that is not attached nothing can be said; it is told what matters when it comes back. */
  tellAgent(node: string, message: MasterMessage): void {
    if (this.nodes.get(node)?.attached) this.emit({ kind: "to-agent", node, message });
  }

  tellFramework(framework: string, event: SchedulerEvent): void {
    if (this.frameworks.has(framework)) this.emit({ kind: "to-framework", framework, event });
  }

  tellAllFrameworks(event: SchedulerEvent): void {
    for (const framework of this.frameworks.keys()) this.tellFramework(framework, event);
  }

  /**
   * Not so where the node has left, or has died by both witnesses: the mesh buried it, and its stream has ended. One
   * is not enough to move its tasks: after a partition stale rumours of death go round, and a stream ends with its agent.
   */
  isReachable(node: string): boolean {
    const status = this.members.get(node);
    if (status === "dead") return this.nodes.get(node)?.attached === true;
    return status !== "left";
  }

  putTask(task: KernelTask): void {
    this.tasks.set(task.spec.id, task);
    this.forgetUsed(task.node);
  }

  removeTask(task: KernelTask): void {
    this.tasks.delete(task.spec.id);
    this.forgetUsed(task.node);
  }

  tasksOn(node: string): KernelTask[] {
    return [...this.tasks.values()].filter((task) => task.node === node);
  }

  usedOn(name: string, node: KernelNode): Resources {
    node.used ??= sumResources(
      this.tasksOn(name)
        .filter((task) => !isTerminal(task.status.state))
        .map((task) => taskResources(task.spec)),
    );
    return node.used;
  }

  /** A status of our own making: no agent resends it, so no acknowledgement is due. */
  ownStatus(
    task: { readonly id: string; readonly node: string },
    state: TaskState,
    reason: TaskReason | undefined,
    message: string,
  ): TaskStatus {
    return {
      taskId: task.id,
      state,
      reason,
      message,
      healthy: undefined,
      node: task.node,
      containerId: undefined,
      exitCode: undefined,
      atMs: this.at.wallMs,
      uuid: "",
    };
  }

  allocatable(name: string, node: KernelNode): AllocatableNode {
    const offered = [...this.offers.values()].filter((held) => held.offer.node === name);
    return {
      name,
      total: node.info?.resources ?? noResources,
      used: this.usedOn(name, node),
      offered: sumResources(offered.map((held) => held.offer.resources)),
      unfit: this.unfit(name, node),
    };
  }

  private unfit(name: string, node: KernelNode): AllocatableNode["unfit"] {
    const status = this.members.get(name);
    if (status === "dead")
      return { rule: "unreachable", message: "the mesh has lost it: it is dead or cut off" };
    if (status === "left") return { rule: "left", message: "it has left the cluster" };
    if (!node.attached)
      return {
        rule: "detached",
        message: `its agent is not connected to the master (the mesh sees it ${status ?? "not at all"})`,
      };
    if (node.admitted.draining) return { rule: "draining", message: "it is being drained" };
    const unhealthy = node.info?.unhealthy;
    return unhealthy === undefined ? undefined : { rule: "unhealthy", message: unhealthy };
  }

  private forgetUsed(node: string): void {
    const known = this.nodes.get(node);
    if (known) known.used = undefined;
  }
}
