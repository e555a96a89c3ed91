import { spawn } from "node:child_process";
import { connect } from "node:net";
import { Readable } from "node:stream";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { InstallError } from "../install-error";
import type { Shell, ShellResult, ShellRun } from "../shell";

/** A shell of this machine, so that what goes on in scripts can be tested without a second one. */
export class ProcessShell implements Shell {
  readonly description = "a shell of this machine";
  /** Steps in the order they were run. */
  readonly steps: string[] = [];

  /** @param command such as `["busybox", "sh"]` */
  constructor(
    private readonly command: readonly string[] = ["sh"],
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  async run(script: string, args: readonly string[], options: ShellRun): Promise<ShellResult> {
    this.steps.push(options.step);
    const [program = "sh", ...more] = this.command;
    const child = spawn(program, [...more, "-c", script, "sh", ...args], { env: this.env });
    const killed = AbortSignal.timeout(options.deadlineMs);
    killed.addEventListener("abort", () => child.kill("SIGKILL"));
    const input = options.stdin ?? "";
    const source = input instanceof Readable ? input : Readable.from([input]);
    const sent = pipeline(source, child.stdin).catch(() => undefined);
    const [stdout, stderr, code] = await Promise.all([
      collect(child.stdout),
      collect(child.stderr),
      new Promise<number | null>((resolve) => child.once("exit", resolve)),
      sent,
    ]);
    if (killed.aborted)
      throw new InstallError(options.step, `no end within ${options.deadlineMs} ms`);
    if (stdout.length > (options.maxOutputBytes ?? Infinity))
      throw new InstallError(options.step, "the output is too long");
    return { code: code ?? 1, stdout, stderr: stderr.toString().slice(-4096) };
  }

  dialSocket(path: string): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const socket = connect(path, () => {
        resolve(socket);
      }).once("error", reject);
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
