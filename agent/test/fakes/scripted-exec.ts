import { PassThrough } from "node:stream";
import type { ExecRequest, ExecSession, TaskExec } from "../../src/ports/task-exec";

/** A command that gives back what it reads, and ends with its input or with what the test says. */
class Echo implements ExecSession {
  readonly sizes: (readonly [columns: number, rows: number])[] = [];
  readonly said = new PassThrough({ objectMode: true });
  code = 0;

  get output(): ExecSession["output"] {
    return this.said as AsyncIterable<{ stream: "stdout" | "stderr"; data: Uint8Array }>;
  }

  write(data: Uint8Array): Promise<void> {
    this.said.write({ stream: "stdout", data });
    return Promise.resolve();
  }

  endInput(): void {
    this.said.end();
  }

  resize(columns: number, rows: number): Promise<void> {
    this.sizes.push([columns, rows]);
    return Promise.resolve();
  }

  exitCode(): Promise<number> {
    return Promise.resolve(this.code);
  }
}

export class ScriptedExec implements TaskExec {
  readonly tasks = new Set<string>();
  readonly requests: ExecRequest[] = [];
  readonly sessions: Echo[] = [];
  /** Thrown by the next start. */
  fails: Error | undefined;
  #aborted: () => void = () => undefined;
  /** Resolves when a session was ended from outside. */
  readonly aborted = new Promise<void>((resolve) => {
    this.#aborted = resolve;
  });

  has(taskId: string): Promise<boolean> {
    return Promise.resolve(this.tasks.has(taskId));
  }

  start(_taskId: string, request: ExecRequest, signal: AbortSignal): Promise<ExecSession> {
    if (this.fails) return Promise.reject(this.fails);
    this.requests.push(request);
    const session = new Echo();
    this.sessions.push(session);
    signal.addEventListener("abort", () => {
      session.said.destroy();
      this.#aborted();
    });
    return Promise.resolve(session);
  }
}
