/**
 * Keeps the node's catalog entries as they should be, in the background: nobody waits for the catalog. What should
 * be is compared with what the catalog holds from time to time, so that one that lost its data gets all of it again.
 */
import type { Catalog, CatalogEntry } from "../ports/catalog";
import type { Clock, Timer } from "../ports/clock";
import type { Log } from "../ports/log";
import { backOffMs } from "./back-off";
import type { BackOff } from "./back-off";
import { Lane } from "./lane";

export interface CatalogSyncOptions {
  /** How often a passing entry's TTL is refreshed. */
  readonly refreshMs: number;
  /** How often the catalog is asked what it holds. */
  readonly compareMs: number;
  readonly retry: BackOff;
  /** Entries with another prefix are not ours. */
  readonly prefix: string;
}

interface Health {
  readonly passing: boolean;
  readonly note: string;
}

interface Item {
  /** undefined: it shall not be there. */
  entry: CatalogEntry | undefined;
  /** undefined: leave it as the catalog has it (after our restart, until we know better). */
  health: Health | undefined;
  registered: boolean;
  /** What the catalog was last told; undefined: not known. */
  told: boolean | undefined;
  refreshDue: boolean;
  /** Grows with every change of what we know or want; a comparison begun before is void. */
  version: number;
  settling: Promise<void> | undefined;
}

export class CatalogSync {
  private readonly items = new Map<string, Item>();
  private readonly lane = new Lane(8);
  private held = new Set<string>();
  private sweeping = false;
  private failures = 0;
  private stopped = false;
  private compareTimer: Timer | undefined;
  private compareDueAtMs = 0;
  private refreshTimer: Timer | undefined;

  constructor(
    private readonly deps: { readonly catalog: Catalog; readonly clock: Clock; readonly log: Log },
    private readonly options: CatalogSyncOptions,
  ) {}

  /** Learns what the catalog holds already (an agent before us registered it), so that it is not disturbed. Never throws. */
  async learn(): Promise<void> {
    try {
      this.held = new Set(await this.deps.catalog.listOwn());
    } catch (error) {
      this.deps.log.warn("catalog does not answer; its entries follow", { error: text(error) });
    }
  }

  /** From now on entries of tasks that are not known are removed. */
  start(): void {
    this.sweeping = true;
    this.scheduleCompare(0);
    this.scheduleRefresh();
  }

  stop(): void {
    this.stopped = true;
    this.compareTimer?.cancel();
    this.refreshTimer?.cancel();
  }

  /** Somebody may have changed the catalog behind our back. */
  compareNow(): void {
    this.scheduleCompare(0);
  }

  want(entry: CatalogEntry, health: Health | undefined): void {
    const item = this.itemOf(entry.id);
    item.entry = entry;
    item.health = health;
    this.changed(entry.id, item);
  }

  setHealth(id: string, passing: boolean, note: string): void {
    const item = this.items.get(id);
    if (!item?.entry || item.health?.passing === passing) return;
    item.health = { passing, note };
    this.changed(id, item);
  }

  /** Resolves when it is gone, or the first attempt failed (it is retried). */
  async drop(id: string): Promise<void> {
    const item = this.items.get(id);
    if (!item) return;
    item.entry = undefined;
    this.changed(id, item);
    await item.settling;
  }

  /** Resolves when no call is under way. */
  async idle(): Promise<void> {
    for (const item of [...this.items.values()]) await item.settling;
  }

  private itemOf(id: string): Item {
    const known = this.items.get(id);
    if (known) return known;
    const registered = this.held.has(id);
    const item: Item = {
      entry: undefined,
      health: undefined,
      registered,
      told: registered ? undefined : false,
      refreshDue: false,
      version: 0,
      settling: undefined,
    };
    this.items.set(id, item);
    return item;
  }

  private changed(id: string, item: Item): void {
    item.version++;
    this.settle(id, item);
  }

  private settle(id: string, item: Item): void {
    if (item.settling || this.stopped) return;
    item.settling = this.bring(id, item)
      .then(
        () => true,
        (error: unknown) => {
          this.failed(id, error);
          return false;
        },
      )
      .then((settled) => {
        item.settling = undefined;
        if (settled && this.nextCall(id, item)) this.settle(id, item);
      });
  }

  /** One call after another until the catalog has what is wanted. */
  private async bring(id: string, item: Item): Promise<void> {
    for (
      let call = this.nextCall(id, item);
      call && !this.stopped;
      call = this.nextCall(id, item)
    ) {
      await this.lane.run(call);
      item.version++;
    }
    if (!item.entry && !item.registered) this.items.delete(id);
  }

  private nextCall(id: string, item: Item): (() => Promise<void>) | undefined {
    const { catalog } = this.deps;
    const { entry, health } = item;
    if (!entry) {
      if (!item.registered) return undefined;
      return async () => {
        await catalog.deregister(id);
        item.registered = false;
        this.held.delete(id);
      };
    }
    if (!item.registered)
      return async () => {
        await catalog.register(entry);
        item.registered = true;
        item.told = false;
      };
    if (!health || (item.told === health.passing && !item.refreshDue)) return undefined;
    return async () => {
      await catalog.setHealth(id, health.passing, health.note);
      item.told = health.passing;
      item.refreshDue = false;
    };
  }

  private failed(id: string, error: unknown): void {
    if (this.failures === 0)
      this.deps.log.warn("catalog did not take an entry; retrying", { id, error: text(error) });
    this.retry();
  }

  private retry(): void {
    if (this.scheduleCompare(backOffMs(this.options.retry, this.failures))) this.failures++;
  }

  /** Never later than one that is due already: else failures that keep coming would put it off for ever. */
  private scheduleCompare(delayMs: number): boolean {
    const dueAtMs = this.deps.clock.nowMs() + delayMs;
    if (this.stopped || (this.compareTimer && this.compareDueAtMs <= dueAtMs)) return false;
    this.compareTimer?.cancel();
    this.compareDueAtMs = dueAtMs;
    this.compareTimer = this.deps.clock.after(delayMs, () => {
      this.compareTimer = undefined;
      void this.compare();
    });
    return true;
  }

  private async compare(): Promise<void> {
    const before = new Map([...this.items].map(([id, item]) => [id, item.version]));
    let held: string[];
    try {
      held = await this.deps.catalog.listOwn();
    } catch (error) {
      this.deps.log.debug("catalog does not answer", { error: text(error) });
      this.retry();
      return;
    }
    if (this.stopped) return;
    this.scheduleCompare(this.options.compareMs);
    this.failures = 0;
    this.correct(new Set(held), before);
  }

  private correct(held: Set<string>, before: ReadonlyMap<string, number>): void {
    this.held = held;
    for (const [id, item] of this.items) {
      if (item.settling) continue;
      if (before.get(id) === item.version && item.registered !== held.has(id)) {
        item.registered = held.has(id);
        item.told = item.registered ? undefined : false;
      }
      this.settle(id, item);
    }
    if (!this.sweeping) return;
    for (const id of held)
      if (id.startsWith(this.options.prefix) && !this.items.has(id) && !before.has(id)) {
        this.deps.log.info("removing a stale catalog entry", { id });
        this.changed(id, this.itemOf(id));
      }
  }

  private scheduleRefresh(): void {
    this.refreshTimer = this.deps.clock.after(this.options.refreshMs, () => {
      for (const [id, item] of this.items) {
        if (!item.registered || !item.health?.passing || item.entry?.check.kind !== "ttl") continue;
        item.refreshDue = true;
        this.settle(id, item);
      }
      this.scheduleRefresh();
    });
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
