import type { Catalog } from "../ports/catalog";
import type { Clock, Timer } from "../ports/clock";
import type { Log } from "../ports/log";

const firstRetryMs = 500;
const longestRetryMs = 30_000;

/**
 * Removes the catalog entries of lost nodes, again and again until it has worked, the node is back, or the
 * term ends. One attempt at a time for a node: the catalog's calls have deadlines of their own.
 */
export class Sweeper {
  private readonly pending = new Map<string, { timer: Timer | undefined }>();

  constructor(private readonly world: { clock: Clock; catalog: Catalog; log: Log }) {}

  sweep(node: string): void {
    if (this.pending.has(node)) return;
    const job = { timer: undefined };
    this.pending.set(node, job);
    void this.attempt(node, job, firstRetryMs);
  }

  /** Its own agent looks after its entries again. */
  spare(node: string): void {
    this.pending.get(node)?.timer?.cancel();
    this.pending.delete(node);
  }

  stop(): void {
    for (const node of [...this.pending.keys()]) this.spare(node);
  }

  private async attempt(
    node: string,
    job: { timer: Timer | undefined },
    retryMs: number,
  ): Promise<void> {
    const { catalog, clock, log } = this.world;
    try {
      const removed = await catalog.removeNode(node);
      if (this.pending.get(node) === job) this.pending.delete(node);
      if (removed > 0) log.info("removed the catalog entries of a lost node", { node, removed });
    } catch (error) {
      if (this.pending.get(node) !== job) return;
      log.warn("cannot remove the catalog entries of a lost node yet", {
        node,
        error: String(error),
        retryMs,
      });
      const next = Math.min(retryMs * 2, longestRetryMs);
      job.timer = clock.after(retryMs, () => void this.attempt(node, job, next));
    }
  }
}
