import type Docker from "dockerode";
import { Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { InstallError, reasonOf } from "../install-error";
import type { Shell, ShellResult, ShellRun } from "../shell";
import { FrameDecoder } from "./frame-decoder";

const outputBytesMax = 64 * 1024 * 1024;
const inspectPollMs = 20;
/** How often it is asked, while input is sent, whether there is still somebody to read it. */
const readerPollMs = 250;
/** `timeout` in the container fires after ours, so that it is we who say what was late. */
const killMarginS = 2;

/** A shell in a running container: `docker exec` over Docker's API. */
export class DockerShell implements Shell {
  readonly description: string;

  /** @param client of the engine that runs the container */
  constructor(
    private readonly client: () => Promise<Docker>,
    private readonly container: string,
  ) {
    this.description = `container ${container}`;
  }

  async run(script: string, args: readonly string[], options: ShellRun): Promise<ShellResult> {
    const { deadlineMs, step } = options;
    const deadline = AbortSignal.timeout(deadlineMs);
    // Docker cannot end what it executes, so it ends itself; what is detached in a session of its own is out of reach.
    const seconds = String(Math.ceil(deadlineMs / 1000) + killMarginS);
    const command = ["timeout", "-s", "KILL", seconds, "sh", "-c", script, "sh", ...args];
    try {
      return await this.#execute(command, options, deadline);
    } catch (error) {
      if (error instanceof InstallError) throw error;
      const why = deadline.aborted
        ? `it did not end within ${deadlineMs / 1000} s`
        : reasonOf(error);
      throw new InstallError(step, `${step} on ${this.description}: ${why}`, undefined, {
        cause: error,
      });
    }
  }

  /** To an engine's socket: Docker's own command line in the container joins it to standard input and output. */
  async dialSocket(path: string): Promise<Duplex> {
    const command = ["docker", "-H", `unix://${path}`, "system", "dial-stdio"];
    const { stream } = await this.#start(command, true);
    const decoder = new FrameDecoder();
    pipeline(stream, decoder).catch(() => undefined);
    const dialled = Duplex.from({ readable: decoder, writable: stream });
    dialled.on("close", () => stream.destroy());
    return dialled;
  }

  /** Each command has a stream of its own; there is nothing to end. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  async #execute(
    command: readonly string[],
    options: ShellRun,
    deadline: AbortSignal,
  ): Promise<ShellResult> {
    const { stdin, step, maxOutputBytes = outputBytesMax } = options;
    const { exec, stream } = await abortable(this.#start(command, stdin !== undefined), deadline);
    const decoder = new FrameDecoder();
    const abandon = (): void => void stream.destroy(new Error("the deadline has passed"));
    deadline.addEventListener("abort", abandon, { once: true });
    try {
      const sent = stdin === undefined ? undefined : send(stdin, stream, exec);
      const [stdout] = await Promise.all([
        collect(decoder, maxOutputBytes, `${step} on ${this.description}`, step),
        pipeline(stream, decoder),
        sent,
      ]);
      return { code: await exitCode(exec, deadline), stdout, stderr: decoder.stderr };
    } finally {
      deadline.removeEventListener("abort", abandon);
      stream.destroy();
    }
  }

  async #start(
    command: readonly string[],
    stdin: boolean,
  ): Promise<{ readonly exec: Docker.Exec; readonly stream: Duplex }> {
    const docker = await this.client();
    const exec = await docker.getContainer(this.container).exec({
      Cmd: [...command],
      AttachStdin: stdin,
      AttachStdout: true,
      AttachStderr: true,
    });
    return { exec, stream: await exec.start({ hijack: true, stdin }) };
  }
}

/**
 * A program that ends before it has read all of its input is no error: its exit code says what happened. The engine does
 * not end the stream then while there is input to come, so it is asked.
 */
async function send(
  stdin: NonNullable<ShellRun["stdin"]>,
  stream: Duplex,
  exec: Docker.Exec,
): Promise<void> {
  const source = stdin instanceof Readable ? stdin : Readable.from([stdin]);
  let watch: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      source.once("error", reject);
      for (const event of ["finish", "close", "error"]) stream.once(event, resolve);
      const look = (): void => {
        exec.inspect().then(
          ({ Running }) => {
            if (!Running) resolve();
          },
          () => undefined,
        );
      };
      watch = setInterval(look, readerPollMs);
      source.pipe(stream);
    });
  } finally {
    clearInterval(watch);
    source.unpipe(stream);
    source.destroy();
    if (!stream.writableEnded) stream.end();
  }
}

async function collect(
  decoder: FrameDecoder,
  maxBytes: number,
  what: string,
  step: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of decoder) {
    length += (chunk as Buffer).length;
    if (length > maxBytes)
      throw new InstallError(step, `${what}: its output is longer than ${maxBytes} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** The stream may end a moment before the engine has the exit code. */
async function exitCode(exec: Docker.Exec, deadline: AbortSignal): Promise<number> {
  for (;;) {
    const { Running, ExitCode } = await abortable(exec.inspect(), deadline);
    if (!Running && ExitCode !== null) return ExitCode;
    await sleep(inspectPollMs, undefined, { signal: deadline });
  }
}

async function abortable<T>(act: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(new Error("the deadline has passed"));
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([act, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
