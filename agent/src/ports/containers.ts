import type { TaskSpec } from "../model/task";

export interface FoundContainer {
  readonly id: string;
  /** From the container's labels. */
  readonly spec: TaskSpec;
  readonly state: "created" | "running" | "exited";
  readonly exitCode: number | undefined;
  readonly oomKilled: boolean;
  readonly startedAtMs: number | undefined;
  /** What Docker said when it could not be started; '' otherwise. */
  readonly error: string;
}

export interface ContainerEnd {
  readonly containerId: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
}

export interface ExecOutcome {
  /** undefined: it had not ended in time, and runs on. */
  readonly exitCode: number | undefined;
  /** The end of what it said, on one line. */
  readonly output: string;
}

export type ContainerEvent =
  | {
      readonly kind: "changed";
      readonly taskId: string;
      /** Where the engine says at once that it has ended, and how; to ask it would wait until it has cleaned up. */
      readonly ended?: ContainerEnd;
    }
  /** The event stream broke: anything may have changed. */
  | { readonly kind: "resync" };

export type ContainerFault =
  "image-not-found" | "port-taken" | "name-taken" | "not-found" | "unavailable" | "refused";

/** An operation the engine would not do. `message` is for people and names the thing and the way out. */
export class ContainerError extends Error {
  constructor(
    readonly fault: ContainerFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ContainerError";
  }
}

/** Which image is to be there, and how it is got. */
export interface ImageWant {
  readonly image: string;
  /** The registry is asked though the image is there. */
  readonly always: boolean;
  /** undefined: the registry is asked without. */
  readonly auth?: { readonly username: string; readonly password: string } | undefined;
}

/** The node's container engine, seen through this node's labels only. Every call has a deadline; all throw ContainerError. */
export interface Containers {
  list(): Promise<FoundContainer[]>;
  /** One task's container, asked for right now; undefined where it has none. */
  look(taskId: string): Promise<FoundContainer | undefined>;
  /**
   * Present locally afterwards; asks a registry only where it is not, or `always`. `told` hears how far a pull has come: when it
   * begins, and every few seconds.
   */
  ensureImage(want: ImageWant, told?: (progress: string) => void): Promise<void>;
  /** Named and labelled after the task; creating it twice throws `name-taken`. */
  create(spec: TaskSpec): Promise<string>;
  start(id: string): Promise<void>;
  /** TERM, then KILL after `graceMs`. Stopping what has stopped is no error. */
  stop(id: string, graceMs: number): Promise<void>;
  /** Removing what is gone is no error. */
  remove(id: string): Promise<void>;
  /** Runs a command in a running container. One that is late is not started again until it has ended. */
  exec(id: string, command: readonly string[], timeoutMs: number): Promise<ExecOutcome>;
  /** Follows the engine's events until the signal aborts; reconnects by itself and says `resync`. */
  watch(listener: (event: ContainerEvent) => void, signal: AbortSignal): void;
  /** undefined: the engine answers; else why not. */
  ping(): Promise<string | undefined>;
}
