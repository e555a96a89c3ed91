/** How the worker finds out whether a task's process does its job. */
export interface HealthCheck {
  readonly kind: "http" | "tcp";
  /** Name of the task's port that is asked. */
  readonly port: string;
  /** http only; any 2xx or 3xx is healthy. */
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Failures in the first `graceMs` after the start do not count. */
  readonly graceMs: number;
  /** Failures in a row after which the task is unhealthy and killed. */
  readonly maxFailures: number;
}
