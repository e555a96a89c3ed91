import type Docker from "dockerode";
import { DialAgent } from "../engine";
import type { Dial } from "../engine";
import { InstallError, reasonOf } from "../install-error";
import { clientOptions } from "./engine-client";
import type { EngineTls } from "./engine-client";
import type { EngineAddress } from "./engine-address";

const callDeadlineMs = 30_000;

export interface OuterEngineOptions {
  /** As it was given, for messages. */
  readonly text: string;
  readonly address: EngineAddress;
  readonly tls: EngineTls;
  /** For an address of kind `ssh`: gives a stream to the engine's socket. */
  readonly dial?: Dial | undefined;
}

/** The engine that holds the nodes' containers. Every call has a deadline and is a step with a name. */
export class OuterEngine {
  #docker: Promise<Docker> | undefined;

  constructor(private readonly options: OuterEngineOptions) {}

  get description(): string {
    return this.options.text;
  }

  /** Bytes go over a network to get there. */
  get isRemote(): boolean {
    return this.options.address.kind !== "unix";
  }

  /** dockerode is loaded with the first call: most starts of the provider never make one. */
  client(): Promise<Docker> {
    const { address, tls, dial } = this.options;
    const overSsh = dial === undefined ? undefined : new DialAgent(dial);
    this.#docker ??= import("dockerode").then(
      ({ default: Client }) => new Client(clientOptions(address, tls, overSsh)),
    );
    return this.#docker;
  }

  /**
   * @throws InstallError where the engine refuses or does not answer in time
   */
  async call<T>(
    step: string,
    act: (docker: Docker) => Promise<T>,
    deadlineMs = callDeadlineMs,
  ): Promise<T> {
    try {
      return await within(deadlineMs, act(await this.client()));
    } catch (error) {
      if (error instanceof InstallError) throw error;
      throw new EngineRefusal(step, `Docker at ${this.description}: ${reasonOf(error)}`, error);
    }
  }

  /** undefined where the engine has none of that. */
  async find<T>(step: string, act: (docker: Docker) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.call(step, act);
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }
}

/** What the engine answered other than yes; `status` is that of HTTP, undefined where there was no answer. */
class EngineRefusal extends InstallError {
  readonly status: number | undefined;

  constructor(step: string, message: string, cause: unknown) {
    super(step, message, "docker", { cause });
    const status = (cause as { statusCode?: unknown }).statusCode;
    this.status = typeof status === "number" ? status : undefined;
  }
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof EngineRefusal ? error.status : undefined;
}

async function within<T>(deadlineMs: number, act: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${deadlineMs / 1000} s`));
    }, deadlineMs);
  });
  try {
    return await Promise.race([act, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
