import type Docker from "dockerode";
import { DeadlineExceeded, withDeadline } from "./deadline";
import { containerErrorOf, deadlineError } from "./docker-fault";
import type { Operation } from "./docker-fault";

/** Calls of one engine: each has a deadline, and fails with a ContainerError that says what was being done. */
export class EngineCalls {
  constructor(
    private readonly docker: Docker,
    private readonly options: {
      readonly socket: string;
      readonly node: string;
      readonly deadlineMs: number;
    },
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

  /** One call as such: GET, or POST of `options`. For what dockerode has no abortable method for. */
  dial(path: string, abortSignal: AbortSignal, options?: object): Promise<unknown> {
    const method = options ? "POST" : "GET";
    const statusCodes = { 200: true, 201: true };
    const modem = this.docker.modem as {
      dial(request: object, done: (error: Error | null, answer: unknown) => void): void;
    };
    return new Promise((resolve, reject) => {
      modem.dial({ path, method, options, abortSignal, statusCodes }, (error, answer) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }
}
