import type { FrameworkInfo, KnownFramework } from "../model/framework";
import type { MemberStatus } from "../model/member";
import type { AdmittedNode, NodeInfo } from "../model/node-info";
import type { RoleTerms } from "../model/role";
import type { SchedulerCall, SchedulerEvent } from "../model/scheduler";
import type { TaskRecord, TaskSpec, TaskStatus } from "../model/task";
import type { MasterMessage } from "../ports/master-link";

/** What happens to the kernel. */
export type KernelEvent =
  /** A term begins. `nodes` are those admitted before, as far as is known. */
  | {
      readonly kind: "started";
      readonly term: number;
      readonly nodes: readonly AdmittedNode[];
      readonly members: Readonly<Record<string, MemberStatus>>;
      /** Those built in. */
      readonly frameworks: readonly FrameworkInfo[];
    }
  /** These nodes are admitted and these external frameworks known, no others; `authoritative` false: says an old copy. */
  | {
      readonly kind: "desired";
      readonly nodes: readonly AdmittedNode[];
      readonly frameworks: readonly KnownFramework[];
      readonly roles: readonly RoleTerms[];
      readonly authoritative: boolean;
    }
  | {
      readonly kind: "attached";
      readonly node: NodeInfo;
      readonly tasks: readonly TaskRecord[];
    }
  | { readonly kind: "detached"; readonly node: string }
  | { readonly kind: "member"; readonly node: string; readonly status: MemberStatus }
  | {
      readonly kind: "status";
      readonly node: string;
      readonly status: TaskStatus;
      readonly spec: TaskSpec;
    }
  | { readonly kind: "health"; readonly node: string; readonly unhealthy: string | undefined }
  | { readonly kind: "call"; readonly framework: string; readonly call: SchedulerCall }
  /** A scheduler of an external framework is there; it hears `subscribed`. */
  | {
      readonly kind: "subscribe";
      readonly framework: KnownFramework;
      readonly suppressedRoles: readonly string[];
    }
  | { readonly kind: "update-framework"; readonly framework: KnownFramework }
  | { readonly kind: "disconnect"; readonly framework: string }
  | { readonly kind: "teardown"; readonly framework: string }
  | { readonly kind: "roles"; readonly roles: readonly RoleTerms[] }
  /** `deadlineMs` from now. */
  | { readonly kind: "drain"; readonly node: string; readonly deadlineMs: number }
  | { readonly kind: "undrain"; readonly node: string }
  | { readonly kind: "forget"; readonly node: string }
  | { readonly kind: "tick" };

/** What the kernel wants done. Effects of one event are to be performed in their order. */
export type KernelEffect =
  | { readonly kind: "to-agent"; readonly node: string; readonly message: MasterMessage }
  | { readonly kind: "to-framework"; readonly framework: string; readonly event: SchedulerEvent }
  /** The node is gone: its catalog entries are stale, whatever its own catalog agent says. */
  | { readonly kind: "sweep-catalog"; readonly node: string }
  /** Make this durable; it is acted on already. */
  | { readonly kind: "admit"; readonly node: AdmittedNode }
  | { readonly kind: "disconnect"; readonly node: string; readonly reason: string }
  /** It has not come back in time: make it durable that it never will. */
  | { readonly kind: "framework-removed"; readonly id: string }
  /** For the log: something was not as it should be, and was set right. */
  | { readonly kind: "note"; readonly message: string };
