import { z } from "zod";

/** `GET /v1/tasks/ID/logs?...` */
export const logsSchema = z.strictObject({
  follow: z.enum(["true", "false"]).default("false"),
  tail: z.coerce.number().int().min(0).max(1_000_000).optional(),
  since: z.iso
    .datetime({ offset: true, message: "must be a time such as 2026-03-01T12:00:00Z" })
    .optional(),
  stream: z.enum(["stdout", "stderr", "both"]).default("both"),
  /** Set by a redirect: the agent there has the task or nobody has. */
  at: z.string().max(63).optional(),
});

export interface LogsQuery {
  readonly follow?: boolean | undefined;
  /** Last lines, of both streams together; default: all that is kept. */
  readonly tail?: number | undefined;
  /** ISO 8601. */
  readonly since?: string | undefined;
  readonly stream?: "stdout" | "stderr" | "both" | undefined;
}

export const statsSchema = logsSchema.pick({ at: true });

/** `GET /v1/tasks/ID/stats` */
export interface TaskStatsView {
  readonly task: string;
  readonly node: string;
  /** Processors, averaged over the last second. */
  readonly cpus: number;
  /** Without the file cache. */
  readonly memMiB: number;
  readonly memLimitMiB: number;
  readonly pids: number;
}
