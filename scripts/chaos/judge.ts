import { isTerminal } from "../../agent/src/model/task";
import { describeWish, sameWish, type Ledger, type Wish } from "./ledger";
import {
  agentsName,
  masterName,
  revisionVariable,
  type HostPicture,
  type Picture,
} from "./picture";

/** What is not as it has to be with all healed, a sentence each; none: all is in order. */
export function complaints(picture: Picture, ledger: Ledger): readonly string[] {
  return [
    ...ofAgents(picture),
    ...ledger.services.flatMap((name) => ofService(picture, name, ledger.possible(name))),
    ...ofStrangers(picture, ledger),
    ...ofContainers(picture),
    ...picture.hosts.flatMap((host) => ofDns(picture, host)),
  ];
}

/** All see all, and the same master in the same term; Consul and Docker answer them. */
function ofAgents({ hosts }: Picture): readonly string[] {
  const views = hosts.map(({ status }) => `${status.master?.name ?? "nobody"} of ${status.term}`);
  const split = new Set(views).size > 1 ? [`the agents follow ${views.join(", ")}`] : [];
  const each = hosts.flatMap(({ node, status }) => [
    ...(status.master ? [] : [`${node} knows of no master`]),
    ...(status.members.alive === hosts.length
      ? []
      : [`${node} sees ${status.members.alive} of ${hosts.length} members alive`]),
    ...(status.consul === undefined ? [] : [`Consul of ${node}: ${status.consul}`]),
    ...(status.docker === undefined ? [] : [`Docker of ${node}: ${status.docker}`]),
  ]);
  return [...split, ...each];
}

/** It is one of those it may be, and has exactly its instances, all of its version and healthy. */
function ofService(picture: Picture, name: string, possible: readonly Wish[]): readonly string[] {
  const service = picture.services.find(({ spec }) => spec.name === name);
  const wish = service && {
    revision: Number(service.spec.env[revisionVariable] ?? 0),
    instances: service.spec.instances,
  };
  const lost = possible.some((one) => sameWish(one, wish))
    ? []
    : [`${name} is ${describeWish(wish)}, but was ${possible.map(describeWish).join(" or ")}`];
  const tasks = liveTasks(picture).filter((task) => task.service === name);
  const wanted = wish?.instances ?? 0;
  const well = tasks.filter(
    (task) =>
      task.state === "TASK_RUNNING" && task.healthy !== false && task.version === service?.version,
  );
  if (tasks.length === wanted && well.length === wanted) return lost;
  const seen = tasks.map(({ id, node, state, healthy }) => `${id} ${node} ${state} ${healthy}`);
  return [
    ...lost,
    `${name} has ${tasks.length} tasks, ${well.length} well, not ${wanted}: ${seen.join("; ")}`,
  ];
}

/** Nothing is there that nobody has asked for. */
function ofStrangers(picture: Picture, { services }: Ledger): readonly string[] {
  const names = [
    ...picture.services.map(({ spec }) => spec.name),
    ...liveTasks(picture).map(({ service }) => service ?? "no service"),
  ];
  return [...new Set(names)]
    .filter((name) => !services.includes(name))
    .map((name) => `nobody has written ${name}`);
}

/** Each container is that of a live task of its node, the only one, and runs; each task has one. */
function ofContainers(picture: Picture): readonly string[] {
  const tasks = liveTasks(picture);
  const seen = picture.hosts.flatMap(({ node, containers }) =>
    containers.map((container) => ({ ...container, node })),
  );
  const strange = seen.flatMap(({ id, node, task, running }) => {
    const what = `container ${id.slice(0, 12)} on ${node}`;
    const known = tasks.find((one) => one.id === task && one.node === node);
    if (task === undefined) return [`${what} is no task's`];
    if (!known) return [`${what} is an orphan: ${task} is no live task there`];
    if (!running) return [`${what} of ${task} does not run`];
    return seen.filter((other) => other.task === task).length === 1
      ? []
      : [`${what} is not the only one of ${task}`];
  });
  const without = tasks
    .filter(({ id }) => !seen.some(({ task }) => task === id))
    .map(({ id, node }) => `${id} has no container on ${node}`);
  return [...strange, ...without];
}

/** Consul on each host answers exactly the healthy instances, all agents, and the one master. */
function ofDns(picture: Picture, { node, status, dns }: HostPicture): readonly string[] {
  return [...dns].flatMap(([name, answered]) => {
    const expected = expectedInDns(picture, name, status.master?.address);
    const [seen, wanted] = [[...answered].sort().join(" "), [...expected].sort().join(" ")];
    return seen === wanted ? [] : [`DNS of ${node} says ${name} is at [${seen}], not [${wanted}]`];
  });
}

function expectedInDns(
  picture: Picture,
  name: string,
  master: string | undefined,
): readonly string[] {
  if (name === agentsName) return picture.hosts.map(({ address }) => address);
  if (name === masterName) return master === undefined ? [] : [master];
  return liveTasks(picture)
    .filter((task) => task.service === name && task.healthy !== false)
    .flatMap(({ address, ports: [port] }) => (port ? [`${address}:${port.hostPort}`] : []));
}

function liveTasks({ tasks }: Picture): Picture["tasks"] {
  return tasks.filter(({ state }) => !isTerminal(state));
}
