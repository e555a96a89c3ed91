import type { FrameworkView, RoleView } from "../contract/index";
import type { FrameworkInfo } from "../model/framework";
import type { RoleTerms } from "../model/role";
import type { SchedulerCall, SchedulerEvent } from "../model/scheduler";

/** What a scheduler's connection hears. Called by one thread; must not call back into the subscription from inside. */
export interface SchedulerListener {
  event(event: SchedulerEvent): void;
  /**
   * Once, and nothing after it, whatever the cause but `disconnect`. `failed-over`: another scheduler of the framework has
   * subscribed; `removed`: the framework was torn down; `deposed`: this agent is not the master any more.
   */
  ended(cause: "failed-over" | "removed" | "deposed", reason: string): void;
}

/** One connected scheduler of an external framework. */
export interface Subscription {
  readonly frameworkId: string;
  readonly term: number;
  /** Taken in order; answers come as events. Ignored after the subscription has ended. */
  call(call: SchedulerCall): void;
  /** Other roles, another failover timeout, ...; durable when it resolves. Throws ControlError `invalid`. */
  update(info: FrameworkInfo): Promise<void>;
  /** The connection broke: offers go back, tasks go on for the failover timeout. May be called twice. */
  disconnect(): void;
}

export interface SubscribeRequest {
  /** undefined: a new framework, which is given an id. */
  readonly frameworkId: string | undefined;
  readonly info: FrameworkInfo;
  /** Roles it wants no offers in for now. */
  readonly suppressedRoles: readonly string[];
}

/** The master's door for frameworks that are not built in. Throws ControlError. */
export interface FrameworksControl {
  /**
   * Resolves when the framework is stored; the first event is `subscribed`, which may come before. Takes the place of a
   * connected scheduler of the same framework. Throws `gone` for an id that was removed, `invalid` for roles that
   * cannot be, `recovering` or `store-unavailable` where a new framework cannot be stored.
   */
  subscribe(request: SubscribeRequest, listener: SchedulerListener): Promise<Subscription>;
  /** Kills its tasks and forgets it; resolves when that is stored. Throws `not-found`. */
  teardown(frameworkId: string): Promise<void>;
  frameworks(): FrameworkView[];
  /** Throws `recovering` or `store-unavailable` where the store has not been read since the master took office. */
  roles(): RoleView[];
  /** Durable when it resolves. Throws `invalid` for a name that cannot be, or guarantees beyond the limit. */
  putRole(role: RoleTerms): Promise<RoleView>;
  /** Back to weight 1 and no quota. Throws `not-found`. */
  deleteRole(name: string): Promise<void>;
}
