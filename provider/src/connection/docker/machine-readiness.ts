import { setTimeout as sleep } from "node:timers/promises";
import { InstallError } from "../install-error";
import type { NodeName } from "../node-network";
import type { Shell } from "../shell";
import { joinFrames } from "./frame-decoder";
import { findMachine } from "./machine";
import { machineName, machinePaths, readyLine } from "./machine-names";
import type { OuterEngine } from "./outer-engine";

const step = "wait for the node's own Docker engine";
const readyDeadlineMs = 60_000;
const probeMs = 5_000;
const pollMs = 100;
const logLines = 15;
/** More than dockerd says until it is up. */
const startLines = 500;

/**
 * Waits until the container's own engine answers, and the node in it, if one is installed, has been started. The log's last
 * lines say why not.
 * @param signal ends the waiting: then it returns, and the caller looks why
 * @throws InstallError where the container ends, or the time is up
 */
export async function awaitMachine(
  engine: OuterEngine,
  name: NodeName,
  shell: Shell,
  signal: AbortSignal,
): Promise<void> {
  const end = performance.now() + readyDeadlineMs;
  let why = `it does not answer after ${readyDeadlineMs / 1000} s`;
  if (await isReady(shell)) return;
  while (performance.now() < end) {
    if (signal.aborted) return;
    const found = await findMachine(engine, name);
    if (!found?.running) {
      why = "the container has ended";
      break;
    }
    if (await hasSaidReady(engine, name, found.startedAt)) return;
    await sleep(pollMs);
  }
  const container = machineName(name);
  throw new InstallError(
    step,
    `${step} in container ${container}: ${why}.\n\nLast lines of its log ('docker logs ${container}'):\n${await logTail(engine, container)}`,
    "docker",
  );
}

/** Asked by a program in the container: good for once, but ten nodes' polling would cost more than their start. */
async function isReady(shell: Shell): Promise<boolean> {
  try {
    const { code } = await shell.run('test -e "$1"', [machinePaths.ready], {
      step,
      deadlineMs: probeMs,
    });
    return code === 0;
  } catch {
    // The container is about to run, or to end: it is looked at again.
    return false;
  }
}

async function hasSaidReady(engine: OuterEngine, name: NodeName, since: Date): Promise<boolean> {
  const log = await readLog(engine, machineName(name), {
    since: since.getTime() / 1000,
    tail: startLines,
  });
  return log.split("\n").some((line) => line.endsWith(readyLine));
}

async function logTail(engine: OuterEngine, container: string): Promise<string> {
  const log = await readLog(engine, container, { tail: logLines });
  return log === "" ? "(nothing)" : log;
}

async function readLog(
  engine: OuterEngine,
  container: string,
  which: { readonly since?: number; readonly tail: number },
): Promise<string> {
  const log = await engine.find(`read the log of container ${container}`, (docker) =>
    docker.getContainer(container).logs({ stdout: true, stderr: true, ...which }),
  );
  return log ? joinFrames(log).trim() : "";
}
