import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const termDeadlineMs = 5000;
const killDeadlineMs = 5000;
const pollMs = 20;

/** One process of the system. A pid is used again some day; together with the start time it is not. */
export interface OsProcess {
  readonly pid: number;
  /** In clock ticks since the machine booted (field 22 of /proc/PID/stat). */
  readonly startTicks: number;
}

/** undefined: there is none of that pid, or it is a zombie. */
export function findProcess(pid: number): OsProcess | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets, which may hold anything, brackets and spaces too.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const startTicks = Number(fields?.[19]);
  if (fields === undefined || fields[0] === "Z" || fields[0] === "X") return undefined;
  return Number.isSafeInteger(startTicks) ? { pid, startTicks } : undefined;
}

export function isRunning(target: OsProcess): boolean {
  return findProcess(target.pid)?.startTicks === target.startTicks;
}

/** Whether it was started as `PROGRAM agent ... -config-file=PATH`. */
export function runsWithConfig(pid: number, configFile: string): boolean {
  const words = readText(`/proc/${pid}/cmdline`)?.split("\0") ?? [];
  return words[1] === "agent" && words.includes(`-config-file=${configFile}`);
}

/** The process started with this configuration, where its pid file is lost. */
export function findByConfig(configFile: string): OsProcess | undefined {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const pid = pids.map(Number).find((candidate) => runsWithConfig(candidate, configFile));
  return pid === undefined ? undefined : findProcess(pid);
}

/** Whether there was such a process to signal. */
export function signalProcess(target: OsProcess, signal: NodeJS.Signals): boolean {
  if (!isRunning(target)) return false;
  try {
    return process.kill(target.pid, signal);
  } catch {
    // It ended between the look and the signal.
    return false;
  }
}

/** TERM, then KILL. Throws Error where even that does not end it. */
export async function terminate(target: OsProcess): Promise<void> {
  signalProcess(target, "SIGTERM");
  if (await isGoneWithin(target, termDeadlineMs)) return;
  signalProcess(target, "SIGKILL");
  if (await isGoneWithin(target, killDeadlineMs)) return;
  throw new Error(`process ${target.pid} does not end, not even by KILL: its disk may hang`);
}

export async function isGoneWithin(target: OsProcess, deadlineMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < deadlineMs; waitedMs += pollMs) {
    if (!isRunning(target)) return true;
    await delay(pollMs);
  }
  return !isRunning(target);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
