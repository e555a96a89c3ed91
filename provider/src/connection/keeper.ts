import { BootEntry } from "./boot/boot-entry";
import type { BootKind } from "./boot/boot-entry";
import type { Connection } from "./connection";
import type { NodeName } from "./node-network";
import type { NodePaths } from "./node-paths";
import { processFiles, runningOf, startSupervisor, stopSupervisor, waitForEnd } from "./supervisor";
import { hasSystemd, Unit } from "./systemd";

const logLines = 15;
const logBytes = 4096;

/** How a node's agent is doing. */
export interface Kept {
  /** Somebody starts it again when it dies. */
  readonly isKept: boolean;
  readonly agentPid: number | undefined;
}

/**
 * Keeps a node's agent running: systemd where it runs the machine, else the supervisor's script. A machine may have changed
 * sides since the node was put on it (a container became a host, say), so what is there is looked at, not remembered: the unit's
 * file, and the processes that the script's files name.
 */
export class Keeper {
  readonly #unit: Unit;
  readonly #boot: BootEntry;

  constructor(
    private readonly connection: Connection,
    private readonly paths: NodePaths,
    name: NodeName,
  ) {
    this.#unit = new Unit(connection, name);
    this.#boot = new BootEntry(connection, paths, name);
  }

  async look(): Promise<Kept> {
    const [unit, ...files] = await this.connection.readFiles([
      this.#unit.file,
      ...processFiles(this.paths),
    ]);
    if (this.#unit.isOurs(unit)) {
      const { isActive, agentPid } = await this.#unit.look();
      if (isActive) return { isKept: true, agentPid };
    }
    const { supervisor, agent } = await runningOf(this.connection, files);
    return { isKept: supervisor !== undefined, agentPid: agent?.pid };
  }

  /**
   * Ends what runs and starts the agent anew. Returns once it has begun; whether it does well is seen at its API.
   * @param runtime the Node.js program
   * @param beforeStart is called while nothing runs
   */
  async restart(runtime: string, graceMs: number, beforeStart: () => Promise<void>): Promise<void> {
    const bySystemd = await hasSystemd(this.connection);
    await this.stop(graceMs);
    await beforeStart();
    if (bySystemd) {
      await this.#unit.write(this.paths, runtime);
      await this.#unit.start();
    } else {
      if (await this.#unit.isThere()) await this.connection.remove(this.#unit.file);
      await startSupervisor(this.connection, this.paths, runtime);
    }
  }

  /**
   * Has the machine start the node when it starts itself. To be called while the node runs.
   * @returns who will
   */
  async startWithMachine(): Promise<BootKind | "systemd"> {
    if (!(await hasSystemd(this.connection))) return this.#boot.ensure();
    await this.#boot.remove();
    return "systemd";
  }

  /** Ends the agent and whoever would start it again. Its containers and its Consul run on. */
  async stop(graceMs: number): Promise<void> {
    if ((await this.#unit.isThere()) && (await this.#unit.look()).isActive) await this.#unit.stop();
    await stopSupervisor(this.connection, this.paths, graceMs);
  }

  /** True as soon as an agent that was asked to leave has ended. */
  async waitForEnd(deadlineMs: number): Promise<boolean> {
    if ((await this.#unit.isThere()) && (await this.#unit.look()).isActive)
      return this.#unit.waitForEnd(deadlineMs);
    return waitForEnd(this.connection, this.paths, deadlineMs);
  }

  /** Stops it for good, and leaves nothing outside the node's directory. */
  async remove(graceMs: number): Promise<void> {
    await this.#boot.remove();
    await this.stop(graceMs);
    if (!(await this.#unit.isThere())) return;
    if (await hasSystemd(this.connection)) await this.#unit.remove();
    else await this.connection.remove(this.#unit.file);
  }

  /** Where its last words are, and what they were. */
  async lastWords(): Promise<{ readonly where: string; readonly text: string }> {
    if (await this.#unit.isThere())
      return { where: `journalctl -u ${this.#unit.name}`, text: await this.#unit.log(logLines) };
    const text = (await this.connection.readTail(this.paths.log, logBytes)) ?? "";
    return { where: this.paths.log, text: text.trimEnd().split("\n").slice(-logLines).join("\n") };
  }
}
