import { ApiError, UnreachableError } from "../client";
import { PluginError } from "../plugin";
import type { Path } from "../plugin";

/** Refusals that pass by themselves once the cluster has a master, or its Consul is back. */
const passing: ReadonlySet<string> = new Set([
  "no-master",
  "recovering",
  "store-unavailable",
  "deposed",
]);

export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && passing.has(error.problem.code);
}

/** A write ended thus may yet have been carried out; any other refusal says that it was not. */
export function mayHaveBeenDone(error: unknown): boolean {
  const refused =
    error instanceof ApiError && !["store-unavailable", "internal"].includes(error.problem.code);
  return !refused;
}

const fieldNames: Readonly<Record<string, string>> = {
  memMiB: "memory_mib",
  diskMiB: "disk_mib",
  containerPort: "container_port",
  hostPort: "host_port",
  killGraceMs: "kill_grace_ms",
  sharedPorts: "shared_ports",
  intervalMs: "interval_ms",
  timeoutMs: "timeout_ms",
  graceMs: "grace_ms",
  maxFailures: "max_failures",
  path: "http",
};

/** `ports[0].containerPort` of the API as the path of the attribute, `ports`, 0, `container_port`. */
export function attributePath(field: string | undefined): Path {
  if (field === undefined) return [];
  return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) =>
    index === undefined ? (fieldNames[name ?? ""] ?? name ?? "") : Number(index),
  );
}

/** What the cluster answered, as a diagnostic at the attribute it is about. Other errors are given back as they are. */
export function explainedApiError(summary: string, error: unknown): unknown {
  if (error instanceof ApiError) {
    const { detail, field, rule } = error.problem;
    const why = rule === undefined ? "" : ` Rule: ${rule}.`;
    return new PluginError(summary, `${sentence(detail)}${why}`, attributePath(field), {
      cause: error,
    });
  }
  if (error instanceof UnreachableError)
    return new PluginError(summary, sentence(error.message), [], { cause: error });
  return error;
}

/** What the cluster answers to the call, it says under this summary. */
export async function told<T>(summary: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explainedApiError(summary, error);
  }
}

export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
