import { once } from "node:events";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { ContainerError } from "../../ports/containers";
import type { ExecRequest, ExecSession, TaskExec } from "../../ports/task-exec";
import type { DockerOptions } from "./docker";
import { connectEngine, type EngineCalls } from "./engine-calls";
import { readFrames, type OutputChunk } from "./frames";
import { ownContainerId } from "./own-container";

/** The engine closes a command's streams a moment before it notes its exit code. */
const exitKnownWithinMs = 5000;
const exitAskedEveryMs = 20;

export function connectDockerExec(options: DockerOptions): TaskExec {
  return new DockerExec(options);
}

class DockerExec implements TaskExec {
  readonly docker: Docker;
  readonly engine: EngineCalls;

  constructor(private readonly options: DockerOptions) {
    ({ docker: this.docker, engine: this.engine } = connectEngine(options));
  }

  async has(taskId: string): Promise<boolean> {
    return (await ownContainerId(this, this.options, taskId)) !== undefined;
  }

  async start(taskId: string, request: ExecRequest, signal: AbortSignal): Promise<ExecSession> {
    const { command, tty, stdin } = request;
    const id = await ownContainerId(this, this.options, taskId);
    if (id === undefined)
      throw new ContainerError("not-found", `task ${taskId} has no container any more`);
    const exec = await this.engine.call(`preparing a command in task ${taskId}`, (abortSignal) =>
      this.docker.getContainer(id).exec({
        Cmd: [...command],
        AttachStdin: stdin,
        AttachStdout: true,
        AttachStderr: true,
        Tty: tty,
        abortSignal,
      }),
    );
    const stream = await this.engine.call(`starting a command in task ${taskId}`, () =>
      exec.start({ hijack: true, stdin, Tty: tty, abortSignal: signal }),
    );
    signal.addEventListener("abort", () => stream.destroy(), { once: true });
    return new DockerExecSession(exec, stream, { tty, engine: this.engine });
  }
}

class DockerExecSession implements ExecSession {
  readonly output: AsyncIterable<OutputChunk>;

  constructor(
    private readonly exec: Docker.Exec,
    private readonly stream: Duplex,
    private readonly how: { readonly tty: boolean; readonly engine: EngineCalls },
  ) {
    // Heard here for those who write; whoever reads the output gets it too.
    stream.on("error", () => undefined);
    this.output = orBroken(how.tty ? asStdout(stream) : readFrames(stream));
  }

  async write(data: Uint8Array): Promise<void> {
    if (!this.stream.writable) return;
    if (this.stream.write(data)) return;
    await Promise.race([once(this.stream, "drain"), once(this.stream, "close")]);
  }

  endInput(): void {
    this.stream.end();
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.how.engine.call("setting the size of a command's terminal", (abortSignal) =>
      this.exec.resize({ w: columns, h: rows, abortSignal }),
    );
  }

  async exitCode(): Promise<number> {
    const untilMs = performance.now() + exitKnownWithinMs;
    for (;;) {
      const { ExitCode, Running } = await this.how.engine.call(
        "asking how a command ended",
        (abortSignal) => this.exec.inspect({ abortSignal }),
      );
      if (!Running && ExitCode !== null) return ExitCode;
      if (performance.now() > untilMs)
        throw new ContainerError("unavailable", "Docker does not say how the command ended");
      await sleep(exitAskedEveryMs);
    }
  }
}

async function* asStdout(stream: AsyncIterable<Buffer>): AsyncGenerator<OutputChunk> {
  for await (const data of stream) yield { stream: "stdout", data };
}

async function* orBroken(output: AsyncIterable<OutputChunk>): AsyncGenerator<OutputChunk> {
  try {
    yield* output;
  } catch (cause) {
    throw new ContainerError(
      "unavailable",
      `Docker broke off the command's output: ${String(cause)}`,
      {
        cause,
      },
    );
  }
}
