export interface CatalogEntry {
  /** Unique on its node: `covey-task-<task id>`, or `covey-agent-<node>`. */
  readonly id: string;
  readonly service: string;
  readonly address: string;
  readonly port: number;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  /**
   * `ttl`: passing only while we say so, at least every `ttlMs`. `tcp`: the catalog itself connects to
   * address:port every second (for entries that must turn critical when we die). It passes from the start, as who
   * registers such an entry listens there already: DNS does not wait a second for what is known.
   */
  readonly check:
    | { readonly kind: "ttl"; readonly ttlMs: number }
    | { readonly kind: "tcp"; readonly intervalMs: number };
}

/** The node's own part of the service catalogue, and the master's right to sweep others'. All calls have a deadline and throw Error. */
export interface Catalog {
  /** Starts critical where the check is `ttl`, passing where it is `tcp`; a known entry keeps its health. */
  register(entry: CatalogEntry): Promise<void>;
  setHealth(id: string, passing: boolean, note: string): Promise<void>;
  /** Not there is no error. */
  deregister(id: string): Promise<void>;
  /** Ids of the entries with our prefixes that this node's catalog agent holds. */
  listOwn(): Promise<string[]>;
  /** Master only: removes all Covey entries of another node, whether its catalog agent lives or not. */
  removeNode(node: string): Promise<number>;
  /** undefined: it answers and has a leader; else why not. */
  ping(): Promise<string | undefined>;
}
