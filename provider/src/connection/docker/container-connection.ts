import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import type { NodeName } from "../node-network";
import { ShellConnection } from "../shell-connection";
import { DockerShell } from "./docker-shell";
import { machineName, machinePaths } from "./machine-names";
import type { OuterEngine } from "./outer-engine";
import { Turns } from "./turns";

const turns = new Turns();
const digests = new Map<string, Promise<string>>();

/** A node's container, while it runs. */
export class ContainerConnection extends ShellConnection {
  readonly container: DockerShell;

  constructor(
    private readonly outer: OuterEngine,
    private readonly name: NodeName,
  ) {
    const shell = new DockerShell(() => outer.client(), machineName(name));
    super(shell, { compress: outer.isRemote });
    this.container = shell;
  }

  /**
   * Brings a program of this machine there, once for all nodes of the cluster on that engine: they share its disk, and
   * its pages in memory. What has its content already is not sent.
   * @returns its path in the container
   */
  async shareProgram(localPath: string): Promise<string> {
    const path = await realpath(localPath);
    const digest = digests.get(path) ?? digestOf(path);
    digests.set(path, digest);
    const directory = `${machinePaths.programs}/${await digest}`;
    const shared = `${directory}/${basename(path)}`;
    await turns.take(`${this.outer.description} ${this.name.cluster} ${shared}`, async () => {
      // Whole, or not there: it gets its name when all of it has arrived.
      if (await this.isExecutable(shared)) return;
      await this.makeDirectory(directory, 0o755);
      await this.placeProgram(path, shared);
    });
    return shared;
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
