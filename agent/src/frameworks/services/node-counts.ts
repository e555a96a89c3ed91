import type { Instance } from "./instance";
import { isLostSight } from "./instance";

/** How many instances are on each node; those lost from sight are nowhere. */
export class NodeCounts {
  private readonly counts = new Map<string, number>();

  on(node: string): number {
    return this.counts.get(node) ?? 0;
  }

  /** An instance changes, comes or goes: most changes leave it where it is. */
  move(before: Instance | undefined, after: Instance | undefined): void {
    const from = before && nodeOf(before);
    const to = after && nodeOf(after);
    if (from === to) return;
    if (from !== undefined) this.add(from, -1);
    if (to !== undefined) this.add(to, 1);
  }

  private add(node: string, by: 1 | -1): void {
    const here = this.on(node) + by;
    if (here === 0) this.counts.delete(node);
    else this.counts.set(node, here);
  }
}

function nodeOf(one: Instance): string | undefined {
  return isLostSight(one) ? undefined : one.node;
}
