import type { MemberStatus } from "../model/member";
import type { AdmittedNode, NodeInfo } from "../model/node-info";
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
      readonly frameworks: readonly string[];
    }
  /** The store has been read: these nodes are admitted, no others. */
  | { readonly kind: "desired"; readonly nodes: readonly AdmittedNode[] }
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
  /** For the log: something was not as it should be, and was set right. */
  | { readonly kind: "note"; readonly message: string };
