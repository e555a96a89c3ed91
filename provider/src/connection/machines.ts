import type { Connection } from "./connection";
import { LocalConnection } from "./local";
import type { Operation } from "./operation";
import { Semaphore } from "./semaphore";
import type { Shell } from "./shell";
import { ShellConnection } from "./shell-connection";
import { SshMachine } from "./ssh/ssh-machine";
import { SshShell } from "./ssh/ssh-shell";
import { targetName } from "./ssh/ssh-target";
import type { SshTarget } from "./ssh/ssh-target";

/** Which machine, and how it is reached. */
export type NodeTarget =
  { readonly kind: "local" } | { readonly kind: "ssh"; readonly ssh: SshTarget };

export interface MachineLimits {
  /** Machines reached over the network at once; further ones wait. */
  readonly machinesMax: number;
  /** How long a connection nobody uses is kept for the next operation. */
  readonly idleMs: number;
}

const defaultMachineLimits: MachineLimits = { machinesMax: 10, idleMs: 30_000 };

interface Open {
  readonly machine: SshMachine;
  /** Settled when it may be dialled. */
  readonly turn: Promise<void>;
  users: number;
  idle?: NodeJS.Timeout;
}

/** The machines this process is connected to: one connection each, shared by all operations. */
export class Machines {
  readonly #slots: Semaphore;
  readonly #open = new Map<string, Open>();

  constructor(private readonly limits: MachineLimits = defaultMachineLimits) {
    this.#slots = new Semaphore(limits.machinesMax);
  }

  /** The connection is to be used until `act` ends, not after. Nothing is dialled before its first step. */
  async use<T>(
    target: NodeTarget,
    operation: Operation,
    act: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    if (target.kind === "local") return act(new LocalConnection());
    return this.useShell(target.ssh, operation, (shell) => act(new ShellConnection(shell)));
  }

  /** The same where no more than the shell is needed, such as a stream to a Docker engine. */
  async useShell<T>(
    target: SshTarget,
    operation: Operation,
    act: (shell: Shell) => Promise<T>,
  ): Promise<T> {
    const name = targetName(target);
    const open = await this.#enter(name, target, operation);
    try {
      return await act(new SshShell(open.machine, operation));
    } finally {
      this.#leave(name, open);
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map(([name, open]) => this.#end(name, open)));
  }

  async #enter(name: string, target: SshTarget, operation: Operation): Promise<Open> {
    let open = this.#open.get(name);
    if (!open) {
      const turn = this.#takeSlot(target, operation);
      this.#open.set(name, (open = { machine: new SshMachine(target), turn, users: 0 }));
    }
    clearTimeout(open.idle);
    open.users++;
    try {
      await open.turn;
    } catch (error) {
      // It never had a slot to give back.
      if (this.#open.get(name) === open) this.#open.delete(name);
      throw error;
    }
    return open;
  }

  async #takeSlot(target: SshTarget, operation: Operation): Promise<void> {
    if (this.#slots.isExhausted) {
      const unused = [...this.#open].find(([, { users }]) => users === 0);
      if (unused) void this.#end(...unused);
      else
        operation.info(
          `${target.host}: waiting, because ${this.limits.machinesMax} machines are worked on at once`,
        );
    }
    await this.#slots.acquire(operation.signal);
  }

  #leave(name: string, open: Open): void {
    if (--open.users > 0) return;
    if (this.#slots.waiting > 0) {
      void this.#end(name, open);
      return;
    }
    open.idle = setTimeout(() => void this.#end(name, open), this.limits.idleMs);
    // A provider that is done is not kept alive.
    open.idle.unref();
  }

  async #end(name: string, open: Open): Promise<void> {
    clearTimeout(open.idle);
    if (this.#open.get(name) !== open) return;
    this.#open.delete(name);
    this.#slots.release();
    await open.machine.close();
  }
}
