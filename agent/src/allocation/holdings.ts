import type { Claimant } from "./claimant";
import type { Portion } from "../model/portion";
import type { Scalars } from "./quantity/scalars";
import { addScaled, zeroScalars } from "./quantity/scalars";
import type { Stock } from "./quantity/stock";
import { addToStocks, coversStock, findStock, isEmpty, subtractStock } from "./quantity/stock";
import { AllocationError } from "./state";
import type { AllocatorState } from "./state";
import type { SupplyNode } from "./supply-node";
import { recount, stocksOf } from "./supply-node";

/** A claimant has so much more of a node, offered or found in use. What is not free there is overdrawn. */
export function hold(
  state: AllocatorState,
  claimant: Claimant,
  node: SupplyNode,
  portions: readonly Portion[],
): void {
  const stocks = stocksOf(portions).filter((stock) => !isEmpty(stock));
  const held = node.holdings.get(claimant.leaf) ?? [];
  node.holdings.set(claimant.leaf, held);
  claimant.on.add(node);
  for (const stock of stocks) addToStocks(held, stock);
  account(state, claimant, stocks, 1);
  state.touch(node, () => recount(node));
}

/** Throws AllocationError where the claimant does not hold that much. */
export function giveBack(
  state: AllocatorState,
  claimant: Claimant,
  node: SupplyNode,
  portions: readonly Portion[],
): readonly Stock[] {
  const stocks = stocksOf(portions).filter((stock) => !isEmpty(stock));
  const held = node.holdings.get(claimant.leaf) ?? [];
  for (const stock of stocks) {
    const own = findStock(held, stock.key);
    if (own && coversStock(own, stock)) continue;
    const { framework, role } = claimant;
    throw new AllocationError(
      `framework '${framework.name}' in role '${role.path}' does not hold that much of node '${node.name}'`,
    );
  }
  for (const stock of stocks) {
    const own = findStock(held, stock.key);
    if (own) subtractStock(own, stock);
  }
  account(state, claimant, stocks, -1);
  keepHoldings(claimant, node, held);
  state.touch(node, () => {
    if (node.overdrawn) recount(node);
    else for (const stock of stocks) addToStocks(node.free, stock);
  });
  return stocks;
}

/** All that the claimant holds of the node. */
export function giveBackAll(state: AllocatorState, claimant: Claimant, node: SupplyNode): void {
  const held = node.holdings.get(claimant.leaf);
  if (!held) return;
  account(state, claimant, held, -1);
  keepHoldings(claimant, node, []);
  state.touch(node, () => recount(node));
}

/** Other reservations or volumes for the same amounts, of what the claimant holds. */
export function convertHeld(
  claimant: Claimant,
  node: SupplyNode,
  from: readonly Stock[],
  to: readonly Stock[],
): void {
  const held = node.holdings.get(claimant.leaf) ?? [];
  exchange(held, from, to);
  keepHoldings(claimant, node, held);
}

/** Throws AllocationError where `stocks` has not all of `from`. Leaves empty stocks behind. */
export function exchange(stocks: Stock[], from: readonly Stock[], to: readonly Stock[]): void {
  for (const stock of from) {
    const own = findStock(stocks, stock.key);
    if (!own || !coversStock(own, stock))
      throw new AllocationError("what is to be reserved otherwise is not there");
  }
  for (const stock of from) {
    const own = findStock(stocks, stock.key);
    if (own) subtractStock(own, stock);
  }
  for (const stock of to) addToStocks(stocks, stock);
}

function keepHoldings(claimant: Claimant, node: SupplyNode, held: readonly Stock[]): void {
  const left = held.filter((stock) => !isEmpty(stock));
  if (left.length > 0) node.holdings.set(claimant.leaf, left);
  else {
    node.holdings.delete(claimant.leaf);
    claimant.on.delete(node);
    if (![...claimant.framework.claimants.values()].some(({ on }) => on.has(node)))
      node.inverse.delete(claimant.framework.name);
  }
}

/** Shares count all that is held, quota only what is unreserved: the reserved is consumed whether it is held or not. */
function account(
  state: AllocatorState,
  claimant: Claimant,
  stocks: readonly Stock[],
  times: 1 | -1,
): void {
  const sum: Scalars = zeroScalars();
  for (const stock of stocks) {
    addScaled(sum, stock.scalars, 1);
    if (stock.role === undefined) state.roles.consume(claimant.role, stock.scalars, times);
  }
  state.tree.hold(claimant.leaf, sum, times);
}
