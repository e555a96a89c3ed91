import type { Member, MemberStatus } from "../model/member";
import { isTerminal, type TaskState } from "../model/task";
import type { Amounts, MasterFigures, NodeStanding, StoreFigures } from "../ports/figures";
import type { Kernel } from "./kernel";
import type { KernelNode } from "./state";

interface FiguresSource {
  readonly kernel: Kernel;
  readonly members: readonly Member[];
  readonly uptimeMs: number;
  readonly store: StoreFigures;
}

/** One pass over what there is, for it is asked for all the time. */
export function masterFigures({ kernel, members, uptimeMs, store }: FiguresSource): MasterFigures {
  const status = new Map(members.map((member) => [member.record.name, member.status]));
  const standings = { active: 0, unhealthy: 0, draining: 0, detached: 0, unreachable: 0 };
  for (const [name, node] of kernel.nodes()) standings[standingOf(node, status.get(name))]++;
  const attached = [...kernel.nodes()].filter(([, node]) => node.attached);
  const frameworks = [...kernel.frameworks().values()];
  const connected = frameworks.filter((one) => one.connected).length;
  return {
    uptimeMs,
    recovering: kernel.recovering,
    nodes: standings,
    total: sum(attached.map(([, node]) => node.info?.resources)),
    allocated: sum(attached.map(([name]) => kernel.usedOn(name))),
    tasks: liveTasks(kernel),
    ended: kernel.ended(),
    offers: frameworks.reduce((count, { offers }) => count + offers.size, 0),
    frameworks: { connected, disconnected: frameworks.length - connected },
    store,
  };
}

function standingOf(node: Readonly<KernelNode>, status: MemberStatus | undefined): NodeStanding {
  if (!node.attached)
    return status === "alive" || status === "suspect" ? "detached" : "unreachable";
  if (node.admitted.draining) return "draining";
  return node.info?.unhealthy === undefined ? "active" : "unhealthy";
}

function liveTasks(kernel: Kernel): MasterFigures["tasks"] {
  const owners = new Map<string, { framework: string; role: string; states: States }>();
  for (const { spec, role, status } of kernel.tasks()) {
    if (isTerminal(status.state)) continue;
    const framework = kernel.frameworks().get(spec.framework)?.info?.name ?? spec.framework;
    const key = JSON.stringify([framework, role]);
    const owner = owners.get(key) ?? { framework, role, states: {} };
    owner.states[status.state] = (owner.states[status.state] ?? 0) + 1;
    owners.set(key, owner);
  }
  return [...owners.values()];
}

type States = Partial<Record<TaskState, number>>;

/** Scalars only: of ports a sum says nothing. */
function sum(all: readonly (Amounts | undefined)[]): Amounts {
  const total = { cpus: 0, memMiB: 0, diskMiB: 0 };
  for (const one of all) {
    total.cpus += one?.cpus ?? 0;
    total.memMiB += one?.memMiB ?? 0;
    total.diskMiB += one?.diskMiB ?? 0;
  }
  return { ...total, cpus: Math.round(total.cpus * 1000) / 1000 };
}
