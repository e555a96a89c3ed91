import type { Duplex, Readable } from "node:stream";

/**
 * A POSIX shell on a machine: all that is asked of it. SSH and a node's container each give one; `ShellConnection` makes a
 * `Connection` of it, so that installing a node is written once.
 */
export interface Shell {
  /** For messages: `ssh root@10.0.0.5`, `container covey-prod-n1`. */
  readonly description: string;
  /**
   * Runs `sh -c SCRIPT sh ARGS...` as the user who may install. Resolves with any exit code.
   * @throws InstallError naming `step` where the machine cannot be reached, the deadline passes, or the output is too long
   */
  run(script: string, args: readonly string[], options: ShellRun): Promise<ShellResult>;
  /** A stream to a Unix socket of the machine, such as Docker's. The caller ends it. */
  dialSocket(path: string): Promise<Duplex>;
  /** Ends the connection; may be called twice. */
  close(): Promise<void>;
}

export interface ShellRun {
  /** What it is for, in the words of the diagnostic: `read /etc/os-release`. */
  readonly step: string;
  /** Standard input; nothing where undefined. */
  readonly stdin?: Readable | Buffer | string;
  readonly deadlineMs: number;
  /** More standard output than this is an error. */
  readonly maxOutputBytes?: number;
}

export interface ShellResult {
  readonly code: number;
  readonly stdout: Buffer;
  /** Its end, at most 4 KiB. */
  readonly stderr: string;
}
