import type { ServiceInput, ServiceView } from "@covey/agent/contract";
import type { ServiceModel } from "./schema";

type Health = NonNullable<ServiceModel["health"]>;
type Readiness = NonNullable<ServiceModel["readiness"]>;
type Check = NonNullable<ServiceView["spec"]["health"]>;
type ReadinessInput = NonNullable<ServiceInput["readiness"]>;

export function healthInput(health: Health): NonNullable<ServiceInput["health"]> {
  return {
    ...readinessInput(health),
    graceMs: health.grace_ms,
    maxFailures: health.max_failures,
  };
}

export function readinessInput(check: Readiness): ReadinessInput {
  const { port, interval_ms, timeout_ms, min_successes } = check;
  return {
    ...kindInput(check),
    ...(port === null ? {} : { port }),
    intervalMs: interval_ms,
    timeoutMs: timeout_ms,
    ...(min_successes === null ? {} : { minSuccesses: min_successes }),
  };
}

function kindInput({
  http,
  grpc,
  command,
}: Readiness): Pick<ReadinessInput, "kind" | "path" | "service" | "command"> {
  if (http !== null) return { kind: "http", path: http };
  if (command !== null) return { kind: "command", command: [...command] };
  if (grpc === null) return { kind: "tcp" };
  return grpc === "" ? { kind: "grpc" } : { kind: "grpc", service: grpc };
}

export function healthModel(check: Check): Health {
  return {
    ...readinessModel(check),
    grace_ms: check.graceMs,
    max_failures: check.maxFailures,
  };
}

export function readinessModel(check: Check): Readiness {
  const { kind, path, port, service = "", command = null, intervalMs, timeoutMs } = check;
  return {
    http: kind === "http" ? path : null,
    tcp: kind === "tcp" ? true : null,
    grpc: kind === "grpc" ? service : null,
    command: kind === "command" ? command : null,
    port: kind === "command" ? null : port,
    interval_ms: intervalMs,
    timeout_ms: timeoutMs,
    min_successes: check.minSuccesses ?? null,
  };
}
