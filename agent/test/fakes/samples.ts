import type {
  NodeView,
  RoleView,
  ServiceView,
  TaskView,
  VotersView,
} from "../../src/contract/index";
import type { RoleTerms } from "../../src/model/role";
import { shownProvision } from "../../src/model/provision";
import type { ServiceSpec } from "../../src/model/service";

export function sampleVoters(): VotersView {
  const electorate = { term: 7, version: 2 };
  const common = { master: false, unfit: undefined, fitForMs: undefined };
  return {
    electorate,
    wanted: ["n1", "n3", "n4"],
    doing: "n4 has been fit for 4 of 10 s",
    voters: [
      { ...common, name: "n1", state: "voter", master: true, acknowledged: electorate },
      {
        ...common,
        name: "n2",
        state: "leaving",
        unfit: "is dead in the mesh",
        acknowledged: undefined,
      },
      { ...common, name: "n3", state: "voter", acknowledged: { term: 7, version: 1 } },
      { ...common, name: "n4", state: "joining", fitForMs: 4200, acknowledged: undefined },
    ],
  };
}

export function sampleNode(name: string): NodeView {
  return {
    name,
    address: "127.0.0.1",
    voter: true,
    master: name === "n1",
    status: "alive",
    attached: true,
    draining: false,
    unhealthy: undefined,
    attributes: { rack: "r1" },
    total: { cpus: 4, memMiB: 8192, diskMiB: 1000, ports: [] },
    used: { cpus: 1.5, memMiB: 1024, diskMiB: 0, ports: [] },
    tasks: 2,
  };
}

export function sampleTask(id: string, service: string): TaskView {
  return {
    id,
    framework: "services",
    service,
    version: "v1",
    node: "n1",
    address: "127.0.0.1",
    state: "TASK_RUNNING",
    healthy: true,
    message: "",
    containerId: "0123456789abcdef",
    ports: [{ name: "http", containerPort: 80, hostPort: 31_000, protocol: "tcp" }],
    atMs: 1_700_000_000_000,
  };
}

export function sampleService(spec: ServiceSpec): ServiceView {
  return {
    spec: { ...spec, provision: shownProvision(spec.provision) },
    version: "v1",
    phase: "running",
    problem: undefined,
    running: spec.instances,
    healthy: spec.instances,
    updated: spec.instances,
    failures: 0,
  };
}

export function sampleRole(role: RoleTerms): RoleView {
  const consumed = { cpus: 0, memMiB: 0, diskMiB: 0, gpus: 0 };
  return { ...role, stated: true, consumed, dominantShare: 0, frameworks: [] };
}
