import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../ports/log";
import type { ConsulCall } from "./http";
import { createConsulCall, parseAnswer } from "./http";
import type { OsProcess } from "./os-process";
import { isGoneWithin, isRunning } from "./os-process";
import type { ProcessSettings } from "./process-config";
import { recoveryToken } from "./process-config";

const leaveDeadlineMs = 10_000;
const askDeadlineMs = 500;
const pollMs = 100;
/** So long it still answers once it knows that all leave: the others must come to know it, too, and ask it. */
const lingerMs = 1000;

/** Status of a member in serf: 1 is alive, 4 failed. */
const leaving = [2, 3];

export type LeaveOptions = Pick<ProcessSettings, "address" | "httpPort" | "servers" | "token"> & {
  readonly log: Log;
};

/**
 * Has the Consul of this node say goodbye, for 10 s at most; it may run still. A server waits until the others have taken
 * away its vote. Where all of them leave, soon no majority is there to do so, and none that would count the vote: they
 * are asked, and once every one says that it leaves, waiting is over.
 */
export async function leaveCluster(options: LeaveOptions, target: OsProcess): Promise<void> {
  const over = new AbortController();
  const asked = ask(options, target, over.signal);
  const alone = allLeave(options, target, over.signal);
  await Promise.race([asked, alone]);
  over.abort();
  await Promise.all([asked, alone]);
}

/** Never rejects. */
async function ask(options: LeaveOptions, target: OsProcess, signal: AbortSignal): Promise<void> {
  try {
    const call = callTo(options, options.address);
    await call({
      method: "PUT",
      path: "/v1/agent/leave",
      deadlineMs: leaveDeadlineMs,
      signal,
    });
    await isGoneWithin(target, leaveDeadlineMs);
  } catch (error) {
    if (signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    options.log.warn("Consul could not leave its cluster; it is stopped", { reason });
  }
}

/** Never rejects; resolves when all servers leave, or it is over anyway. */
async function allLeave(
  options: LeaveOptions,
  target: OsProcess,
  signal: AbortSignal,
): Promise<void> {
  const waitedFor = new Map(
    [options.address, ...options.servers].map((address) => [address, callTo(options, address)]),
  );
  const own = callTo(options, options.address);
  while (!signal.aborted && isRunning(target)) {
    // One that has said so once may be gone by the next time; gossip takes seconds, but knows those gone before.
    const left = await Promise.all([
      hearsOf(own, signal),
      ...[...waitedFor].map(async ([address, call]) =>
        (await leaves(call, signal)) ? [address] : [],
      ),
    ]);
    for (const address of left.flat()) waitedFor.delete(address);
    if (waitedFor.size === 0) {
      await delay(lingerMs, undefined, { signal }).catch(() => undefined);
      return;
    }
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Addresses of those that leave or have left, as its own Consul has heard. */
async function hearsOf(call: ConsulCall, signal: AbortSignal): Promise<readonly string[]> {
  const members = (await get(call, "/v1/agent/members", signal)) as
    readonly { readonly Addr: string; readonly Status: unknown }[] | undefined;
  return (members ?? [])
    .filter(({ Status }) => leaving.includes(Number(Status)))
    .map(({ Addr }) => Addr);
}

/** What it says of itself. One that does not answer may come back. */
async function leaves(call: ConsulCall, signal: AbortSignal): Promise<boolean> {
  const self = (await get(call, "/v1/agent/self", signal)) as
    { readonly Member?: { readonly Status?: unknown } } | undefined;
  return leaving.includes(Number(self?.Member?.Status));
}

/** undefined: no answer. */
async function get(call: ConsulCall, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    const answer = await call({ method: "GET", path, deadlineMs: askDeadlineMs, signal });
    return answer.status === 200 ? parseAnswer(answer) : undefined;
  } catch {
    return undefined;
  }
}

function callTo({ httpPort, token }: LeaveOptions, address: string): ConsulCall {
  return createConsulCall({
    address: `http://${address}:${httpPort}`,
    token: recoveryToken(token),
  });
}
