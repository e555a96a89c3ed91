import type { AgentView, StatusView } from "@covey/agent/contract";
import { reasonOf } from "../../connection";
import type { Keeper } from "../../connection";
import { describeDuration } from "../duration";
import type { NodeTiming } from "../provider-data";
import { pause } from "../waiting";
import type { Deadline } from "../waiting";
import { ownClient } from "./node-access";
import type { NodeAccess } from "./node-access";

export interface AwaitOptions {
  readonly keeper: Keeper;
  readonly access: NodeAccess;
  readonly timing: NodeTiming;
  readonly deadline: Deadline;
}

export type Outcome =
  | { readonly kind: "attached" }
  /** The agent is up, but the cluster has no majority of voters yet. */
  | { readonly kind: "alone"; readonly missing: readonly string[] }
  | { readonly kind: "failed"; readonly reason: string };

/** Its processes are asked for this seldom while it does not answer: in a container or over SSH each look is a program. */
const lookEveryMs = 1_500;

/** An agent that ends this often in a row will not do better the next time. */
const endsMax = 4;

/** What was seen of the agent so far. */
interface Seen {
  readonly pids: Set<number>;
  upSince: number | undefined;
  last: string;
}

/** Waits until the agent answers and the master has it. */
export async function awaitNode(options: AwaitOptions): Promise<Outcome> {
  const { timing, deadline } = options;
  const seen: Seen = { pids: new Set(), upSince: undefined, last: "its API does not answer" };
  const client = ownClient(options.access);
  let looked = -Infinity;
  try {
    while (!deadline.signal.aborted) {
      const outcome = await look(client, options, seen);
      if (outcome) return outcome;
      if (seen.upSince === undefined && performance.now() - looked >= lookEveryMs) {
        looked = performance.now();
        const { agentPid } = await options.keeper.look();
        if (agentPid !== undefined) seen.pids.add(agentPid);
        if (seen.pids.size >= endsMax)
          return { kind: "failed", reason: `the agent has ended ${endsMax - 1} times in a row` };
      }
      await pause(timing.pollMs, deadline);
    }
  } finally {
    client.close();
  }
  deadline.throwIfInterrupted();
  return { kind: "failed", reason: `after ${describeDuration(deadline.ms)} ${seen.last}` };
}

async function look(
  client: ReturnType<typeof ownClient>,
  options: AwaitOptions,
  seen: Seen,
): Promise<Outcome | undefined> {
  let view: AgentView;
  let status: StatusView;
  try {
    view = await client.agent();
    if (view.attached) return answeredBy(view, options.access.node) ?? { kind: "attached" };
    status = await client.status();
  } catch (error) {
    seen.upSince = undefined;
    seen.last = `its API does not answer: ${reasonOf(error)}`;
    return undefined;
  }
  const stranger = answeredBy(view, options.access.node);
  if (stranger) return stranger;
  const now = performance.now();
  seen.upSince ??= now;
  const missing = status.voters.filter((voter) => voter.status !== "alive").map(({ name }) => name);
  seen.last = explain(view, status, missing);
  const majority = Math.floor(status.voters.length / 2) + 1;
  const alone = status.voters.length - missing.length < majority;
  return alone && now - seen.upSince >= options.timing.missingVotersMs
    ? { kind: "alone", missing }
    : undefined;
}

function answeredBy(view: AgentView, node: string): Outcome | undefined {
  return view.node === node
    ? undefined
    : {
        kind: "failed",
        reason: `at its address answers the agent of node '${view.node}': two nodes cannot share an address`,
      };
}

function explain(view: AgentView, status: StatusView, missing: readonly string[]): string {
  const unhealthy = view.unhealthy === undefined ? "" : `; the node is unfit: ${view.unhealthy}`;
  if (missing.length > 0)
    return `the agent is up, but voters ${missing.join(", ")} are missing${unhealthy}`;
  return status.master === undefined
    ? `the agent is up, but no master is elected${unhealthy}`
    : `the agent is up, but master '${status.master.name}' has not taken it in${unhealthy}`;
}
