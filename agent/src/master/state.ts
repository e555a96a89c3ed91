import { Allocator } from "../allocation/index";
import type { FrameworkInfo } from "../model/framework";
import type { MemberStatus } from "../model/member";
import type { AdmittedNode, NodeInfo } from "../model/node-info";
import type { Offer } from "../model/offer";
import type { Resources } from "../model/resources";
import type { RoleTerms } from "../model/role";
import type { SchedulerEvent } from "../model/scheduler";
import type { TaskReason, TaskSpec, TaskState, TaskStatus } from "../model/task";
import type { MasterMessage } from "../ports/master-link";
import type { Instant } from "../ports/framework";
import { Endings } from "./endings";
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
  readonly tasks: Map<string, KernelTask>;
  readonly offers: Map<string, HeldOffer>;
}

export interface KernelTask {
  readonly spec: TaskSpec;
  readonly node: string;
  /** In whose share it counts. */
  readonly role: string;
  /** The last its agent said of it (or TASK_STAGING). */
  readonly status: TaskStatus;
  /** Its node is lost: what `status` says may no longer be so. */
  readonly unreachable: boolean;
  /** A kill is wanted, and repeated when its agent comes back. */
  readonly kill: string | undefined;
}

export interface KernelFramework {
  readonly id: string;
  /** undefined: known by its tasks only, since an agent came back with them. */
  info: FrameworkInfo | undefined;
  readonly builtIn: boolean;
  /** Those it is in; of one whose info is not known, those its tasks are in. */
  roles: readonly string[];
  connected: boolean;
  /** When it is removed unless a scheduler of it comes back; undefined: it stays. */
  removeAtMs: number | undefined;
  /** Those not forgotten yet. */
  readonly tasks: Set<string>;
  readonly offers: Set<string>;
  readonly endings: Endings;
}

export interface HeldOffer {
  readonly offer: Offer;
  readonly untilMs: number;
}

/**
 * The kernel's soft state of one term, and the effects of the event at hand. Everything here is rebuilt from
 * what agents and the mesh say; durable are only the admitted nodes and the frameworks, which come in from the store.
 */
export class KernelState {
  term = 0;
  at: Instant = { nowMs: 0, wallMs: 0 };
  /** undefined: recovery is over. */
  recoverUntilMs: number | undefined;
  /** The store, or for want of it the copy on disk, has said who is admitted: recovery may end early. */
  nodesKnown = false;
  /** The store itself has said which frameworks there are: a task of any other is nobody's. */
  frameworksKnown = false;
  readonly nodes = new Map<string, KernelNode>();
  readonly members = new Map<string, MemberStatus>();
  /** Up, as the mesh sees it, and not attached: whom a new master waits for. */
  readonly missing = new Set<string>();
  readonly draining = new Set<string>();
  /** The last nodes that were forgotten, and frameworks that were removed. */
  readonly forgotten = new Set<string>();
  readonly removed = new Set<string>();
  readonly tasks = new Map<string, KernelTask>();
  /** Tasks that have ended and whose framework has not acknowledged it, the oldest first. */
  readonly ended = new Set<string>();
  readonly endings = new Endings();
  readonly frameworks = new Map<string, KernelFramework>();
  /** Frameworks that are to hear the outcome of the next allocation even if nothing is there for them. */
  readonly awaitingPass = new Set<string>();
  /** Those that are removed unless a scheduler of theirs comes back in time. */
  readonly awaited = new Set<KernelFramework>();
  /** None of them is removed before this; it may be earlier than the first that really is. */
  nextRemovalMs = Infinity;
  /** In the order in which they time out, for all last equally long. */
  readonly offers = new Map<string, HeldOffer>();
  /** Those an operator has said something of. */
  roles: ReadonlyMap<string, RoleTerms> = new Map();
  readonly allocator = new Allocator();
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

  /** A framework that is not connected asks for all it has missed when it is. */
  tellFramework(framework: string, event: SchedulerEvent): void {
    if (this.frameworks.get(framework)?.connected)
      this.emit({ kind: "to-framework", framework, event });
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

  tasksOn(node: string): KernelTask[] {
    return [...(this.nodes.get(node)?.tasks.values() ?? [])];
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
}

/** A set of the last so many names. */
export function remember(names: Set<string>, name: string, limit = 1000): void {
  names.delete(name);
  names.add(name);
  for (const oldest of names) {
    if (names.size <= limit) return;
    names.delete(oldest);
  }
}
