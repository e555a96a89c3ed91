import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "./connection";
import { InstallError } from "./install-error";

const graceMs = 5_000;
const pollMs = 100;

/**
 * Ends a Consul that outlived the agent that managed it. It is found by its command line, which names this very directory:
 * its agent's own record of it may be lost.
 */
export async function stopManagedConsul(connection: Connection, directory: string): Promise<void> {
  for (const signal of ["TERM", "KILL"] as const) {
    const found = await findOurs(connection, directory);
    if (found.length === 0) return;
    for (const pid of found) await connection.signal(pid, signal);
    const end = performance.now() + graceMs;
    while (performance.now() < end && (await stillOurs(connection, found, directory)))
      await sleep(pollMs);
  }
  const [pid] = await findOurs(connection, directory);
  if (pid !== undefined)
    throw new InstallError(
      "stop Consul",
      `the Consul in ${directory} (process ${pid}) does not end, not even by KILL`,
    );
}

async function findOurs(connection: Connection, directory: string): Promise<readonly number[]> {
  const names = (await connection.list("/proc")) ?? [];
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const ours = await Promise.all(pids.map((pid) => isOurs(connection, pid, directory)));
  return pids.filter((_pid, index) => ours[index]);
}

async function stillOurs(
  connection: Connection,
  pids: readonly number[],
  directory: string,
): Promise<boolean> {
  const ours = await Promise.all(pids.map((pid) => isOurs(connection, pid, directory)));
  return ours.includes(true);
}

/** `consul agent ... DIRECTORY/...`. */
async function isOurs(connection: Connection, pid: number, directory: string): Promise<boolean> {
  // Empty for a zombie.
  const text = (await connection.readFile(`/proc/${pid}/cmdline`)) ?? "";
  const [, command, ...rest] = text.split("\0");
  return command === "agent" && rest.some((word) => word.includes(`${directory}/`));
}
