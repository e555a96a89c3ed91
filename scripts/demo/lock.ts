import { readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { coveyDir } from "../paths";

const lockFile = join(coveyDir, "demo.lock");

/**
 * One demo at a time: the link's target is the holder's process id, and making a link is atomic.
 * @returns what gives the lock back
 * @throws Error naming the process that holds it
 */
export function takeLock(file = lockFile): () => void {
  for (let attempts = 0; attempts < 3; attempts++) {
    try {
      symlinkSync(String(process.pid), file);
      return () => {
        if (holderOf(file) === process.pid) rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(file);
    if (holder !== undefined && isAlive(holder))
      throw new Error(
        `a demo runs already, as process ${holder}: wait for it, or end it with \`kill -INT ${holder}\` (it cleans up)`,
      );
    removeStale(file);
  }
  throw new Error(`cannot take ${file}: others take it at the same time; try again`);
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readlinkSync(file));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Moved first, so that of two who find it only one removes it. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    rmSync(aside, { force: true });
  } catch {
    // Another has done it.
  }
}
