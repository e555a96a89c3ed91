import { giveBackAll, exchange, convertHeld } from "./holdings";
import type { Claimant } from "./claimant";
import type { Portion } from "../model/portion";
import { addScaled, zeroScalars } from "./quantity/scalars";
import type { Stock } from "./quantity/stock";
import { coversStock, emptyLike, addStock, isEmpty } from "./quantity/stock";
import { clearFilter } from "./refusing";
import { AllocationError } from "./state";
import type { AllocatorState } from "./state";
import type { NodeTerms, SupplyNode } from "./supply-node";
import {
  cloneStocks,
  isOfferable,
  newNode,
  recount,
  stocksOf,
  sumInto,
  traitsOf,
  unreserved,
} from "./supply-node";

export function addNode(state: AllocatorState, name: string, terms: NodeTerms): void {
  if (state.nodes.has(name)) throw new AllocationError(`a node '${name}' is there already`);
  const node = newNode(name, ++state.serial, terms);
  state.nodes.set(name, node);
  count(state, node.total, 1);
  if (isOfferable(node)) addScaled(state.available, unreserved(node).scalars, 1);
  state.candidates.add(node);
  state.eased = true;
}

/** Other resources or traits. What is held stays held; filters on the node end. */
export function updateNode(state: AllocatorState, name: string, terms: NodeTerms): void {
  const node = state.node(name);
  const before = node.total;
  node.traits = traitsOf(terms);
  node.total = stocksOf(terms.resources);
  count(state, node.total, 1);
  count(state, before, -1);
  state.touch(node, () => recount(node));
  forgetFilters(state, node);
}

/** With all that is held there. */
export function removeNode(state: AllocatorState, name: string): void {
  const node = state.node(name);
  for (const leaf of [...node.holdings.keys()]) {
    const claimant = state.claimants[leaf];
    if (claimant) giveBackAll(state, claimant, node);
  }
  if (isOfferable(node)) addScaled(state.available, unreserved(node).scalars, -1);
  forgetFilters(state, node);
  count(state, node.total, -1);
  state.nodes.delete(name);
  state.candidates.delete(node);
  state.heldBack.delete(node);
  state.unavailable.delete(node);
}

/** Of a node: `from` is reserved like `to` instead. Without a claimant what is free is meant. */
export function convert(
  state: AllocatorState,
  node: SupplyNode,
  claimant: Claimant | undefined,
  change: { readonly from: readonly Portion[]; readonly to: readonly Portion[] },
): void {
  const from = stocksOf(change.from).filter((stock) => !isEmpty(stock));
  const to = stocksOf(change.to).filter((stock) => !isEmpty(stock));
  assertSameAmounts(from, to);
  const total = cloneStocks(node.total);
  exchange(total, from, to);
  if (claimant) {
    convertHeld(claimant, node, from, to);
    for (const stock of from) if (stock.role === undefined) consumeAs(state, claimant, stock, -1);
    for (const stock of to) if (stock.role === undefined) consumeAs(state, claimant, stock, 1);
  } else exchange(cloneStocks(node.free), from, to);
  const before = node.total;
  node.total = total.filter((stock, index) => index === 0 || !isEmpty(stock));
  countReserved(state, node.total, 1);
  countReserved(state, before, -1);
  state.touch(node, () => recount(node));
}

function consumeAs(state: AllocatorState, claimant: Claimant, stock: Stock, times: 1 | -1): void {
  state.roles.consume(claimant.role, stock.scalars, times);
}

function assertSameAmounts(from: readonly Stock[], to: readonly Stock[]): void {
  const [a, b] = [from, to].map((stocks) => {
    const sum = emptyLike({ ...(stocksOf([])[0] as Stock) });
    for (const stock of stocks) addStock(sum, stock);
    return sum;
  });
  if (!a || !b || !coversStock(a, b) || !coversStock(b, a))
    throw new AllocationError("what is reserved otherwise must stay as much as it was");
}

/** Of what a node has. Before the old is taken away the new is added, so that no role is forgotten in between. */
function count(state: AllocatorState, total: readonly Stock[], times: 1 | -1): void {
  state.tree.changeTotal(sumInto(zeroScalars(), total), times);
  countReserved(state, total, times);
}

/** What is reserved counts as consumed, whoever holds it. */
function countReserved(state: AllocatorState, total: readonly Stock[], times: 1 | -1): void {
  for (const { role: path, scalars } of total) {
    if (path === undefined) continue;
    const role = times === 1 ? state.roles.retain(path) : state.roles.find(path);
    if (!role) continue;
    state.roles.consume(role, scalars, times);
    if (times === -1) state.roles.release(role);
  }
}

function forgetFilters(state: AllocatorState, node: SupplyNode): void {
  for (const framework of state.frameworks.values())
    for (const claimant of framework.claimants.values()) clearFilter(state, claimant, node);
}
