import type { Connection } from "./connection";

/** A process of the machine, told from a later one with the same number by when it began. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot: field 22 of /proc/PID/stat (proc_pid_stat(5)). */
  readonly startTicks: number;
}

/** Reads `PID START`; undefined where the file is missing or holds something else. */
export async function readProcessFile(
  connection: Connection,
  path: string,
): Promise<ProcessIdentity | undefined> {
  const match = /^(\d+) (\d+)\s*$/.exec((await connection.readFile(path)) ?? "");
  return match ? { pid: Number(match[1]), startTicks: Number(match[2]) } : undefined;
}

/**
 * The process of a file is there, and is the one that wrote it. A zombie that no one fetches counts as ended, but only with
 * its last thread: until then its sockets are open.
 */
export async function isRunning(
  connection: Connection,
  identity: ProcessIdentity,
): Promise<boolean> {
  const stat = await readStat(connection, identity.pid);
  if (stat?.startTicks !== identity.startTicks) return false;
  return stat.state !== "Z" || stat.threads > 1;
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

async function readStat(connection: Connection, pid: number): Promise<ProcessStat | undefined> {
  const text = await connection.readFile(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseStat(text);
}

/** False where the process does not run any more; one that has taken over its number is left alone. */
export async function signalVerified(
  connection: Connection,
  identity: ProcessIdentity,
  signal: "TERM" | "KILL",
): Promise<boolean> {
  return (await isRunning(connection, identity)) && connection.signal(identity.pid, signal);
}
