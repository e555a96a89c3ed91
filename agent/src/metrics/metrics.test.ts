import { isTerminal } from "../model/task";
import { sampleAgentFigures, sampleMasterFigures } from "../../test/fakes/figures";
import { agentSamples, masterSamples, mesosSnapshot, metricDefinitions } from "./index";
import { ownerLimit } from "./owners";
import { endStates, liveStates } from "./task-states";

const all = [...agentSamples(sampleAgentFigures()), ...masterSamples(sampleMasterFigures())];

/** `name{label=value,...}`, sorted, to its value. */
function table(samples = all): Record<string, number> {
  return Object.fromEntries(
    samples.map(({ name, labels, value }) => {
      const said = Object.entries(labels).sort();
      return [`${name}{${said.map((one) => one.join("=")).join(",")}}`, value];
    }),
  );
}

describe("samples", () => {
  test("are of a definition, with just its labels, and finite", () => {
    const labels = new Map(metricDefinitions.map((one) => [one.name, [...one.labels].sort()]));
    for (const sample of all) {
      expect(Object.keys(sample.labels).sort()).toEqual(labels.get(sample.name));
      expect(Number.isFinite(sample.value)).toBe(true);
    }
    expect(new Set(all.map(({ name }) => name)).size).toBe(metricDefinitions.length);
  });

  test("have no two of one name and labels", () => {
    expect(Object.keys(table())).toHaveLength(all.length);
  });

  test("names are Prometheus': what only grows ends in total", () => {
    for (const { name, kind, help } of metricDefinitions) {
      expect(name).toMatch(/^covey_[a-z_]+$/);
      expect(name.endsWith("_total")).toBe(kind === "counter");
      expect(help).toMatch(/\.$/);
    }
  });

  test("say what the figures say, in base units", () => {
    expect(table()).toMatchObject({
      "covey_agent_info{cluster=demo,node=n1,version=0.1.0}": 1,
      "covey_agent_dependency_up{dependency=consul}": 1,
      "covey_agent_dependency_up{dependency=docker}": 0,
      "covey_mesh_members{status=suspect}": 1,
      "covey_mesh_health_score{}": 2,
      "covey_election_term{}": 7,
      "covey_election_master{}": 1,
      "covey_worker_tasks{state=TASK_RUNNING}": 5,
      "covey_worker_container_failures_total{fault=port-taken,operation=create}": 3,
      "covey_master_uptime_seconds{}": 12.5,
      "covey_master_agents{state=detached}": 2,
      "covey_master_resource_capacity{resource=memory_bytes}": 40_000 * 1024 * 1024,
      "covey_master_resource_allocated{resource=cpus}": 5,
      "covey_master_tasks{framework=spark,role=eng/batch,state=TASK_RUNNING}": 4,
      "covey_master_tasks_ended_total{state=TASK_LOST}": 2,
      "covey_master_store_writes_total{outcome=failed}": 2,
    });
  });

  test("say 0 where there is none, so that it can be alerted on", () => {
    const none = table([
      ...agentSamples(sampleAgentFigures({ tasks: {} })),
      ...masterSamples(sampleMasterFigures({ ended: {} })),
    ]);
    expect(none["covey_worker_tasks{state=TASK_RUNNING}"]).toBe(0);
    expect(none["covey_master_tasks_ended_total{state=TASK_LOST}"]).toBe(0);
  });

  test("know every state, and which are a task's last", () => {
    expect(endStates.filter((state) => !isTerminal(state))).toEqual([]);
    expect(liveStates.filter((state) => isTerminal(state))).toEqual([]);
  });
});

describe("frameworks and roles are named by people", () => {
  const owner = (framework: string, running: number) => ({
    framework,
    role: "eng",
    states: { TASK_RUNNING: running },
  });

  test("the largest have series of their own, all others one", () => {
    const many = Array.from({ length: ownerLimit + 50 }, (_, index) =>
      owner(`f${index}`, index + 1),
    );
    const shown = table(masterSamples(sampleMasterFigures({ tasks: many })));
    const series = Object.keys(shown).filter((name) => name.startsWith("covey_master_tasks{"));
    expect(series).toHaveLength(ownerLimit + 1);
    expect(shown["covey_master_tasks{framework=f149,role=eng,state=TASK_RUNNING}"]).toBe(150);
    expect(shown["covey_master_tasks{framework=f49,role=eng,state=TASK_RUNNING}"]).toBeUndefined();
    expect(shown["covey_master_tasks{framework=other,role=other,state=TASK_RUNNING}"]).toBe(
      (50 * 51) / 2,
    );
  });

  test("long names are cut, and those that are equal then are one", () => {
    const long = "x".repeat(200);
    const tasks = [owner(`${long}1`, 2), owner(`${long}2`, 3)];
    const shown = table(masterSamples(sampleMasterFigures({ tasks })));
    const name = `covey_master_tasks{framework=${"x".repeat(100)},role=eng,state=TASK_RUNNING}`;
    expect(shown[name]).toBe(5);
  });

  test("one that is called other is counted with the others", () => {
    const tasks = [
      { ...owner("other", 1000), role: "other" },
      ...Array.from({ length: ownerLimit }, (_, index) => owner(`f${index}`, 1)),
    ];
    const shown = table(masterSamples(sampleMasterFigures({ tasks })));
    expect(shown["covey_master_tasks{framework=other,role=other,state=TASK_RUNNING}"]).toBe(1001);
  });
});

describe("Mesos' names", () => {
  test("are of the same samples, in Mesos' units", () => {
    expect(mesosSnapshot(all)).toEqual({
      "master/cpus_percent": 0.25,
      "master/cpus_total": 20,
      "master/cpus_used": 5,
      "master/disk_percent": 0,
      "master/disk_total": 1000,
      "master/disk_used": 0,
      "master/elected": 1,
      "master/frameworks_active": 2,
      "master/frameworks_connected": 2,
      "master/frameworks_disconnected": 1,
      "master/frameworks_inactive": 1,
      "master/mem_percent": 0.1,
      "master/mem_total": 40_000,
      "master/mem_used": 4000,
      "master/outstanding_offers": 6,
      "master/slaves_active": 3,
      "master/slaves_connected": 5,
      "master/slaves_disconnected": 2,
      "master/slaves_inactive": 4,
      "master/slaves_unreachable": 1,
      "master/tasks_dropped": 0,
      "master/tasks_error": 0,
      "master/tasks_failed": 0,
      "master/tasks_finished": 8,
      "master/tasks_gone": 0,
      "master/tasks_gone_by_operator": 0,
      "master/tasks_killed": 0,
      "master/tasks_killing": 0,
      "master/tasks_lost": 2,
      "master/tasks_running": 14,
      "master/tasks_staging": 2,
      "master/tasks_starting": 0,
      "master/tasks_unknown": 0,
      "master/tasks_unreachable": 1,
      "master/uptime_secs": 12.5,
    });
  });

  test("of an empty cluster nothing is divided by nothing", () => {
    const nothing = { cpus: 0, memMiB: 0, diskMiB: 0 };
    const empty = sampleMasterFigures({ total: nothing, allocated: nothing });
    expect(mesosSnapshot(masterSamples(empty))["master/cpus_percent"]).toBe(0);
  });
});
