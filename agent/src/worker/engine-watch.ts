import type { Clock, Timer } from "../ports/clock";
import type { Containers, FoundContainer } from "../ports/containers";
import type { Log } from "../ports/log";

export interface EngineWatchOptions {
  readonly pingMs: number;
  /** All containers are listed so often even when no event says that something changed. */
  readonly auditMs: number;
}

export interface EngineListener {
  /** All containers of the node; after a fault, a broken event stream, and now and then. */
  listed(found: readonly FoundContainer[]): void;
  /** The engine stopped answering (a reason), or answers again (undefined). */
  changed(unhealthy: string | undefined): void;
}

/** Watches over the container engine itself: whether it answers, and what it holds. */
export class EngineWatch {
  private unhealthyNow: string | undefined;
  private listWanted = true;
  private listedAtMs = 0;
  private checking: Promise<void> | undefined;
  private again = false;
  private timer: Timer | undefined;
  private stopped = false;

  constructor(
    private readonly deps: {
      readonly containers: Containers;
      readonly clock: Clock;
      readonly log: Log;
    },
    private readonly options: EngineWatchOptions,
    private readonly listener: EngineListener,
  ) {}

  get unhealthy(): string | undefined {
    return this.unhealthyNow;
  }

  /** Resolves after the first attempt, successful or not. */
  async start(): Promise<void> {
    await this.check();
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  /** Anything may have changed: list soon. */
  resync(): void {
    this.listWanted = true;
    void this.check();
  }

  /** An operation found that the engine does not answer. */
  suspect(reason: string): void {
    this.listWanted = true;
    this.set(reason);
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = this.deps.clock.after(this.options.pingMs, () => {
      void this.check().then(() => this.schedule());
    });
  }

  /** One at a time; a wish that comes meanwhile is served right after. */
  private async check(): Promise<void> {
    if (this.checking) {
      this.again = true;
      await this.checking;
      return;
    }
    this.checking = this.rounds();
    await this.checking;
    this.checking = undefined;
  }

  private async rounds(): Promise<void> {
    do {
      this.again = false;
      await this.round();
    } while (this.isWantedAgain());
  }

  private isWantedAgain(): boolean {
    return this.again && this.listWanted && !this.stopped && this.unhealthyNow === undefined;
  }

  private async round(): Promise<void> {
    const wrong = await this.deps.containers.ping().catch(text);
    if (this.stopped) return;
    if (wrong !== undefined) {
      this.suspect(wrong);
      return;
    }
    const due = this.deps.clock.nowMs() - this.listedAtMs >= this.options.auditMs;
    if (this.listWanted || due) await this.list();
  }

  private async list(): Promise<void> {
    this.listWanted = false;
    try {
      const found = await this.deps.containers.list();
      if (this.stopped) return;
      this.listedAtMs = this.deps.clock.nowMs();
      this.set(undefined);
      this.listener.listed(found);
    } catch (error) {
      this.suspect(text(error));
    }
  }

  private set(unhealthy: string | undefined): void {
    const before = this.unhealthyNow;
    this.unhealthyNow = unhealthy;
    if (this.stopped || (before === undefined) === (unhealthy === undefined)) return;
    if (unhealthy === undefined) this.deps.log.info("the container engine answers again");
    else this.deps.log.error("the container engine does not answer", { reason: unhealthy });
    this.listener.changed(unhealthy);
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
