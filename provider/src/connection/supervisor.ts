import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "./connection";
import { InstallError } from "./install-error";
import type { NodePaths } from "./node-paths";
import { areRunning, parseProcessFile, signalVerified } from "./process-file";
import type { ProcessIdentity } from "./process-file";

const pollMs = 100;
const startDeadlineMs = 10_000;
const killDeadlineMs = 5_000;

/** The processes of a node that run now. */
export interface NodeProcesses {
  readonly supervisor: ProcessIdentity | undefined;
  readonly agent: ProcessIdentity | undefined;
  readonly watcher: ProcessIdentity | undefined;
}

async function findProcesses(connection: Connection, paths: NodePaths): Promise<NodeProcesses> {
  return runningOf(connection, await connection.readFiles(processFiles(paths)));
}

/** In the order `runningOf` takes their texts. */
export function processFiles(paths: NodePaths): readonly string[] {
  return [paths.supervisorPid, paths.agentPid, paths.watcherPid];
}

/** Of what the process files hold, what runs. */
export async function runningOf(
  connection: Connection,
  texts: readonly (string | undefined)[],
): Promise<NodeProcesses> {
  const written = texts.map((text) => parseProcessFile(text));
  const running = await areRunning(connection, written.filter(isThere));
  const [supervisor, agent, watcher] = written.map((one) =>
    running.find(({ pid }) => pid === one?.pid),
  );
  return { supervisor, agent, watcher };
}

/** Returns once the supervisor has begun; whether its agent does well is seen at the agent's API. */
export async function startSupervisor(
  connection: Connection,
  paths: NodePaths,
  runtime: string,
): Promise<void> {
  await connection.spawnDetached("/bin/sh", [paths.supervisorScript, runtime], paths.directory);
  const begun = await until(startDeadlineMs, async () => {
    const { supervisor } = await findProcesses(connection, paths);
    return supervisor !== undefined;
  });
  if (!begun)
    throw new InstallError(
      "start the supervisor",
      `${paths.supervisorScript} was started on ${connection.description}, but did not write ${paths.supervisorPid} within ${startDeadlineMs / 1000} s; run it by hand to see why`,
    );
}

/**
 * Ends the supervisor and its agent: TERM, then KILL after `graceMs`. Containers run on. Processes of ours whose
 * supervisor was killed are found by the agent's own process file.
 */
export async function stopSupervisor(
  connection: Connection,
  paths: NodePaths,
  graceMs: number,
): Promise<void> {
  const known = await findProcesses(connection, paths);
  const { supervisor, agent, watcher } = known;
  if (processesOf(known).length === 0) return;
  for (const signal of ["TERM", "KILL"] as const) {
    // The supervisor first, else it would start the agent again; asked to end, it ends the other two itself.
    if (supervisor) await signalVerified(connection, supervisor, signal);
    if (signal === "KILL" || !supervisor)
      for (const process of [agent, watcher])
        if (process) await signalVerified(connection, process, signal);
    const deadlineMs = signal === "TERM" ? graceMs : killDeadlineMs;
    if (await ended(connection, paths, known, deadlineMs)) return;
  }
  const left = processesOf(known)
    .map(({ pid }) => pid)
    .join(", ");
  throw new InstallError(
    "stop the agent",
    `process ${left} of ${paths.directory} does not end, not even by KILL; look at it with 'ps -o stat,wchan -p ${left}'`,
  );
}

/** True as soon as none of them runs, within the deadline. */
export async function waitForEnd(
  connection: Connection,
  paths: NodePaths,
  deadlineMs: number,
): Promise<boolean> {
  return ended(connection, paths, await findProcesses(connection, paths), deadlineMs);
}

async function ended(
  connection: Connection,
  paths: NodePaths,
  known: NodeProcesses,
  deadlineMs: number,
): Promise<boolean> {
  return until(deadlineMs, async () => {
    // The files are read again: the supervisor may have started another agent just before it ended.
    const now = await findProcesses(connection, paths);
    const all = [...processesOf(known), ...processesOf(now)];
    return (await areRunning(connection, all)).length === 0;
  });
}

function processesOf({ supervisor, agent, watcher }: NodeProcesses): readonly ProcessIdentity[] {
  return [supervisor, agent, watcher].filter(isThere);
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

async function until(deadlineMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() >= end) return false;
    await sleep(pollMs);
  }
}
