import Docker from "dockerode";
import { DeadlineExceeded, withDeadline } from "./deadline";
import { containerErrorOf, deadlineError } from "./docker-fault";
import type { Operation } from "./docker-fault";

export interface EngineOptions {
  /** Path of Docker's unix socket. */
  readonly socket: string;
  readonly node: string;
  /** For one call; default 30 s. */
  readonly deadlineMs?: number | undefined;
}

interface DialOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly post?: object;
  readonly stream?: boolean;
}

export function connectEngine(options: EngineOptions): {
  readonly docker: Docker;
  readonly engine: EngineCalls;
} {
  // Said explicitly: else DOCKER_HOST and DOCKER_CLIENT_TIMEOUT of the agent's environment would win.
  const docker = new Docker({
    socketPath: options.socket,
    host: undefined,
    protocol: "http",
    timeout: undefined,
  });
  const { socket, node, deadlineMs = 30_000 } = options;
  return { docker, engine: new EngineCalls(docker, { socket, node, deadlineMs }) };
}

/** Calls of one engine: each has a deadline, and fails with a ContainerError that says what was being done. */
export class EngineCalls {
  constructor(
    private readonly docker: Docker,
    private readonly options: EngineOptions & { readonly deadlineMs: number },
  ) {}

  async call<T>(
    doing: string,
    run: (signal: AbortSignal) => Promise<T>,
    about: { readonly image?: string; readonly deadlineMs?: number } = {},
  ): Promise<T> {
    const { socket, node } = this.options;
    const deadlineMs = about.deadlineMs ?? this.options.deadlineMs;
    const operation: Operation = { doing, image: about.image, socket, node, deadlineMs };
    try {
      return await withDeadline(deadlineMs, run);
    } catch (error) {
      throw error instanceof DeadlineExceeded
        ? deadlineError(operation, error)
        : containerErrorOf(error, operation);
    }
  }

  /**
   * One call as such: GET with `query`, or POST of `post`; with `stream` the answer is read by whoever gets it. For what
   * dockerode has no abortable method for. (A query in the path of a GET would lose its last character: docker-modem takes
   * it for the `?` that it wants there.)
   */
  dial(
    path: string,
    abortSignal: AbortSignal,
    { query, post, stream = false }: DialOptions = {},
  ): Promise<unknown> {
    const method = post ? "POST" : "GET";
    const statusCodes = { 200: true, 201: true };
    const modem = this.docker.modem as {
      dial(request: object, done: (error: Error | null, answer: unknown) => void): void;
    };
    return new Promise((resolve, reject) => {
      const what = query
        ? { path: `${path}?`, options: { _query: query } }
        : { path, options: post };
      const request = { ...what, method, abortSignal, statusCodes, isStream: stream };
      modem.dial(request, (error, answer) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }
}
