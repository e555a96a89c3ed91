import type { FrameworkView, NodeView } from "../contract/index";
import type { MemberStatus } from "../model/member";
import type { TaskSpec, TaskState, TaskStatus } from "../model/task";
import type { ContainerFault } from "./containers";

export type TaskCounts = Readonly<Partial<Record<TaskState, number>>>;

/** The calls to the container engine that may fail. */
export type ContainerOperation =
  "list" | "look" | "image" | "create" | "start" | "stop" | "remove" | "exec";

export interface ContainerFailures {
  readonly operation: ContainerOperation;
  readonly fault: ContainerFault;
  /** Since the agent started. */
  readonly count: number;
}

/** What one agent counts of itself, as of the moment it is asked. */
export interface AgentFigures {
  readonly cluster: string;
  readonly node: string;
  readonly version: string;
  readonly members: Readonly<Record<MemberStatus, number>>;
  /** Lifeguard's local health: 0 is well, more is worse. */
  readonly healthScore: number;
  readonly term: number;
  readonly voter: boolean;
  /** It is the master, and its lease holds. */
  readonly acting: boolean;
  readonly masterKnown: boolean;
  /** Masters, one after the other, that this agent has followed since it started. */
  readonly mastersFollowed: number;
  readonly attached: boolean;
  readonly consulAnswers: boolean;
  readonly dockerAnswers: boolean;
  /** Of the tasks in its worker's hands, those that have ended and are not acknowledged too. */
  readonly tasks: TaskCounts;
  readonly containerFailures: readonly ContainerFailures[];
}

/** Each node is in one of them: the first that fits from the right. */
export type NodeStanding = "active" | "unhealthy" | "draining" | "detached" | "unreachable";

export interface Amounts {
  readonly cpus: number;
  readonly memMiB: number;
  readonly diskMiB: number;
}

/** What the master counts, as of the moment it is asked; what only grows began with its term. */
export interface MasterFigures {
  /** How long it has been in office. */
  readonly uptimeMs: number;
  readonly recovering: boolean;
  readonly nodes: Readonly<Record<NodeStanding, number>>;
  /** Of nodes that are attached. */
  readonly total: Amounts;
  /** Of that, what tasks hold. */
  readonly allocated: Amounts;
  /** Tasks that have not ended, by whose they are. */
  readonly tasks: readonly {
    /** The framework's name, not its id. */
    readonly framework: string;
    readonly role: string;
    readonly states: TaskCounts;
  }[];
  readonly ended: TaskCounts;
  /** Made, and not answered yet. */
  readonly offers: number;
  readonly frameworks: { readonly connected: number; readonly disconnected: number };
  readonly store: StoreFigures;
}

export interface StoreFigures {
  /** Writes that wait for their turn, or for the store. */
  readonly waiting: number;
  readonly written: number;
  /** Refused, or unanswered, because the store was away, or because another master has it. */
  readonly failed: number;
}

export interface ListedTask {
  readonly spec: TaskSpec;
  readonly status: TaskStatus;
  readonly role: string;
}

/** All that the master has, for tools that take it whole. */
export interface Inventory {
  /** Wall clock. */
  readonly electedAtMs: number;
  readonly nodes: readonly NodeView[];
  readonly frameworks: readonly (FrameworkView & { readonly ended: TaskCounts })[];
  /** In an order that lasts: new ones come last. */
  readonly tasks: readonly ListedTask[];
}
