export interface ExecRequest {
  readonly command: readonly string[];
  readonly tty: boolean;
  /** Without it the command's input is at its end from the start. */
  readonly stdin: boolean;
}

/** A command that runs in a task's container. */
export interface ExecSession {
  /** Ends when the command does. With a terminal all is `stdout`. */
  readonly output: AsyncIterable<{
    readonly stream: "stdout" | "stderr";
    readonly data: Uint8Array;
  }>;
  /** Resolves when more may be written. */
  write(data: Uint8Array): Promise<void>;
  endInput(): void;
  /** Of the terminal, in characters. */
  resize(columns: number, rows: number): Promise<void>;
  /** Once the output is at its end. */
  exitCode(): Promise<number>;
}

/** Runs commands in tasks of this node for people. Throws ContainerError. */
export interface TaskExec {
  /** Whether the task has a container here. */
  has(taskId: string): Promise<boolean>;
  /**
   * When the signal aborts, output and input are at their end. The command may go on: the engine cannot end one, which then finds
   * its input closed.
   */
  start(taskId: string, request: ExecRequest, signal: AbortSignal): Promise<ExecSession>;
}
