import type {
  CommandResult,
  Connection,
  FoundProcess,
  InterfaceAddress,
  Platform,
} from "./connection";
import { DockerEngine } from "./engine";
import type { Engine } from "./engine";
import { findListener, parseAddresses } from "./proc-net";
import { newBoundary, splitAt } from "./shell-answer";
import { ShellFiles } from "./shell-files";
import * as scripts from "./shell-scripts";
import { quickMs } from "./shell-steps";

/** A machine of which no more is needed than a POSIX shell. */
export class ShellConnection extends ShellFiles implements Connection {
  async isExecutable(path: string): Promise<boolean> {
    const { code } = await this.execute(`look at ${path}`, scripts.isExecutableScript, [path]);
    return code === 0;
  }

  async findProgram(name: string): Promise<string | undefined> {
    const result = await this.findBy(`look for ${name}`, scripts.findProgramScript, [name]);
    return result?.stdout.toString("utf8");
  }

  async run(
    command: string,
    args: readonly string[],
    deadlineMs = quickMs,
  ): Promise<CommandResult> {
    const all = [command, ...args];
    const result = await this.execute(`run ${command}`, scripts.runScript, all, { deadlineMs });
    return { ...result, stdout: result.stdout.toString("utf8") };
  }

  async spawnDetached(command: string, args: readonly string[], directory: string): Promise<void> {
    await this.complete(`start ${command}`, scripts.spawnScript, [directory, command, ...args]);
  }

  async findByCommandLine(text: string): Promise<readonly FoundProcess[]> {
    const boundary = newBoundary();
    const step = "look for processes";
    const { stdout } = await this.complete(step, scripts.findProcessesScript, [boundary, text]);
    return splitAt(stdout, boundary)
      .slice(0, -1)
      .map((part) => {
        const [pid, ...words] = part.toString("utf8").replace(/\0$/, "").split("\0");
        return { pid: Number(pid), words };
      });
  }

  async signal(pid: number, signal: "TERM" | "KILL"): Promise<boolean> {
    const args = [String(pid), signal];
    const result = await this.findBy(`signal process ${pid}`, scripts.signalScript, args);
    return result !== undefined;
  }

  async addresses(): Promise<readonly InterfaceAddress[]> {
    const step = "read the machine's addresses";
    const { stdout } = await this.complete(step, scripts.addressesScript, []);
    return parseAddresses(stdout.toString());
  }

  async whyPortTaken(
    address: string,
    port: number,
    protocol: "tcp" | "udp",
  ): Promise<string | undefined> {
    const has = address.startsWith("127.")
      ? true
      : (await this.addresses()).some((one) => one.address === address);
    if (!has) return `the machine does not have the address ${address}`;
    const step = `look who has ${protocol} port ${port}`;
    const { stdout } = await this.complete(step, scripts.socketsScript, [protocol]);
    return findListener(stdout.toString(), address, port, protocol);
  }

  async cacheDirectory(): Promise<string> {
    const step = "look for the cache directory";
    return (await this.complete(step, scripts.cacheDirectoryScript, [])).stdout.toString("utf8");
  }

  async platform(): Promise<Platform> {
    return (await this.facts()).platform;
  }

  engine(socket: string): Engine {
    return new DockerEngine(socket, () => this.shell.dialSocket(socket));
  }
}
