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
    while (performance.now() < end && (await findOurs(connection, directory)).length > 0)
      await sleep(pollMs);
  }
  const [pid] = await findOurs(connection, directory);
  if (pid !== undefined)
    throw new InstallError(
      "stop Consul",
      `the Consul in ${directory} (process ${pid}) does not end, not even by KILL`,
    );
}

/** `consul agent ... DIRECTORY/...`. A zombie has no command line. */
async function findOurs(connection: Connection, directory: string): Promise<readonly number[]> {
  const inside = `${directory}/`;
  const found = await connection.findByCommandLine(inside);
  return found
    .filter(({ words: [, command, ...rest] }) => {
      return command === "agent" && rest.some((word) => word.includes(inside));
    })
    .map(({ pid }) => pid);
}
