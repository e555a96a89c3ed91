import type { Offer } from "./offer";
import type { TaskSpec, TaskStatus } from "./task";

/**
 * The scheduler interface: what passes between the kernel and any framework, built in or external
 * (Mesos v1 scheduler API, include/mesos/v1/scheduler/scheduler.proto, less what we do not have yet).
 */
export type SchedulerEvent =
  /** Sent once per term. `recovered` false: agents are still coming back, offers follow later. */
  | {
      readonly kind: "subscribed";
      readonly framework: string;
      readonly term: number;
    }
  | { readonly kind: "offers"; readonly offers: readonly Offer[] }
  | { readonly kind: "rescind"; readonly offerId: string }
  /** `labels` are those the framework gave the task. */
  | {
      readonly kind: "update";
      readonly status: TaskStatus;
      readonly spec: TaskSpec;
    }
  /** Like Mesos' inverse offer: move your tasks off this node; the rest is killed at the deadline. */
  | {
      readonly kind: "drain";
      readonly node: string;
      readonly deadlineMs: number;
    }
  | { readonly kind: "drain-cancelled"; readonly node: string }
  /** The node is gone for good, or lost: what ran there is told of task by task (Mesos FAILURE). */
  | { readonly kind: "failure"; readonly node: string };

export type SchedulerCall =
  /**
   * Launches tasks on the offers of one node and one role; what is not used goes back, filtered for `refuseMs`. A task that
   * cannot be launched is answered with an `update`: TASK_DROPPED where the offers are not held, TASK_ERROR where the task is
   * wrong (more than was offered, an id that exists).
   */
  | {
      readonly kind: "accept";
      readonly offerIds: readonly string[];
      readonly tasks: readonly TaskSpec[];
      readonly refuseMs: number;
    }
  | {
      readonly kind: "decline";
      readonly offerIds: readonly string[];
      readonly refuseMs: number;
    }
  /** `node`: where the framework believes it to be; of a task that is elsewhere nothing is killed. */
  | {
      readonly kind: "kill";
      readonly taskId: string;
      readonly reason: string;
      readonly node?: string | undefined;
    }
  | {
      readonly kind: "acknowledge";
      readonly taskId: string;
      readonly uuid: string;
    }
  /** Wants offers (again) in these roles, undefined: in all of its; clears its filters there. */
  | { readonly kind: "revive"; readonly roles?: readonly string[] | undefined }
  | { readonly kind: "suppress"; readonly roles?: readonly string[] | undefined }
  /**
   * Asks for the state of these tasks, or of all that are not ended where none is named. Each is answered with an `update` of
   * reason `reconciliation` and without uuid, or with nothing while it cannot be known yet: ask again
   * (Mesos docs/reconciliation.md; src/master/master.cpp, `Master::_reconcileTasks`).
   */
  | { readonly kind: "reconcile"; readonly tasks: readonly ReconciledTask[] };

export interface ReconciledTask {
  readonly taskId: string;
  /** Where the framework believes it to be. */
  readonly node: string | undefined;
}

/** Why one node does not take a task, or a whole framework gets no offer of it. */
export interface Refusal {
  readonly node: string;
  /** The rule that turned it down: resources, port, constraint, draining, unhealthy, ... */
  readonly rule: string;
  /** One sentence. */
  readonly message: string;
}
