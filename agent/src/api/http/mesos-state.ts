import type { MasterView, NodeView, StatusView } from "../../contract/index";
import type { Resources } from "../../model/resources";
import { isTerminal, taskResources, type TaskSpec } from "../../model/task";
import type { Inventory, ListedTask } from "../../ports/figures";

interface StateFacts {
  readonly status: StatusView;
  readonly leader: MasterView | undefined;
  /** Of all tasks, whose ever they are. */
  readonly page: { readonly offset: number; readonly limit: number };
}

/** The master's `/state` in Mesos' fields and units: seconds, MB (which are MiB there too), ranges of ports as text. */
export function mesosState(inventory: Inventory, { status, leader, page }: StateFacts): unknown {
  const { nodes, tasks, electedAtMs } = inventory;
  const shown = tasks.slice(page.offset, page.offset + page.limit);
  const unreachable = nodes.filter(isUnreachable).length;
  const active = nodes.filter(isActive).length;
  return {
    id: `${status.node}-${status.term}`,
    version: status.version,
    cluster: status.cluster,
    ...leaderOf(leader),
    elected_time: electedAtMs / 1000,
    activated_slaves: active,
    deactivated_slaves: nodes.length - active - unreachable,
    unreachable_slaves: unreachable,
    slaves: nodes.map(slaveOf),
    frameworks: frameworksOf(inventory, shown),
    completed_frameworks: [],
    orphan_tasks: [],
    tasks_page: { ...page, total: tasks.length },
  };
}

function leaderOf(leader: MasterView | undefined): object {
  if (!leader) return {};
  const { hostname, port } = new URL(leader.api);
  const pid = `master@${hostname}:${port}`;
  return {
    pid,
    hostname,
    leader: pid,
    leader_info: { id: leader.name, pid, hostname, port: Number(port) },
  };
}

function slaveOf(node: NodeView): object {
  return {
    id: node.name,
    hostname: node.address,
    active: isActive(node),
    connected: node.attached,
    deactivated: node.draining,
    attributes: node.attributes,
    resources: mesosResources(node.total),
    used_resources: mesosResources(node.used),
  };
}

function frameworksOf({ frameworks, tasks }: Inventory, shown: readonly ListedTask[]): object[] {
  const all = byFramework(tasks);
  const some = byFramework(shown);
  return frameworks.map(({ id, info, connected, tasks: live, offers, ended }) => ({
    id,
    name: info.name,
    user: info.user,
    principal: info.principal,
    hostname: info.hostname,
    webui_url: info.webuiUrl,
    roles: info.roles,
    capabilities: info.capabilities,
    failover_timeout: info.failoverTimeoutMs / 1000,
    active: connected,
    connected,
    used_resources: usedBy(all.get(id) ?? []),
    ...tasksOf(some.get(id) ?? []),
    live_tasks: live,
    outstanding_offers: offers,
    completed_counts: ended,
  }));
}

function byFramework(tasks: readonly ListedTask[]): ReadonlyMap<string, ListedTask[]> {
  const found = new Map<string, ListedTask[]>();
  for (const task of tasks) {
    const before = found.get(task.spec.framework);
    if (before) before.push(task);
    else found.set(task.spec.framework, [task]);
  }
  return found;
}

/** Without ports: of several machines they say nothing. */
function usedBy(tasks: readonly ListedTask[]): object {
  const held = tasks.filter(({ status }) => !isTerminal(status.state)).map(({ spec }) => spec);
  const sum = (pick: (spec: TaskSpec) => number): number =>
    Math.round(held.reduce((all, spec) => all + pick(spec), 0) * 1000) / 1000;
  return {
    cpus: sum(({ cpus }) => cpus),
    mem: sum(({ memMiB }) => memMiB),
    disk: sum(({ diskMiB = 0 }) => diskMiB),
  };
}

function tasksOf(tasks: readonly ListedTask[]): object {
  const lists: Record<string, object[]> = {
    tasks: [],
    unreachable_tasks: [],
    completed_tasks: [],
  };
  for (const task of tasks) lists[listOf(task)]?.push(taskOf(task));
  return lists;
}

function listOf({ status }: ListedTask): string {
  if (isTerminal(status.state)) return "completed_tasks";
  return status.state === "TASK_UNREACHABLE" ? "unreachable_tasks" : "tasks";
}

/** Without environment and command: they may hold secrets. */
function taskOf({ spec, status, role }: ListedTask): object {
  return {
    id: spec.id,
    name: spec.catalogName ?? spec.id,
    framework_id: spec.framework,
    slave_id: status.node,
    state: status.state,
    role,
    resources: mesosResources(taskResources(spec)),
    labels: Object.entries(spec.labels).map(([key, value]) => ({ key, value })),
    statuses: [
      {
        state: status.state,
        timestamp: status.atMs / 1000,
        healthy: status.healthy,
        container_status:
          status.containerId === undefined
            ? undefined
            : { container_id: { value: status.containerId } },
      },
    ],
  };
}

function mesosResources({ cpus, memMiB, diskMiB, ports }: Resources): object {
  const ranges = ports.map(({ begin, end }) => `${begin}-${end}`).join(", ");
  return { cpus, mem: memMiB, disk: diskMiB, ...(ranges !== "" && { ports: `[${ranges}]` }) };
}

function isActive({ attached, draining, unhealthy }: NodeView): boolean {
  return attached && !draining && unhealthy === undefined;
}

function isUnreachable({ attached, status }: NodeView): boolean {
  return !attached && status !== "alive" && status !== "suspect";
}
