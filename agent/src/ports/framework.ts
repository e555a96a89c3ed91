import type { DesiredChange, DesiredState } from "../model/desired-state";
import type { Resources } from "../model/resources";
import type { RoleAmounts } from "../model/role";
import type { Refusal, SchedulerCall, SchedulerEvent } from "../model/scheduler";
import type { Clock } from "./clock";
import type { ControlError, ServicesControl } from "./control";
import type { Random } from "./random";

/** One moment on both clocks: machines decide by `nowMs` and stamp what people read with `wallMs`. */
export interface Instant {
  /** Monotonic. */
  readonly nowMs: number;
  /** Calendar time. */
  readonly wallMs: number;
}

/**
 * A built-in framework: lives for one term, sees the cluster through the scheduler interface only,
 * and answers each input with calls. Called by one thread, never while it is inside another call.
 */
export interface Framework {
  readonly name: string;
  /** The part of the API it answers, where it is the one that answers it. */
  readonly services?: ServicesControl;
  /**
   * What is wanted, whenever it changed. `authoritative` false: a copy from disk that may be old
   * (the store could not be asked since the term began): nothing must be killed because of it.
   */
  desired(state: DesiredState, authoritative: boolean, at: Instant): SchedulerCall[];
  event(event: SchedulerEvent, at: Instant): SchedulerCall[];
  /** Called at `deadlineMs` or later. */
  tick(at: Instant): SchedulerCall[];
  /** When it wants its next tick, monotonic; undefined: not before something happens. */
  deadlineMs(): number | undefined;
}

/** What no task holds, whoever it is offered to at the moment. */
export interface Supply {
  readonly nodes: readonly {
    readonly node: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly free: Resources;
  }[];
  /** Why all other nodes take nothing. */
  readonly refusals: readonly Refusal[];
  /** What the limits of the framework's role and of those above it leave; what is not limited is absent. */
  readonly quotaLeft: RoleAmounts;
}

/** What the master lends a framework. Throws ControlError `deposed` once the term is over. */
export interface FrameworkHost {
  readonly clock: Clock;
  readonly random: Random;
  /** Why nodes are not offered to it, as of now. */
  refusals(): readonly Refusal[];
  supply(): Supply;
  /** Agents are still coming back after a failover: what is known of tasks is incomplete. */
  recovering(): boolean;
  desired(): DesiredState;
  /** Why `desired` is no more than a copy from disk that may be old; undefined: it has been read from the store. */
  unread(): ControlError | undefined;
  /** Resolves when the store can be written and `desired` is what is in it. Throws ControlError `store-unavailable`. */
  settled(): Promise<void>;
  /** All or none, durable when it resolves, and `Framework.desired` has been called. Throws ControlError. */
  commit(changes: readonly DesiredChange[]): Promise<void>;
}

/** Called once a term. */
export type FrameworkFactory = (host: FrameworkHost) => Framework;
