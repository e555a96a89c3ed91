import type { Resources } from "../model/resources";
import { coversResources } from "../model/resources";

interface Filter {
  readonly framework: string;
  readonly node: string;
  readonly untilMs: number;
  readonly refused: Resources;
}

/**
 * What frameworks do not want to hear of again for a while. A filter holds back only offers that are
 * no more than what was refused: once a node has more to give, the framework hears of it at once.
 */
export class OfferFilters {
  private readonly filters = new Map<string, Filter>();

  refuse(filter: Filter): void {
    this.filters.set(key(filter.framework, filter.node), filter);
  }

  /** Until when the framework does not want these resources of this node; undefined: it may have them. */
  heldUntilMs(claim: {
    readonly framework: string;
    readonly node: string;
    readonly free: Resources;
    readonly nowMs: number;
  }): number | undefined {
    const filter = this.filters.get(key(claim.framework, claim.node));
    if (!filter || filter.untilMs <= claim.nowMs) return undefined;
    return coversResources(filter.refused, claim.free) ? filter.untilMs : undefined;
  }

  clearFramework(framework: string): void {
    this.clear((filter) => filter.framework === framework);
  }

  clearNode(node: string): void {
    this.clear((filter) => filter.node === node);
  }

  expire(nowMs: number): void {
    this.clear((filter) => filter.untilMs <= nowMs);
  }

  nextExpiryMs(): number | undefined {
    let next: number | undefined;
    for (const { untilMs } of this.filters.values())
      if (next === undefined || untilMs < next) next = untilMs;
    return next;
  }

  private clear(goes: (filter: Filter) => boolean): void {
    for (const [id, filter] of this.filters) if (goes(filter)) this.filters.delete(id);
  }
}

function key(framework: string, node: string): string {
  return `${framework}\n${node}`;
}
