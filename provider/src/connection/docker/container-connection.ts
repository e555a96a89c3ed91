import { realpath } from "node:fs/promises";
import { basename } from "node:path";
import { InstallError } from "../install-error";
import type { NodeName } from "../node-network";
import { ShellConnection } from "../shell-connection";
import { DockerShell } from "./docker-shell";
import { machineName, machinePaths } from "./machine-names";
import type { OuterEngine } from "./outer-engine";
import { Turns } from "../turns";

const turns = new Turns();
const linkDeadlineMs = 30_000;

/** A node's container, while it runs. Its programs are one copy for all nodes of the cluster on that engine. */
export class ContainerConnection extends ShellConnection {
  readonly container: DockerShell;

  /** @param hashOf SHA-256 in hex of a program of this machine */
  constructor(
    private readonly outer: OuterEngine,
    private readonly name: NodeName,
    private readonly hashOf: (path: string) => Promise<string>,
  ) {
    const shell = new DockerShell(() => outer.client(), machineName(name));
    super(shell, { compress: outer.isRemote });
    this.container = shell;
  }

  override async placeProgram(localPath: string, path: string): Promise<void> {
    const shared = await this.shareProgram(localPath);
    const step = `link ${path} to ${shared}`;
    const script = 'ln -sfn "$1" "$2.new" && mv -fT "$2.new" "$2"';
    const { code, stderr } = await this.container.run(script, [shared, path], {
      step,
      deadlineMs: linkDeadlineMs,
    });
    if (code !== 0)
      throw new InstallError(step, `${step} on ${this.description}: ${stderr.trim()}`);
  }

  /**
   * Brings a program of this machine there: once for all nodes of the cluster on that engine, which share its disk, and its
   * pages in memory. What has its content already is not sent.
   * @returns its path in the container
   */
  async shareProgram(localPath: string): Promise<string> {
    const path = await realpath(localPath);
    const directory = `${machinePaths.programs}/${await this.hashOf(path)}`;
    const shared = `${directory}/${basename(path)}`;
    await turns.take(`${this.outer.description} ${this.name.cluster} ${shared}`, async () => {
      // Whole, or not there: it gets its name when all of it has arrived.
      if (await this.isExecutable(shared)) return;
      await this.makeDirectory(directory, 0o755);
      await super.placeProgram(path, shared);
    });
    return shared;
  }
}
