import { readContainerOptions } from "../../model/container";
import type { HealthCheck } from "../../model/health";
import { readProvision, withoutProvision } from "../../model/provision";
import type {
  TaskPort,
  TaskReason,
  TaskRecord,
  TaskSpec,
  TaskState,
  TaskStatus,
} from "../../model/task";
import { isKey, toPairs, type WireMessage } from "./wire";

export function encodeTaskSpec(spec: TaskSpec): object {
  return {
    ...spec,
    command: spec.command && { words: spec.command },
    health: spec.health && encodeHealthCheck(spec.health),
    readiness: spec.readiness && encodeHealthCheck(spec.readiness),
    env: toPairs(spec.env),
    labels: toPairs(spec.labels),
  };
}

function encodeHealthCheck(check: HealthCheck): object {
  return { ...check, command: check.command && { words: check.command } };
}

/** Of a task as its agent reports it. */
export function encodeReportedSpec(spec: TaskSpec): object {
  return encodeTaskSpec(withoutProvision(spec));
}

/** Throws WireError. */
export function decodeTaskSpec(wire: WireMessage): TaskSpec {
  return {
    id: wire.filled("id"),
    framework: wire.filled("framework"),
    role: wire.optional("role", (field) => wire.text(field)),
    image: wire.filled("image"),
    command: wire.optional("command", (field) => wire.message(field).texts("words")),
    env: wire.pairs("env"),
    labels: wire.pairs("labels"),
    cpus: wire.amount("cpus"),
    memMiB: wire.amount("memMiB"),
    diskMiB: wire.optional("diskMiB", (field) => wire.amount(field)),
    ports: wire.messages("ports").map(decodeTaskPort),
    network: wire.oneOf("network", networks),
    health: wire.optional("health", (field) => decodeHealthCheck(wire.message(field))),
    killGraceMs: wire.integer("killGraceMs"),
    catalogName: wire.optional("catalogName", (field) => wire.text(field)),
    readiness: wire.optional("readiness", (field) => decodeHealthCheck(wire.message(field))),
    container: wire.as("container", readContainerOptions),
    provision: wire.as("provision", readProvision),
  };
}

/** The model's own shape is the wire's. */
export function encodeTaskStatus(status: TaskStatus): object {
  return status;
}

/** Throws WireError. */
export function decodeTaskStatus(wire: WireMessage): TaskStatus {
  return {
    taskId: wire.filled("taskId"),
    state: wire.oneOf("state", states),
    reason: wire.optional("reason", (field) => decodeReason(wire.text(field))),
    message: wire.text("message"),
    healthy: wire.optional("healthy", (field) => wire.flag(field)),
    node: wire.filled("node"),
    containerId: wire.optional("containerId", (field) => wire.text(field)),
    exitCode: wire.optional("exitCode", (field) => wire.integer(field)),
    atMs: wire.amount("atMs"),
    uuid: wire.text("uuid"),
  };
}

export function encodeTaskRecord(record: TaskRecord): object {
  return { spec: encodeReportedSpec(record.spec), status: encodeTaskStatus(record.status) };
}

/** Throws WireError. */
export function decodeTaskRecord(wire: WireMessage): TaskRecord {
  return {
    spec: decodeTaskSpec(wire.message("spec")),
    status: decodeTaskStatus(wire.message("status")),
  };
}

function decodeTaskPort(wire: WireMessage): TaskPort {
  return {
    name: wire.text("name"),
    containerPort: wire.port("containerPort"),
    hostPort: wire.port("hostPort"),
    protocol: wire.oneOf("protocol", protocols),
  };
}

function decodeHealthCheck(wire: WireMessage): HealthCheck {
  return {
    kind: wire.oneOf("kind", checkKinds),
    port: wire.text("port"),
    path: wire.text("path"),
    intervalMs: wire.integer("intervalMs"),
    timeoutMs: wire.integer("timeoutMs"),
    graceMs: wire.integer("graceMs"),
    maxFailures: wire.integer("maxFailures"),
    service: wire.optional("service", (field) => wire.text(field)),
    command: wire.optional("command", (field) => wire.message(field).texts("words")),
    minSuccesses: wire.optional("minSuccesses", (field) => wire.integer(field)),
  };
}

/** A reason of a newer agent says nothing to us, but its state and message do: it is no cause to refuse the status. */
function decodeReason(text: string): TaskReason | undefined {
  return isKey(text, reasons) ? text : undefined;
}

// As records, so that the compiler asks for what the model gains.
const networks: Readonly<Record<TaskSpec["network"], true>> = { bridge: true, host: true };
const protocols: Readonly<Record<TaskPort["protocol"], true>> = { tcp: true, udp: true };
const checkKinds: Readonly<Record<HealthCheck["kind"], true>> = {
  http: true,
  tcp: true,
  grpc: true,
  command: true,
};
const states: Readonly<Record<TaskState, true>> = {
  TASK_STAGING: true,
  TASK_STARTING: true,
  TASK_RUNNING: true,
  TASK_KILLING: true,
  TASK_FINISHED: true,
  TASK_FAILED: true,
  TASK_KILLED: true,
  TASK_ERROR: true,
  TASK_LOST: true,
  TASK_DROPPED: true,
  TASK_UNREACHABLE: true,
  TASK_GONE: true,
  TASK_GONE_BY_OPERATOR: true,
  TASK_UNKNOWN: true,
};
const reasons: Readonly<Record<TaskReason, true>> = {
  "image-not-found": true,
  "port-taken": true,
  "container-create-failed": true,
  "container-start-failed": true,
  "container-exited": true,
  "container-oom": true,
  unhealthy: true,
  "docker-unavailable": true,
  "killed-by-framework": true,
  "node-drained": true,
  "node-lost": true,
  "framework-removed": true,
  "invalid-offer": true,
  "task-invalid": true,
  reconciliation: true,
};
