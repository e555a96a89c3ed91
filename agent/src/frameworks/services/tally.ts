import type { Instance } from "./instance";
import { isDying, isLostSight, isReady, killAgainMs } from "./instance";
import { NodeCounts } from "./node-counts";

/**
 * The instances of one service, and how many there are of each kind, kept up as they change: deciding what is to be
 * done of a service takes no longer for a thousand instances than for one. An instance that is lost from sight is in
 * none of the counts.
 */
export class Tally {
  readonly instances = new Map<string, Instance>();
  /** Asked to die, or dying. */
  dying = 0;
  /** Neither lost nor dying: the sum of good and stale ones. */
  alive = 0;
  /** Alive, of the current version, on a node that stays. */
  good = 0;
  goodReady = 0;
  /** Alive, on a node that is being drained. */
  moving = 0;
  /** Alive, of the current version and ready, wherever. */
  currentReady = 0;
  readonly nodes = new NodeCounts();
  /** No kill is to be asked for again before this; it may be earlier than the first that really is. */
  private againMs = Infinity;

  constructor(
    /** undefined: nobody wants the service. */
    private version: string | undefined,
    private readonly draining: ReadonlySet<string>,
  ) {}

  put(instance: Instance): void {
    const before = this.instances.get(instance.taskId);
    this.nodes.move(before, instance);
    if (before) this.count(before, -1);
    this.instances.set(instance.taskId, instance);
    this.count(instance, 1);
  }

  remove(taskId: string): void {
    const before = this.instances.get(taskId);
    if (!before) return;
    this.instances.delete(taskId);
    this.nodes.move(before, undefined);
    this.count(before, -1);
  }

  setVersion(version: string | undefined): void {
    if (version === this.version) return;
    const count = this.recounting();
    this.version = version;
    count();
  }

  /** To be called before the set of draining nodes changes; what it returns, after. */
  recounting(): () => void {
    for (const one of this.instances.values()) this.count(one, -1);
    return () => {
      for (const one of this.instances.values()) this.count(one, 1);
    };
  }

  /** Those a kill of which has shown no effect for so long that it is to be asked for again. */
  overdue(nowMs: number): Instance[] {
    if (nowMs < this.againMs) return [];
    const found: Instance[] = [];
    this.againMs = Infinity;
    for (const one of this.instances.values()) {
      const dueMs = killAgainMs(one);
      if (dueMs === undefined) continue;
      this.againMs = Math.min(this.againMs, dueMs);
      if (dueMs <= nowMs) found.push(one);
    }
    return found;
  }

  /** When `overdue` may next find one. */
  nextAgainMs(): number {
    return this.dying === 0 ? Infinity : this.againMs;
  }

  private count(one: Instance, by: 1 | -1): void {
    if (isLostSight(one)) return;
    if (isDying(one)) {
      this.dying += by;
      if (by === 1) this.againMs = Math.min(this.againMs, killAgainMs(one) ?? Infinity);
      return;
    }
    this.alive += by;
    const moves = this.draining.has(one.node);
    if (moves) this.moving += by;
    if (one.version !== this.version) return;
    const ready = isReady(one);
    if (ready) this.currentReady += by;
    if (moves) return;
    this.good += by;
    if (ready) this.goodReady += by;
  }
}
