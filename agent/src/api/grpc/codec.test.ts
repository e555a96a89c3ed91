import fc from "fast-check";
import { containerOptions } from "../../../test/fakes/container-options";
import type { HealthCheck } from "../../model/health";
import type { NodeInfo } from "../../model/node-info";
import type { TaskReason, TaskRecord, TaskSpec, TaskState, TaskStatus } from "../../model/task";
import type { AgentMessage, MasterMessage } from "../../ports/master-link";
import { attachMethod, wireMethod } from "./link-service";
import { WireError } from "./wire";

const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("__proto__", "constructor"));
const filled = text.filter((one) => one !== "");
const amount = fc.double({ min: 0, max: 1e12, noNaN: true });
const count = fc.nat(0xffff_ffff);
const port = fc.integer({ min: 1, max: 65_535 });
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined });
const record = fc
  .uniqueArray(fc.tuple(text, text), { selector: ([key]) => key })
  .map((entries): Record<string, string> => Object.fromEntries(entries));
const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { maxLength: 4 });

const nodeInfo: fc.Arbitrary<NodeInfo> = fc.record({
  name: filled,
  address: filled,
  resources: fc.record({
    cpus: amount,
    memMiB: amount,
    diskMiB: amount,
    ports: list(fc.record({ begin: port, end: port })),
  }),
  attributes: record,
  voter: fc.boolean(),
  version: text,
  unhealthy: maybe(text),
});

const check: fc.Arbitrary<HealthCheck> = fc.record({
  kind: fc.constantFrom("http", "tcp", "grpc", "command"),
  port: text,
  path: text,
  service: maybe(text),
  command: maybe(list(text)),
  intervalMs: count,
  timeoutMs: count,
  graceMs: count,
  maxFailures: count,
  minSuccesses: maybe(count),
});

const taskSpec: fc.Arbitrary<TaskSpec> = fc.record({
  id: filled,
  framework: filled,
  image: filled,
  command: maybe(list(text)),
  env: record,
  labels: record,
  cpus: amount,
  memMiB: amount,
  ports: list(
    fc.record({
      name: text,
      containerPort: port,
      hostPort: port,
      protocol: fc.constantFrom("tcp", "udp"),
    }),
  ),
  network: fc.constantFrom("bridge", "host"),
  health: maybe(check),
  readiness: maybe(check),
  killGraceMs: count,
  catalogName: maybe(text),
  container: containerOptions,
});

const taskStatus: fc.Arbitrary<TaskStatus> = fc.record({
  taskId: filled,
  state: fc.constantFrom<TaskState[]>("TASK_STAGING", "TASK_RUNNING", "TASK_FAILED", "TASK_GONE"),
  reason: maybe(fc.constantFrom<TaskReason[]>("image-not-found", "container-oom", "unhealthy")),
  message: text,
  healthy: maybe(fc.boolean()),
  node: filled,
  containerId: maybe(text),
  exitCode: maybe(fc.integer({ min: -255, max: 255 })),
  atMs: amount,
  uuid: text,
});

const taskRecord: fc.Arbitrary<TaskRecord> = fc.record({ spec: taskSpec, status: taskStatus });

const agentMessage: fc.Arbitrary<AgentMessage> = fc.oneof(
  fc.record({ kind: fc.constant("attach" as const), node: nodeInfo, tasks: list(taskRecord) }),
  fc.record({ kind: fc.constant("status" as const), status: taskStatus, spec: taskSpec }),
  fc.record({ kind: fc.constant("health" as const), unhealthy: maybe(text) }),
);

const term = fc.maxSafeNat();
const masterMessage: fc.Arbitrary<MasterMessage> = fc.oneof(
  fc.record({ kind: fc.constant("attached" as const), term }),
  fc.record({ kind: fc.constant("launch" as const), term, spec: taskSpec }),
  fc.record({ kind: fc.constant("kill" as const), term, taskId: filled, reason: text }),
  fc.record({ kind: fc.constant("acknowledge" as const), term, taskId: filled, uuid: text }),
);

test("what an agent sends is what the master receives", () => {
  fc.assert(
    fc.property(agentMessage, (message) => {
      const bytes = attachMethod.requestSerialize(message);
      expect(attachMethod.requestDeserialize(bytes)).toEqual(message);
    }),
  );
});

test("what the master sends is what an agent receives", () => {
  fc.assert(
    fc.property(masterMessage, (message) => {
      const bytes = attachMethod.responseSerialize(message);
      expect(attachMethod.responseDeserialize(bytes)).toEqual(message);
    }),
  );
});

test("what a task is provided with goes to its agent, and never comes back", () => {
  const [sample] = fc.sample(taskSpec, 1);
  const [status] = fc.sample(taskStatus, 1);
  const provision: TaskSpec["provision"] = {
    pull: "always",
    registryAuth: { username: "u", password: { value: "p", digest: "d" } },
    secrets: [{ name: "N", value: "", digest: "e" }],
  };
  const spec: TaskSpec = { ...sample!, provision };
  const launch: MasterMessage = { kind: "launch", term: 1, spec };
  const there = attachMethod.responseDeserialize(attachMethod.responseSerialize(launch));
  expect(there).toEqual(launch);
  const report: AgentMessage = { kind: "status", status: status!, spec };
  const back = attachMethod.requestDeserialize(attachMethod.requestSerialize(report));
  expect(back).toEqual({ ...report, spec: sample });
});

test("undefined, empty, zero and false stay four different things", () => {
  const [status] = fc.sample(taskStatus, 1);
  const [spec] = fc.sample(taskSpec, 1);
  const message: AgentMessage = {
    kind: "status",
    status: { ...status!, exitCode: 0, healthy: false, containerId: undefined, reason: undefined },
    spec: { ...spec!, command: [], catalogName: "", health: undefined },
  };
  const back = attachMethod.requestDeserialize(attachMethod.requestSerialize(message));
  expect(back).toEqual(message);
  expect(back).toMatchObject({
    status: { exitCode: 0, healthy: false },
    spec: { command: [], catalogName: "" },
  });
});

test("arbitrary bytes are a message or a WireError, never a crash", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const received = attachMethod.requestDeserialize(Buffer.from(bytes));
      expect(received instanceof WireError || typeof received.kind === "string").toBe(true);
    }),
  );
});

test.each([
  ["an empty message", {}, /kind this version does not know/],
  [
    "a node without resources",
    { attach: { node: { name: "n1", address: "a" } } },
    /resources is missing/,
  ],
  [
    "a state nobody knows",
    { status: { status: { taskId: "t", state: "TASK_DANCING" } } },
    /state must be one of/,
  ],
  ["an empty task id", { status: { status: { taskId: "" } } }, /taskId must not be empty/],
])("%s is refused by name", (_what, wire, rule) => {
  const received = attachMethod.requestDeserialize(wireMethod.requestSerialize(wire));
  expect(received).toBeInstanceOf(WireError);
  expect((received as WireError).message).toMatch(rule);
});

test("a reason of a newer version is left out, the status stays", () => {
  const [status] = fc.sample(taskStatus, 1);
  const [spec] = fc.sample(taskSpec, 1);
  const sent = { ...status!, reason: "eaten-by-a-grue" as TaskReason };
  const bytes = attachMethod.requestSerialize({ kind: "status", status: sent, spec: spec! });
  expect(attachMethod.requestDeserialize(bytes)).toMatchObject({
    kind: "status",
    status: { taskId: sent.taskId, reason: undefined },
  });
});
