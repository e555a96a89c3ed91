import { CoveyClient, isMissing } from "../../client";
import { Keeper } from "../../connection";
import type { Connection, NodeName, NodePaths } from "../../connection";
import type { NodeTiming } from "../provider-data";
import { pause } from "../waiting";
import type { Deadline } from "../waiting";
import { askAgent, ownClient, readAccess } from "./node-access";
import type { NodeAccess } from "./node-access";

const requestMs = 2000;
const probeMs = 1000;

export interface RemoveOptions {
  readonly connection: Connection;
  readonly name: NodeName;
  readonly paths: NodePaths;
  /** Removes what is left of the node on its machine, whatever state it is in. */
  readonly takeOff: () => Promise<void>;
  readonly timing: NodeTiming;
  readonly deadline: Deadline;
  /** A step that was left out, and why; none of them keeps a node from being removed. */
  readonly note: (message: string) => void;
}

/**
 * Takes a node out of its cluster, then off its machine. The first half is a courtesy to the cluster, each step of it
 * bounded; the second is done whatever came of the first. Works on what any interrupted create or remove has left.
 */
export async function removeNode(options: RemoveOptions): Promise<void> {
  const { connection, name, paths, timing } = options;
  const access = await readAccess(connection, paths);
  const isOurs = access?.cluster === name.cluster && access.node === name.node;
  const { agentPid } = await new Keeper(connection, paths, name).look();
  if (isOurs && agentPid !== undefined && (await askAgent(access, timing.readMs)))
    await leaveCluster(options, access);
  if (access && !isOurs)
    throw new Error(
      `${paths.directory} belongs to node '${access.node}' of cluster '${access.cluster}' by now; nothing of it was removed`,
    );
  await options.takeOff();
  // Last: an agent that could not be asked to leave would be taken in again, were it still there.
  if (access) await forgotten(options, access);
}

async function leaveCluster(options: RemoveOptions, access: NodeAccess): Promise<void> {
  const { connection, name, paths, timing, note } = options;
  const own = ownClient(access);
  try {
    await drained(options, own, access);
    await own
      .leave({ stopTasks: true }, within(options.deadline, timing.leaveMs))
      .catch(tell(note, "leave"));
    if (!(await new Keeper(connection, paths, name).waitForEnd(timing.leaveMs)))
      note(`the agent did not end within ${timing.leaveMs / 1000} s of being asked; it is killed`);
  } finally {
    own.close();
  }
}

/** Waits until the node's tasks have moved. A cluster without a master cannot move them. */
async function drained(
  options: RemoveOptions,
  own: CoveyClient,
  access: NodeAccess,
): Promise<void> {
  const { name, timing, deadline, note } = options;
  const { tasks } = await own.agent().catch(() => ({ tasks: 0 }));
  if (tasks === 0) return;
  const cluster = clientOf(access, [access.api, ...othersOf(access)]);
  try {
    await cluster.drain(name.node, timing.drainMs, within(deadline, timing.noMasterMs));
  } catch (error) {
    tell(note, "drain")(error);
    return;
  } finally {
    cluster.close();
  }
  const end = performance.now() + timing.drainMs;
  while (performance.now() < end && !deadline.signal.aborted) {
    const view = await own.agent().catch(() => undefined);
    if (!view || view.tasks === 0) return;
    await pause(timing.pollMs, deadline);
  }
  note(`not all tasks had moved after ${timing.drainMs / 1000} s; the rest is stopped`);
}

/** Of a node whose machine does not run: it cannot be asked to leave. */
export async function removeLostNode(
  options: Omit<RemoveOptions, "connection" | "paths">,
  access: NodeAccess | undefined,
): Promise<void> {
  await options.takeOff();
  if (access) await forgotten(options, access);
}

/**
 * Has the others forget the node, once it has left: an agent that is still there would be taken in again. Where it was the
 * master, they elect another first; where too few voters are left to do so, the cluster is being taken down, and there
 * is no one to tell.
 */
async function forgotten(
  options: Pick<RemoveOptions, "name" | "timing" | "deadline" | "note">,
  access: NodeAccess,
): Promise<void> {
  const { name, timing, deadline, note } = options;
  if (othersOf(access).length === 0) return;
  const client = clientOf(access, othersOf(access));
  const end = performance.now() + timing.forgetMs;
  let why: unknown = "no master could be elected any more";
  try {
    while (performance.now() < end && !deadline.signal.aborted) {
      if (!(await canElect(access))) break;
      try {
        await client.forget(name.node);
        return;
      } catch (error) {
        if (isMissing(error)) return;
        why = error;
      }
      await pause(timing.pollMs, deadline);
    }
    tell(note, "have the cluster forget the node")(why);
  } finally {
    client.close();
  }
}

/** A majority of the voters is alive, this node not counted, in the view of one that answers. */
async function canElect(access: NodeAccess): Promise<boolean> {
  const clients = othersOf(access).map((api) => clientOf(access, [api], probeMs));
  try {
    const { voters } = await Promise.any(clients.map((client) => client.status()));
    const alive = voters.filter(({ name, status }) => status === "alive" && name !== access.node);
    return alive.length > voters.length / 2;
  } catch {
    return false;
  } finally {
    for (const client of clients) client.close();
  }
}

function othersOf(access: NodeAccess): readonly string[] {
  return access.voters.filter((api) => api !== access.api);
}

function clientOf(
  access: NodeAccess,
  endpoints: readonly string[],
  timeoutMs = requestMs,
): CoveyClient {
  return new CoveyClient({ endpoints, token: access.token, ca: access.ca, timeoutMs });
}

function within(deadline: Deadline, ms: number): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.any([deadline.signal, AbortSignal.timeout(ms)]) };
}

function tell(note: (message: string) => void, what: string): (error: unknown) => void {
  return (error) => {
    note(`could not ${what}: ${error instanceof Error ? error.message : String(error)}`);
  };
}
