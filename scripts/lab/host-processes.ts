import { readFileSync } from "node:fs";
import { processes, signalProcess } from "../demo/processes";
import { waitFor } from "../wait";
import type { NetworkNamespace } from "./network-namespace";

const stoppedWithinMs = 5000;
const endedWithinMs = 10_000;

/**
 * All that runs on a host: its first process and what descends from it, containers too. They share a process namespace: who
 * ends the first process has the kernel end all others with it, whatever they are starting meanwhile.
 */
export class HostProcesses {
  constructor(readonly network: NetworkNamespace) {}

  /** Of the host's first process, as this machine counts; undefined: the host is off. */
  first(): number | undefined {
    return this.network.processes().find(({ pid }) => isFirst(pid))?.pid;
  }

  all(): readonly number[] {
    const first = this.first();
    return first === undefined ? [] : [first, ...descendants(first)];
  }

  /** SIGKILL to all at once. */
  async end(): Promise<void> {
    const first = this.first();
    if (first !== undefined) {
      signalProcess(first, "SIGKILL");
      await waitFor({ what: "a host's processes to end", deadlineMs: endedWithinMs }, () =>
        Promise.resolve(this.first() === undefined ? true : undefined),
      );
    }
    // Whoever held the namespaces for it, or came in from outside.
    await this.network.endProcesses();
  }

  /** Parents first, and again until none is found that moves. */
  async freeze(): Promise<void> {
    await waitFor({ what: "a host's processes to stop", deadlineMs: stoppedWithinMs }, () => {
      const moving = this.all().filter((pid) => !isStopped(pid));
      for (const pid of moving) signalProcess(pid, "SIGSTOP");
      return Promise.resolve(moving.length === 0 ? true : undefined);
    });
  }

  isFrozen(): boolean {
    const first = this.first();
    return first !== undefined && isStopped(first);
  }

  thaw(): void {
    for (const pid of this.all()) signalProcess(pid, "SIGCONT");
  }
}

function descendants(root: number): readonly number[] {
  const all = processes();
  const below = (parent: number): readonly number[] =>
    all.filter((one) => one.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(root);
}

/** Number one of a process namespace right below ours. */
function isFirst(pid: number): boolean {
  const numbers = /^NSpid:\s*(.*)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? "";
  return /^\d+\s+1$/.test(numbers.trim());
}

function isStopped(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  // One that has ended meanwhile does not move either.
  return ["T", "t", "Z", "X", ""].includes(state);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
