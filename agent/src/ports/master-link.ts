import type { NodeInfo } from "../model/node-info";
import type { TaskRecord, TaskSpec, TaskStatus } from "../model/task";

/** Agent to master, on one stream. The first is `attach`. */
export type AgentMessage =
  | {
      readonly kind: "attach";
      readonly node: NodeInfo;
      readonly tasks: readonly TaskRecord[];
    }
  | {
      readonly kind: "status";
      readonly status: TaskStatus;
      readonly spec: TaskSpec;
    }
  /** The node became unfit for work, or fit again. */
  | { readonly kind: "health"; readonly unhealthy: string | undefined };

/** Master to agent. Every command carries the term; the agent refuses one lower than the highest it has seen. */
export type MasterMessage =
  | { readonly kind: "attached"; readonly term: number }
  | { readonly kind: "launch"; readonly term: number; readonly spec: TaskSpec }
  | {
      readonly kind: "kill";
      readonly term: number;
      readonly taskId: string;
      readonly reason: string;
    }
  | {
      readonly kind: "acknowledge";
      readonly term: number;
      readonly taskId: string;
      readonly uuid: string;
    };

/** An agent's end. Reconnects to nobody by itself: the node decides whom to follow. */
export interface AgentStream {
  send(message: AgentMessage): void;
  close(): void;
}

export interface AgentStreamHandlers {
  message(message: MasterMessage): void;
  /** Once, whatever the cause; `reason` is for people. */
  closed(reason: string): void;
}

/** How an agent reaches the master. */
export interface MasterDialer {
  dial(address: string, port: number, handlers: AgentStreamHandlers): AgentStream;
}

/** One attached agent as the master sees it; `node` is proven by its certificate. */
export interface AgentConnection {
  readonly node: string;
  send(message: MasterMessage): void;
  close(reason: string): void;
}

export interface AgentGateHandlers {
  message(connection: AgentConnection, message: AgentMessage): void;
  closed(connection: AgentConnection, reason: string): void;
}

/** Where agents arrive. Refuses all while `handlers` is undefined (we are not the master). */
export interface AgentGate {
  serve(handlers: AgentGateHandlers | undefined): void;
}
