import type { Connection } from "./connection";

/** A process of the machine, told from a later one with the same number by when it began. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot: field 22 of /proc/PID/stat (proc_pid_stat(5)). */
  readonly startTicks: number;
}

/** Of `PID START`; undefined where the file is missing or holds something else. */
export function parseProcessFile(text: string | undefined): ProcessIdentity | undefined {
  const match = /^(\d+) (\d+)\s*$/.exec(text ?? "");
  return match ? { pid: Number(match[1]), startTicks: Number(match[2]) } : undefined;
}

/**
 * Those that are there, and are the ones that wrote their files. A zombie that no one fetches counts as ended, but only
 * with its last thread: until then its sockets are open.
 */
export async function areRunning(
  connection: Connection,
  identities: readonly ProcessIdentity[],
): Promise<readonly ProcessIdentity[]> {
  const texts = await connection.readFiles(identities.map(({ pid }) => `/proc/${pid}/stat`));
  return identities.filter(({ startTicks }, index) => {
    const stat = parseStat(texts[index] ?? "");
    return stat?.startTicks === startTicks && (stat.state !== "Z" || stat.threads > 1);
  });
}

export interface ProcessStat {
  readonly state: string;
  readonly threads: number;
  readonly startTicks: number;
}

/** The second field is the program's name in brackets and may hold spaces and brackets itself. */
export function parseStat(text: string): ProcessStat | undefined {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  const threads = Number(fields[17]);
  const startTicks = Number(fields[19]);
  return state && Number.isInteger(startTicks) ? { state, threads, startTicks } : undefined;
}

/** False where the process does not run any more; one that has taken over its number is left alone. */
export async function signalVerified(
  connection: Connection,
  identity: ProcessIdentity,
  signal: "TERM" | "KILL",
): Promise<boolean> {
  const [found] = await areRunning(connection, [identity]);
  return found !== undefined && connection.signal(found.pid, signal);
}
