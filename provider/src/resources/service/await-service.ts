import type { ServiceView } from "@covey/agent/contract";
import type { CoveyClient } from "../../client";
import { PluginError } from "../../plugin";
import { describeDuration } from "../duration";
import { sentence } from "../problems";
import { pause } from "../waiting";
import type { Deadline } from "../waiting";
import { persist } from "../cluster-client";

const pollMs = 250;
/** Instances of the current version that ended: so many are no accident. */
const failuresMax = 3;
/** So long nothing may be free yet: instances of an older version are still ending, nodes still coming. */
const unplaceableMs = 15_000;
const refusalsShown = 20;

/** Waits until all instances of this version run and are healthy. Throws PluginError naming the reason where they will not. */
export async function awaitService(
  client: CoveyClient,
  put: ServiceView,
  deadline: Deadline,
): Promise<ServiceView> {
  const { name } = put.spec;
  let unplaceableSince: number | undefined;
  let view = put;
  for (;;) {
    const problem = view.phase === "failing" && view.failures >= failuresMax;
    if (view.phase === "running") return view;
    if (problem) throw await failed(client, view, "its instances end again and again");
    const now = performance.now();
    unplaceableSince = view.phase === "unplaceable" ? (unplaceableSince ?? now) : undefined;
    if (unplaceableSince !== undefined && now - unplaceableSince >= unplaceableMs)
      throw await failed(client, view, "no node takes its next instance");
    await pause(pollMs, deadline);
    deadline.throwIfInterrupted();
    if (deadline.passed) throw await tooLate(client, view, deadline);
    view = await current(client, put, deadline);
    if (view.version !== put.version)
      throw new PluginError(
        `Service '${name}' was changed meanwhile`,
        `While this apply waited for version ${put.version}, someone put version ${view.version} in its place. Plan again to see the difference.`,
      );
  }
}

async function current(
  client: CoveyClient,
  put: ServiceView,
  deadline: Deadline,
): Promise<ServiceView> {
  const { name } = put.spec;
  const view = await persist(deadline, () => client.findService(name, { signal: deadline.signal }));
  if (view) return view;
  throw new PluginError(
    `Service '${name}' was deleted meanwhile`,
    "Someone deleted it while this apply waited for its instances. Apply again to make it anew.",
  );
}

async function tooLate(
  client: CoveyClient,
  view: ServiceView,
  deadline: Deadline,
): Promise<PluginError> {
  const healthy = `${view.updated} of ${view.spec.instances} instances are healthy after ${describeDuration(deadline.ms)}`;
  return failed(client, view, healthy);
}

async function failed(
  client: CoveyClient,
  view: ServiceView,
  reason: string,
): Promise<PluginError> {
  const { name } = view.spec;
  const problem = view.problem === undefined ? "" : ` ${sentence(view.problem)}`;
  return new PluginError(
    `Service '${name}' does not run`,
    `${sentence(reason)}${problem}${await details(client, name)}\n\nThe service stays as it was put; correct its definition and apply again, or look with 'covey why ${name}'.`,
  );
}

/** Node by node and failure by failure; nothing where the cluster does not say. */
async function details(client: CoveyClient, name: string): Promise<string> {
  try {
    const { refusals, failures } = await client.why(name);
    const lines = [
      ...refusals.map(({ node, message }) => `  node ${node}: ${message}`),
      ...failures.map(({ node, message }) => `  ended on ${node}: ${message}`),
    ];
    const distinct = [...new Set(lines)];
    const rest = distinct.length - refusalsShown;
    const shown = distinct.slice(0, refusalsShown);
    if (rest > 0) shown.push(`  and ${rest} more`);
    return shown.length === 0 ? "" : `\n\n${shown.join("\n")}`;
  } catch {
    return "";
  }
}
