import type { Member, MemberStatus } from "../../src/model/member";
import type { NodeInfo } from "../../src/model/node-info";
import type { Resources } from "../../src/model/resources";
import type { ServiceSpec } from "../../src/model/service";
import type { TaskSpec, TaskState, TaskStatus } from "../../src/model/task";

/** Complete values for tests: a test names only what it is about. */
export function resources(changes: Partial<Resources> = {}): Resources {
  return { cpus: 4, memMiB: 4000, diskMiB: 0, ports: [{ begin: 31000, end: 31099 }], ...changes };
}

export function nodeInfo(name: string, changes: Partial<NodeInfo> = {}): NodeInfo {
  return {
    name,
    address: `10.0.0.${Number(/\d+$/.exec(name)?.[0] ?? 0)}`,
    resources: resources(),
    attributes: {},
    voter: true,
    version: "0.1.0",
    unhealthy: undefined,
    ...changes,
  };
}

export function serviceSpec(name: string, changes: Partial<ServiceSpec> = {}): ServiceSpec {
  return {
    name,
    image: `${name}:1`,
    instances: 1,
    cpus: 0.1,
    memMiB: 32,
    ports: [],
    network: "bridge",
    env: {},
    command: undefined,
    health: undefined,
    constraints: [],
    killGraceMs: 1000,
    ...changes,
  };
}

export function taskSpec(id: string, changes: Partial<TaskSpec> = {}): TaskSpec {
  return {
    id,
    framework: "services",
    image: "busybox",
    command: undefined,
    env: {},
    labels: {},
    cpus: 1,
    memMiB: 100,
    ports: [],
    network: "bridge",
    health: undefined,
    killGraceMs: 1000,
    catalogName: undefined,
    ...changes,
  };
}

export function taskStatus(
  taskId: string,
  node: string,
  state: TaskState,
  changes: Partial<TaskStatus> = {},
): TaskStatus {
  return {
    taskId,
    state,
    reason: undefined,
    message: "",
    healthy: undefined,
    node,
    containerId: undefined,
    exitCode: undefined,
    atMs: 0,
    uuid: "",
    ...changes,
  };
}

export function member(name: string, status: MemberStatus = "alive"): Member {
  const { address } = nodeInfo(name);
  const record = {
    name,
    mesh: { address, port: 7442 },
    apiPort: 7440,
    grpcPort: 7441,
    voter: true,
    version: "0.1.0",
  };
  return { record, status, incarnation: 1, changedAtMs: 0 };
}
