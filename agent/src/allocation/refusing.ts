import type { Claimant, Filter } from "./claimant";
import type { Scalars } from "./quantity/scalars";
import { covers, isZero } from "./quantity/scalars";
import type { Stock } from "./quantity/stock";
import { coversItems, coversStock, findStock } from "./quantity/stock";
import { mayUse } from "./reserved";
import type { AllocatorState, Edge } from "./state";
import type { SupplyNode } from "./supply-node";
import { unreserved } from "./supply-node";

/** Stale entries of the heap are swept out when there are so many more of them than filters. */
const sweepAbove = 1024;

/** The last refusal of a node counts alone. */
export function refuse(
  state: AllocatorState,
  terms: Pick<Filter, "claimant" | "node" | "untilMs" | "refused">,
): void {
  const filter: Filter = { kind: "filter", ...terms };
  const { claimant, node } = terms;
  if (!claimant.filters.has(node)) state.filterCount++;
  claimant.filters.set(node, filter);
  state.deadlines.add(filter.untilMs, filter);
  if (state.deadlines.size > 2 * state.filterCount + sweepAbove)
    state.deadlines.keep((entry) => entry.kind === "edge" || holds(entry));
}

export function clearFilters(state: AllocatorState, claimant: Claimant): void {
  state.filterCount -= claimant.filters.size;
  claimant.filters.clear();
}

export function clearFilter(state: AllocatorState, claimant: Claimant, node: SupplyNode): void {
  if (claimant.filters.delete(node)) state.filterCount--;
}

/** What ends by itself; its nodes become candidates. */
export function expireFilter(state: AllocatorState, entry: Filter | Edge): void {
  if (entry.kind === "edge" || !holds(entry)) return;
  clearFilter(state, entry.claimant, entry.node);
  state.candidates.add(entry.node);
}

/**
 * Is all that would be offered within what was refused? `scalars` are the unreserved ones that would be; ports,
 * sets and what is reserved go whole.
 */
export function isFiltered(claimant: Claimant, node: SupplyNode, scalars: Scalars): boolean {
  if (claimant.filters.size === 0) return false;
  const filter = claimant.filters.get(node);
  if (!filter) return false;
  const { refused } = filter;
  return node.free.every((stock, index) =>
    index === 0
      ? withinUnreserved(findStock(refused, stock.key), unreserved(node), scalars)
      : !mayUse(claimant.role.path, stock.role) || within(findStock(refused, stock.key), stock),
  );
}

function withinUnreserved(refused: Stock | undefined, items: Stock, scalars: Scalars): boolean {
  if (refused) return covers(refused.scalars, scalars) && coversItems(refused, items);
  return isZero(scalars) && items.ports.length === 0 && Object.keys(items.sets).length === 0;
}

function within(refused: Stock | undefined, stock: Stock): boolean {
  return refused !== undefined && coversStock(refused, stock);
}

function holds(filter: Filter): boolean {
  return filter.claimant.filters.get(filter.node) === filter;
}
