import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { processes, signalProcess, type ProcessSeen } from "../demo/processes";
import { waitFor } from "../wait";

const commandWithinMs = 10_000;
const endWithinMs = 10_000;

/**
 * A network of its own: interfaces, addresses, ports; nothing of the machine's is in it. A file holds it, instead of a name:
 * `ip netns add` would leave a mount in /run/netns on machines that have none. Whoever unmounts the file and ends the
 * processes has ended the network, with its interfaces.
 */
export class NetworkNamespace {
  constructor(readonly file: string) {}

  create(): void {
    writeFileSync(this.file, "");
    execute("unshare", `--net=${this.file}`, "ip", "link", "set", "lo", "up");
  }

  /** The program takes the place of `nsenter`, whose process id it has. Unlike `ip netns exec` it sees the same /sys. */
  command(...command: readonly string[]): readonly [string, ...string[]] {
    return ["nsenter", `--net=${this.file}`, ...command];
  }

  run(...command: readonly string[]): string {
    return execute(...this.command(...command));
  }

  /** A cable, `here` at this end and `there` in the other namespace; no end of it ever is in the machine's own. */
  connect(here: string, other: NetworkNamespace, there: string): void {
    const peer = ["peer", "name", there, "netns", other.file];
    this.run("ip", "link", "add", here, "type", "veth", ...peer);
  }

  processes(): readonly ProcessSeen[] {
    const own = identity(this.file);
    if (own === undefined) return [];
    return processes().filter(({ pid }) => identity(`/proc/${pid}/ns/net`) === own);
  }

  /** Paths of the Unix sockets that its processes listen on: those, too, are seen in their own namespace only. */
  sockets(): readonly string[] {
    const [first] = this.processes();
    if (!first) return [];
    const lines = readFileSync(`/proc/${first.pid}/net/unix`, "utf8").trim().split("\n").slice(1);
    return lines.flatMap((line) => /^(?:\S+\s+){7}(\/.*)$/.exec(line)?.slice(1) ?? []);
  }

  /** All of them, and those that they start meanwhile. */
  async endProcesses(): Promise<void> {
    const options = { what: `processes in ${this.file} to end`, deadlineMs: endWithinMs };
    await waitFor(options, () => {
      const left = this.processes();
      for (const { pid } of left) signalProcess(pid, "SIGKILL");
      return Promise.resolve(left.length === 0 ? true : undefined);
    });
  }
}

function identity(file: string): string | undefined {
  try {
    const { dev, ino } = statSync(file);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

function execute(program = "", ...args: readonly string[]): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    timeout: commandWithinMs,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
