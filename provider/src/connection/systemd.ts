import { setTimeout as sleep } from "node:timers/promises";
import type { CommandResult, Connection } from "./connection";
import { InstallError } from "./install-error";
import type { NodeName } from "./node-network";
import type { NodePaths } from "./node-paths";
import { unitDirectory, unitName, unitOwner, unitText } from "./systemd-unit";

const callDeadlineMs = 60_000;
const pollMs = 200;

/** Whether systemd runs this machine (sd_booted(3)) and the user may give it units. */
export async function hasSystemd(connection: Connection): Promise<boolean> {
  if ((await connection.list("/run/systemd/system")) === undefined) return false;
  return (await connection.run("/bin/sh", ["-c", `[ -w ${unitDirectory} ]`])).code === 0;
}

export interface UnitState {
  /** It is started, or will be again. */
  readonly isActive: boolean;
  /** undefined: there is no process at the moment. */
  readonly agentPid: number | undefined;
}

/** A node's unit; there is none where its file is not. */
export class Unit {
  readonly name: string;
  readonly file: string;

  constructor(
    private readonly connection: Connection,
    private readonly node: NodeName,
  ) {
    this.name = unitName(node);
    this.file = `${unitDirectory}/${this.name}`;
  }

  /** Throws InstallError where a unit of this name is another's. */
  async isThere(): Promise<boolean> {
    return this.isOurs(await this.connection.readFile(this.file));
  }

  /** The same of its file's text. */
  isOurs(text: string | undefined): boolean {
    if (text === undefined) return false;
    if (text.startsWith(`${unitOwner(this.node)}\n`)) return true;
    throw new InstallError(
      "look for the systemd unit",
      `${this.file} on ${this.connection.description} is another's: '${text.split("\n")[0] ?? ""}'. Give this node another name, or remove that unit`,
    );
  }

  /** @returns whether the text is new */
  async write(paths: NodePaths, runtime: string): Promise<boolean> {
    const text = unitText(this.node, paths, runtime, await this.#version());
    if ((await this.connection.readFile(this.file)) === text) return false;
    await this.connection.writeFile(this.file, text, 0o644);
    await this.#systemctl("reload systemd", "daemon-reload");
    return true;
  }

  async start(): Promise<void> {
    await this.#systemctl(`start ${this.name}`, "enable", "--now", "--quiet", this.name);
  }

  async look(): Promise<UnitState> {
    const { stdout } = await this.#call("show", "-p", "ActiveState", "-p", "MainPID", this.name);
    const pid = Number(/^MainPID=(\d+)$/m.exec(stdout)?.[1] ?? 0);
    const state = /^ActiveState=(.*)$/m.exec(stdout)?.[1] ?? "inactive";
    const isActive = state !== "inactive" && state !== "failed";
    return { isActive, agentPid: pid === 0 ? undefined : pid };
  }

  /** TERM, then KILL, as the unit says. What the agent started runs on. */
  async stop(): Promise<void> {
    await this.#systemctl(`stop ${this.name}`, "stop", this.name);
  }

  /** True as soon as it has ended by itself. */
  async waitForEnd(deadlineMs: number): Promise<boolean> {
    const end = performance.now() + deadlineMs;
    for (;;) {
      if (!(await this.look()).isActive) return true;
      if (performance.now() >= end) return false;
      await sleep(pollMs);
    }
  }

  /** Its file and all that systemd knows of it, but for what it has written to the journal. */
  async remove(): Promise<void> {
    await this.#systemctl(`disable ${this.name}`, "disable", "--quiet", this.name);
    await this.connection.remove(this.file);
    await this.#systemctl("reload systemd", "daemon-reload");
    // Fails where it has not failed.
    await this.#call("reset-failed", this.name);
  }

  /** The last lines it has written. */
  async log(lines: number): Promise<string> {
    const args = ["-u", this.name, "-n", String(lines), "-o", "cat", "--no-pager"];
    return (await this.connection.run("journalctl", args, callDeadlineMs)).stdout;
  }

  async #version(): Promise<number> {
    const { stdout } = await this.#call("--version");
    return Number(/^systemd (\d+)/.exec(stdout)?.[1] ?? 0);
  }

  async #systemctl(step: string, ...args: readonly string[]): Promise<void> {
    const { code, stderr } = await this.#call(...args);
    if (code === 0) return;
    throw new InstallError(
      step,
      `${step} on ${this.connection.description}: ${stderr.trim() || `systemctl ended with code ${code}`}; 'journalctl -u ${this.name}' may say more`,
    );
  }

  #call(...args: readonly string[]): Promise<CommandResult> {
    return this.connection.run("systemctl", args, callDeadlineMs);
  }
}
