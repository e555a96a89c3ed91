import { readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { coveyDir } from "../paths";

const lockFile = join(coveyDir, "demo.lock");

/**
 * One at a time: the link's target is the holder's process id and start, and making a link is atomic.
 * @returns what gives the lock back
 * @throws Error naming the process that holds it
 */
export function takeLock(file = lockFile, what = "demo"): () => void {
  for (let attempts = 0; attempts < 3; attempts++) {
    try {
      symlinkSync(`${process.pid}-${startOf(process.pid) ?? ""}`, file);
      return () => {
        if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(file);
    if (holder && isAlive(holder))
      throw new Error(
        `a ${what} runs already, as process ${holder.pid}: wait for it, or end it with \`kill -INT ${holder.pid}\` (it cleans up)`,
      );
    removeStale(file);
  }
  throw new Error(`cannot take ${file}: others take it at the same time; try again`);
}

interface Holder {
  readonly pid: number;
  /** When it started, in clock ticks: the number may be another process's by now. */
  readonly start: string;
}

function holderOf(file: string): Holder | undefined {
  try {
    const [pid = "", start = ""] = readlinkSync(file).split("-");
    return { pid: Number(pid), start };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, start }: Holder): boolean {
  return start !== "" && startOf(pid) === start;
}

/** Field 22 of /proc/PID/stat; undefined where the process has ended, also where it is a zombie nobody waits for. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
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
