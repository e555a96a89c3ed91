import type {
  MemberView,
  NodeView,
  ServiceView,
  StatusView,
  TaskView,
  WhyView,
} from "../contract/index";
import { cell, table } from "./table";

export function showStatus(status: StatusView): string {
  const { master, members, voters } = status;
  const alive = voters.filter((voter) => voter.status === "alive").length;
  const names = voters.map((voter) => `${voter.name} ${voter.status}`).join(", ");
  const counts = Object.entries(members).map(([state, count]) => `${count} ${state}`);
  return table(
    ["CLUSTER", `${status.cluster} (datacenter ${status.datacenter})`],
    [
      ["ASKED", `${status.node}, version ${status.version}`],
      [
        "MASTER",
        master
          ? `${master.name} at ${master.api}, term ${status.term}`
          : `none known, term ${status.term}`,
      ],
      ["VOTERS", `${alive} of ${voters.length} alive: ${names}`],
      ["MEMBERS", counts.join(", ")],
      ["CONSUL", status.consul ?? "ok"],
      ["DOCKER", status.docker ?? "ok"],
    ],
  );
}

export function showNodes(nodes: readonly NodeView[]): string {
  return table(
    ["NODE", "ADDRESS", "STATUS", "ROLE", "CPUS", "MEMORY", "TASKS", "ATTRIBUTES", "REMARK"],
    nodes.map((node) => [
      node.name,
      node.address,
      node.status,
      roleOf(node),
      `${node.used.cpus}/${node.total.cpus}`,
      `${node.used.memMiB}/${node.total.memMiB} MiB`,
      String(node.tasks),
      cell(attributesOf(node)),
      cell(remarksOn(node).join("; ")),
    ]),
  );
}

export function showServices(services: readonly ServiceView[]): string {
  return table(
    ["SERVICE", "IMAGE", "PHASE", "WANTED", "RUNNING", "HEALTHY", "UPDATED", "PROBLEM"],
    services.map((service) => [
      service.spec.name,
      service.spec.image,
      service.phase,
      String(service.spec.instances),
      String(service.running),
      String(service.healthy),
      String(service.updated),
      cell(service.problem),
    ]),
  );
}

export function showTasks(tasks: readonly TaskView[]): string {
  return table(
    ["TASK", "SERVICE", "NODE", "STATE", "HEALTHY", "PORTS", "CONTAINER", "MESSAGE"],
    tasks.map((task) => [
      task.id,
      cell(task.service),
      task.node,
      task.state.replace(/^TASK_/, "").toLowerCase(),
      task.healthy === undefined ? "-" : task.healthy ? "yes" : "no",
      cell(task.ports.map((port) => `${port.name} ${task.address}:${port.hostPort}`).join(" ")),
      cell(task.containerId?.slice(0, 12)),
      cell(task.message),
    ]),
  );
}

export function showMembers(members: readonly MemberView[]): string {
  return table(
    ["MEMBER", "ADDRESS", "STATUS", "INCARNATION", "VOTER"],
    members.map((member) => [
      member.name,
      member.address,
      member.status,
      String(member.incarnation),
      member.voter ? "yes" : "no",
    ]),
  );
}

export function showWhy(why: WhyView): string {
  const parts = [
    `${why.service}: ${why.summary}\n`,
    `${why.healthy} of ${why.wanted} instances are healthy\n`,
  ];
  if (why.refusals.length > 0)
    parts.push(
      "\n",
      table(
        ["NODE", "RULE", "WHY NOT"],
        why.refusals.map((refusal) => [refusal.node, refusal.rule, cell(refusal.message)]),
      ),
    );
  if (why.failures.length > 0)
    parts.push(
      "\n",
      table(
        ["ENDED", "TASK", "NODE", "HOW"],
        why.failures.map((failure) => [
          new Date(failure.atMs).toISOString(),
          failure.taskId,
          failure.node,
          cell(failure.message),
        ]),
      ),
    );
  return parts.join("");
}

function roleOf(node: NodeView): string {
  if (node.master) return "master";
  return node.voter ? "voter" : "-";
}

function attributesOf(node: NodeView): string {
  return Object.entries(node.attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function remarksOn(node: NodeView): string[] {
  return [
    ...(node.draining ? ["draining"] : []),
    ...(node.attached ? [] : ["not attached to the master"]),
    ...(node.unhealthy === undefined ? [] : [node.unhealthy]),
  ];
}
