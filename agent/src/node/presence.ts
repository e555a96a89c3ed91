import type { Catalog, CatalogEntry } from "../ports/catalog";
import type { Clock, Timer } from "../ports/clock";
import type { Log } from "../ports/log";

const checkIntervalMs = 1000;
const retryMs = 1000;
/** How soon a wiped or restarted catalog gets our entry back. */
const auditIntervalMs = 15_000;

export interface PresenceOptions {
  readonly node: string;
  readonly address: string;
  readonly apiPort: number;
  readonly version: string;
}

/** The agent itself in the catalog: service `covey`, tags `voter` and `master`, so that DNS finds the API. */
export class Presence {
  /** With the node's name, as nodes may share one external Consul agent. */
  private readonly entryId: string;
  private isMaster = false;
  private isVoter = false;
  private busy = false;
  private dirty = true;
  private auditDue = true;
  private timer: Timer | undefined;
  private stopped = false;
  private warned = false;

  constructor(
    private readonly world: { clock: Clock; catalog: Catalog; log: Log },
    private readonly options: PresenceOptions,
  ) {
    this.entryId = `covey-agent-${options.node}`;
  }

  start(): void {
    this.wake();
  }

  actAsMaster(isMaster: boolean): void {
    if (this.isMaster === isMaster) return;
    this.isMaster = isMaster;
    this.dirty = true;
    this.wake();
  }

  actAsVoter(isVoter: boolean): void {
    if (this.isVoter === isVoter) return;
    this.isVoter = isVoter;
    this.dirty = true;
    this.wake();
  }

  /** Looks now whether the catalog still has our entry. */
  audit(): void {
    this.auditDue = true;
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  async withdraw(): Promise<void> {
    this.stop();
    await this.world.catalog.deregister(this.entryId);
  }

  private wake(): void {
    if (this.stopped || this.busy) return;
    this.timer?.cancel();
    this.busy = true;
    void this.reconcile().finally(() => {
      this.busy = false;
      if (this.stopped) return;
      const delayMs = this.dirty || this.auditDue ? retryMs : auditIntervalMs;
      this.timer = this.world.clock.after(delayMs, () => this.audit());
    });
  }

  private async reconcile(): Promise<void> {
    try {
      if (this.auditDue) {
        this.auditDue = false;
        const own = await this.world.catalog.listOwn();
        if (!own.includes(this.entryId)) this.dirty = true;
      }
      while (this.dirty && !this.stopped) {
        this.dirty = false;
        await this.world.catalog.register(this.entry());
      }
      this.warned = false;
    } catch (error) {
      this.dirty = true;
      if (!this.warned)
        this.world.log.warn("cannot register in the catalog", { error: String(error) });
      this.warned = true;
    }
  }

  private entry(): CatalogEntry {
    const { address, apiPort, version } = this.options;
    return {
      id: this.entryId,
      service: "covey",
      address,
      port: apiPort,
      tags: [...(this.isVoter ? ["voter"] : []), ...(this.isMaster ? ["master"] : [])],
      meta: { version },
      check: { kind: "tcp", intervalMs: checkIntervalMs },
    };
  }
}
