import type Docker from "dockerode";
import { Agent } from "node:http";
import type { Duplex } from "node:stream";
import { InstallError, reasonOf } from "./install-error";

export interface EngineNetwork {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** CIDR. */
  readonly subnets: readonly string[];
}

export interface NewNetwork {
  readonly name: string;
  readonly subnet: string;
  readonly gateway: string;
  /** Name of the interface on the machine, at most 15 characters. */
  readonly bridge: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A machine's Docker engine, as far as installing and removing a node needs it. Every call has a deadline. */
export interface Engine {
  /** undefined: it answers; else why not. Throws InstallError where the machine itself cannot be reached. */
  whyDown(): Promise<string | undefined>;
  networks(): Promise<readonly EngineNetwork[]>;
  createNetwork(network: NewNetwork): Promise<void>;
  /** Removing what is gone is no error. */
  removeNetwork(name: string): Promise<void>;
  /** All containers, running or not, that have every one of the labels. */
  containers(labels: Readonly<Record<string, string>>): Promise<readonly string[]>;
  /** Kills and removes; removing what is gone is no error. */
  removeContainer(id: string): Promise<void>;
}

const callDeadlineMs = 30_000;
const pingDeadlineMs = 5_000;

/** Gives a stream to the engine's socket. */
export type Dial = () => Promise<Duplex>;

/** The engine behind a Unix socket: of this machine, or of the one that is dialled. */
export class DockerEngine implements Engine {
  #docker: Promise<Docker> | undefined;

  constructor(
    private readonly socket: string,
    private readonly dial?: Dial,
  ) {}

  async whyDown(): Promise<string | undefined> {
    try {
      await within(pingDeadlineMs, (await this.#client()).ping());
      return undefined;
    } catch (error) {
      // It is the machine that cannot be reached, not its engine.
      if (error instanceof InstallError) throw error;
      return reasonOf(error);
    }
  }

  async networks(): Promise<readonly EngineNetwork[]> {
    const found = await this.#call("list networks", (docker) => docker.listNetworks());
    return found.map((network) => ({
      id: network.Id,
      name: network.Name,
      labels: network.Labels ?? {},
      subnets: (network.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
    }));
  }

  async createNetwork(network: NewNetwork): Promise<void> {
    await this.#call(`create network ${network.name}`, (docker) =>
      docker.createNetwork({
        Name: network.name,
        Driver: "bridge",
        CheckDuplicate: true,
        Labels: { ...network.labels },
        IPAM: {
          Driver: "default",
          Config: [{ Subnet: network.subnet, Gateway: network.gateway }],
        },
        Options: { "com.docker.network.bridge.name": network.bridge },
      }),
    );
  }

  async removeNetwork(name: string): Promise<void> {
    await this.#call(`remove network ${name}`, (docker) =>
      unlessGone(docker.getNetwork(name).remove()),
    );
  }

  async containers(labels: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const label = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const found = await this.#call("list containers", (docker) =>
      docker.listContainers({ all: true, filters: { label } }),
    );
    return found.map((container) => container.Id);
  }

  async removeContainer(id: string): Promise<void> {
    await this.#call(`remove container ${id.slice(0, 12)}`, (docker) =>
      unlessGone(docker.getContainer(id).remove({ force: true, v: true })),
    );
  }

  /** dockerode is loaded with the first call: most starts of the provider never make one. */
  #client(): Promise<Docker> {
    this.#docker ??= import("dockerode").then(({ default: Client }) => {
      const agent = this.dial === undefined ? {} : { agent: new DialAgent(this.dial) };
      return new Client({ socketPath: this.socket, ...agent });
    });
    return this.#docker;
  }

  async #call<T>(step: string, call: (docker: Docker) => Promise<T>): Promise<T> {
    try {
      return await within(callDeadlineMs, call(await this.#client()));
    } catch (error) {
      if (error instanceof InstallError) throw error;
      throw new InstallError(
        step,
        `Docker at ${this.socket}: ${reasonOf(error)}`,
        "docker_socket",
        { cause: error },
      );
    }
  }
}

/** A stream for each request: the connection beneath is shared anyway. */
export class DialAgent extends Agent {
  constructor(private readonly dial: Dial) {
    super({ keepAlive: false });
  }

  override createConnection(
    _options: unknown,
    callback: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.dial().then(
      (stream) => {
        callback(null, stream);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), undefined as never);
      },
    );
    return undefined;
  }
}

async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const status = (error as { statusCode?: unknown }).statusCode;
    // 409: another removal of the same container is under way.
    if (status !== 404 && status !== 409) throw error;
  }
}

async function within<T>(deadlineMs: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${deadlineMs / 1000} s`));
    }, deadlineMs);
  });
  try {
    return await Promise.race([call, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
