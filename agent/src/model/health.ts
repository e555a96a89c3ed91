/** How the worker finds out whether a task's process does its job. */
export interface HealthCheck {
  readonly kind: "http" | "tcp" | "grpc" | "command";
  /** Name of the task's port that is asked; '' for a command. */
  readonly port: string;
  /** http only; any 2xx or 3xx is healthy. */
  readonly path: string;
  /** grpc only: which of the server's services; undefined: the server as a whole. */
  readonly service?: string | undefined;
  /** command only: run in the container, 0 is healthy. */
  readonly command?: readonly string[] | undefined;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Failures in the first `graceMs` after the start do not count. */
  readonly graceMs: number;
  /** Failures in a row after which the task is unhealthy and killed. */
  readonly maxFailures: number;
  /** Successes in a row after which it is healthy (again); undefined: one. */
  readonly minSuccesses?: number | undefined;
}
