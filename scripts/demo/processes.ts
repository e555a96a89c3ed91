import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface ProcessSeen {
  readonly pid: number;
  readonly parent: number;
  /** Its working directory; "" where that may not be read. */
  readonly directory: string;
  /** Program and arguments. */
  readonly command: string;
}

/** All processes of this machine, those that end meanwhile left out. */
export function processes(): readonly ProcessSeen[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (state === "Z") return [];
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return [
          { pid: Number(name), parent: Number(parent), command, directory: directoryOf(name) },
        ];
      } catch {
        return [];
      }
    });
}

/** Those of the nodes whose data directories lie below `folder`. */
export function processesOf(folder: string): readonly ProcessSeen[] {
  return processes().filter((one) => one.pid !== process.pid && isOfNode(one, folder));
}

/**
 * A node's supervisor and agent (and what the supervisor sleeps with) run in its data directory, its Consul is given that
 * directory by name. Whoever else is there, a shell or a pager, is not ours to end.
 */
export function isOfNode(
  seen: Pick<ProcessSeen, "command" | "directory">,
  folder: string,
): boolean {
  const { command, directory } = seen;
  if (/(^|\/)consul agent /.test(command)) return command.includes(`${folder}/`);
  return (
    directory.startsWith(`${folder}/`) && /supervise\.sh|covey\.js agent |^sleep \d/.test(command)
  );
}

function directoryOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

/** SIGKILL to a process and all its descendants, parents first so that none starts another. */
export function endTree(root: number): void {
  const all = processes();
  const kill = (pid: number): void => {
    signalProcess(pid, "SIGKILL");
    for (const child of all.filter(({ parent }) => parent === pid)) kill(child.pid);
  };
  kill(root);
}

/** False: it is gone already. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
