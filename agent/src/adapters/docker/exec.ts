import type Docker from "dockerode";
import type { ExecOutcome } from "../../ports/containers";
import { DeadlineExceeded, withDeadline } from "./deadline";
import { readFrames } from "./frames";

const outputBytes = 512;
/** Of containers long gone; the oldest fall out. */
const unfinishedKept = 1024;
/** To start a process is the engine's part and not the command's fault. */
const startMs = 10_000;

/**
 * Runs commands in containers. The engine cannot end a command, so one that is late runs on; as long as it does, it is not
 * started again, or a check that hangs would fill the container with processes.
 */
export class ExecRunner {
  private readonly unfinished = new Map<string, string>();

  constructor(private readonly docker: Docker) {}

  async run(id: string, command: readonly string[], timeoutMs: number): Promise<ExecOutcome> {
    const key = JSON.stringify([id, command]);
    if (await this.stillRuns(key)) return { exitCode: undefined, output: "" };
    const exec = await withDeadline(startMs, (abortSignal) =>
      this.docker.getContainer(id).exec({
        Cmd: [...command],
        AttachStdout: true,
        AttachStderr: true,
        abortSignal,
      }),
    );
    this.note(key, exec.id);
    const output = new Tail();
    try {
      await withDeadline(timeoutMs, async (abortSignal) => {
        const stream = await exec.start({ abortSignal });
        abortSignal.addEventListener("abort", () => stream.destroy());
        for await (const { data } of readFrames(stream)) output.push(data);
      });
    } catch (error) {
      if (error instanceof DeadlineExceeded) return { exitCode: undefined, output: output.text() };
      throw error;
    }
    const { ExitCode } = await withDeadline(startMs, (abortSignal) =>
      exec.inspect({ abortSignal }),
    );
    this.unfinished.delete(key);
    return { exitCode: ExitCode ?? undefined, output: output.text() };
  }

  private async stillRuns(key: string): Promise<boolean> {
    const execId = this.unfinished.get(key);
    if (execId === undefined) return false;
    const running = await withDeadline(startMs, (abortSignal) =>
      this.docker
        .getExec(execId)
        .inspect({ abortSignal })
        .then(
          ({ Running }) => Running,
          () => false,
        ),
    );
    if (!running) this.unfinished.delete(key);
    return running;
  }

  private note(key: string, execId: string): void {
    this.unfinished.set(key, execId);
    const [oldest] = this.unfinished.keys();
    if (this.unfinished.size > unfinishedKept && oldest !== undefined)
      this.unfinished.delete(oldest);
  }
}

/** The last bytes of what was said, on one line. */
class Tail {
  private kept: Buffer = Buffer.alloc(0);

  push(data: Buffer): void {
    this.kept = Buffer.concat([this.kept, data]).subarray(-outputBytes);
  }

  text(): string {
    return this.kept.toString("utf8").trim().replaceAll(/\s+/g, " ");
  }
}
