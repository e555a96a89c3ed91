import type { Client } from "ssh2";
import type { Operation } from "../operation";
import { Semaphore } from "../semaphore";
import { dialSsh } from "./ssh-link";
import type { SshLink } from "./ssh-link";
import { describeEndpoint } from "./ssh-target";
import type { SshTarget } from "./ssh-target";

/** sshd allows ten sessions a connection by default (MaxSessions); some are streams to Docker, some are closed and not put away yet. */
const channelsMax = 6;

/** A machine and the one connection to it that everything in this process shares. */
export class SshMachine {
  readonly description: string;
  readonly #channels = new Semaphore(channelsMax);
  #link: Promise<SshLink> | undefined;

  constructor(readonly target: SshTarget) {
    this.description = describeEndpoint(target);
  }

  /** A step on the connection, once there are not too many. A connection that breaks meanwhile fails the step. */
  inChannel<T>(operation: Operation, act: (client: Client) => Promise<T>): Promise<T> {
    return this.#channels.run(async () => act((await this.link(operation)).client));
  }

  /** Dialled with the first step, and once more with the first after it broke. */
  async link(operation: Operation): Promise<SshLink> {
    const present = (this.#link ??= this.#dial(operation));
    const link = await present;
    if (link.broken === undefined) return link;
    if (this.#link === present) {
      operation.info(`${this.description}: the connection was lost (${link.broken})`);
      this.#link = this.#dial(operation);
    }
    return (this.#link ??= this.#dial(operation));
  }

  async close(): Promise<void> {
    const link = await this.#link?.catch(() => undefined);
    this.#link = undefined;
    link?.close();
  }

  #dial(operation: Operation): Promise<SshLink> {
    const { jump } = this.target;
    const way = jump === undefined ? "" : ` through ${describeEndpoint(jump)}`;
    operation.info(`${this.description}: connecting${way}`);
    const dialled = dialSsh(this.target);
    dialled.catch(() => {
      if (this.#link === dialled) this.#link = undefined;
    });
    return dialled;
  }
}
