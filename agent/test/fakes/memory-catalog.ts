import type { Catalog, CatalogEntry } from "../../src/ports/catalog";
import type { Clock } from "../../src/ports/clock";

export interface MemoryCatalogOptions {
  readonly clock: Clock;
  /** This node's name: entries registered through this catalog are its own. */
  readonly node: string;
  /** Default 0. */
  readonly latencyMs?: number;
  /** Shared by the catalogs of several nodes; one of its own by default. */
  readonly world?: MemoryCatalogWorld;
}

interface Held {
  readonly node: string;
  readonly entry: CatalogEntry;
  passing: boolean;
  note: string;
  refreshedAtMs: number;
}

/** What all nodes' catalogs hold together. */
export class MemoryCatalogWorld {
  readonly held = new Map<string, Held>();
}

/** One node's door to a catalogue in memory. TTL entries that are not refreshed count as critical. */
export class MemoryCatalog implements Catalog {
  /** It does not answer: every call fails. */
  down = false;
  /** Every change made, in order: `register ID`, `passing ID`, `critical ID`, `deregister ID`. */
  readonly journal: string[] = [];
  private readonly world: MemoryCatalogWorld;

  constructor(private readonly options: MemoryCatalogOptions) {
    this.world = options.world ?? new MemoryCatalogWorld();
  }

  register(entry: CatalogEntry): Promise<void> {
    return this.call(() => {
      this.world.held.set(this.key(entry.id), {
        node: this.options.node,
        entry,
        passing: entry.check.kind === "tcp",
        note: "",
        refreshedAtMs: this.options.clock.nowMs(),
      });
      this.journal.push(`register ${entry.id}`);
    });
  }

  setHealth(id: string, passing: boolean, note: string): Promise<void> {
    return this.call(() => {
      const held = this.world.held.get(this.key(id));
      if (!held) throw new Error(`the catalog knows no check of ${id}`);
      if (held.passing !== passing) this.journal.push(`${passing ? "passing" : "critical"} ${id}`);
      held.passing = passing;
      held.note = note;
      held.refreshedAtMs = this.options.clock.nowMs();
    });
  }

  deregister(id: string): Promise<void> {
    return this.call(() => {
      if (this.world.held.delete(this.key(id))) this.journal.push(`deregister ${id}`);
    });
  }

  listOwn(): Promise<string[]> {
    return this.call(() => this.ofNode(this.options.node).map(({ entry }) => entry.id));
  }

  removeNode(node: string): Promise<number> {
    return this.call(() => {
      const theirs = [...this.world.held].filter(([, held]) => held.node === node);
      for (const [key] of theirs) this.world.held.delete(key);
      return theirs.length;
    });
  }

  ping(): Promise<string | undefined> {
    return Promise.resolve(this.down ? "the catalog is down" : undefined);
  }

  /** It loses everything. */
  wipe(): void {
    this.world.held.clear();
  }

  /** What DNS would answer: `address:port` of the passing entries of a service, of all nodes, sorted. */
  passing(service: string): string[] {
    return [...this.world.held.values()]
      .filter((held) => held.entry.service === service && this.isPassing(held))
      .map(({ entry }) => `${entry.address}:${entry.port}`)
      .sort();
  }

  entry(id: string): CatalogEntry | undefined {
    return this.world.held.get(this.key(id))?.entry;
  }

  private isPassing(held: Held): boolean {
    if (!held.passing || held.entry.check.kind === "tcp") return held.passing;
    return this.options.clock.nowMs() - held.refreshedAtMs <= held.entry.check.ttlMs;
  }

  private ofNode(node: string): Held[] {
    return [...this.world.held.values()].filter((held) => held.node === node);
  }

  private key(id: string): string {
    return `${this.options.node}/${id}`;
  }

  private async call<T>(operation: () => T): Promise<T> {
    const { latencyMs = 0, clock } = this.options;
    if (latencyMs > 0)
      await new Promise<void>((resolve) => {
        clock.after(latencyMs, resolve);
      });
    else await Promise.resolve();
    if (this.down) throw new Error("the catalog does not answer");
    return operation();
  }
}
