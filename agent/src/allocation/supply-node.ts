import type { Refusal } from "../model/scheduler";
import type { NodeTraits } from "./constraints";
import type { Portion } from "../model/portion";
import type { Stock } from "./quantity/stock";
import { addStock, emptyLike, findStock, isEmpty, stockOf, subtractStock } from "./quantity/stock";
import { portion } from "../model/portion";
import type { Scalars } from "./quantity/scalars";
import { at, kinds } from "./quantity/scalars";

/** When a node is to be out of service; monotonic. */
export interface Unavailability {
  readonly startMs: number;
  /** undefined: until further notice. */
  readonly endMs: number | undefined;
}

/** What the allocator is told of a node. */
export interface NodeTerms extends NodeTraits {
  /** In how many parts as it likes; those reserved in the same way are added up. */
  readonly resources: readonly Portion[];
}

export interface SupplyNode {
  readonly name: string;
  /** Grows from node to node: a total order that does not change. */
  readonly serial: number;
  traits: NodeTraits;
  total: readonly Stock[];
  /** What nobody holds. The first is the unreserved, which is always there; of the others none is empty. */
  free: Stock[];
  /** By leaf of the fair tree, which is whose it is. */
  readonly holdings: Map<number, Stock[]>;
  /** Some holder has more than `total` says there is: `free` is to be counted anew whenever something comes back. */
  overdrawn: boolean;
  /** Why nothing of it is offered; undefined: it is. */
  inactive: Pick<Refusal, "rule" | "message"> | undefined;
  unavailability: Unavailability | undefined;
  /** Its unavailability has begun and not ended. */
  closed: boolean;
  /** By framework: what it has been asked to give back, and when it may be asked again. */
  readonly inverse: Map<string, InverseAsked>;
  /** Of its most used scalar, as of the cycle at hand. */
  usedPart: number;
}

interface InverseAsked {
  readonly state: "unanswered" | "accepted" | "declined";
  readonly againAtMs: number;
}

export function newNode(name: string, serial: number, terms: NodeTerms): SupplyNode {
  const total = stocksOf(terms.resources);
  return {
    name,
    serial,
    traits: traitsOf(terms),
    total,
    free: cloneStocks(total),
    holdings: new Map(),
    overdrawn: false,
    inactive: undefined,
    unavailability: undefined,
    closed: false,
    inverse: new Map(),
    usedPart: 0,
  };
}

export function traitsOf({ hostname, attributes, domain }: NodeTraits): NodeTraits {
  return { hostname, attributes, domain };
}

/** Added up by how they are reserved, the unreserved first; of the others none is empty. */
export function stocksOf(portions: readonly Portion[]): Stock[] {
  const stocks = [stockOf(portion({}))];
  for (const part of portions) {
    const stock = stockOf(part);
    const same = findStock(stocks, stock.key);
    if (same) addStock(same, stock);
    else if (!isEmpty(stock)) stocks.push(stock);
  }
  return stocks;
}

export function isOfferable(node: SupplyNode): boolean {
  return node.inactive === undefined && !node.closed;
}

export function unreserved(node: SupplyNode): Stock {
  return node.free[0] as Stock;
}

/** Counts `free` from `total` and the holdings; where these are more than there is, none of it is free. */
export function recount(node: SupplyNode): void {
  const free = cloneStocks(node.total);
  node.overdrawn = false;
  for (const stocks of node.holdings.values())
    for (const held of stocks) {
      const from = findStock(free, held.key);
      if (from) subtractStock(from, held);
      else node.overdrawn = true;
    }
  for (const { scalars } of free)
    for (let k = 0; k < kinds; k++) {
      if (at(scalars, k) >= 0) continue;
      scalars[k] = 0;
      node.overdrawn = true;
    }
  node.free = free.filter((stock, index) => index === 0 || !isEmpty(stock));
}

/** Of what is there, how much is not free; of the scalar that is most used. */
export function usedPartOf({ total, free }: Pick<SupplyNode, "total" | "free">): number {
  let most = 0;
  for (let k = 0; k < kinds; k++) {
    const whole = sumOf(total, k);
    if (whole <= 0) continue;
    const part = 1 - sumOf(free, k) / whole;
    if (part > most) most = part;
  }
  return most;
}

export function sumOf(stocks: readonly Stock[], k: number): number {
  let sum = 0;
  for (let index = 0; index < stocks.length; index++)
    sum += (stocks[index] as Stock).scalars[k] as number;
  return sum;
}

/** Into `sum`, in place. */
export function sumInto(sum: Scalars, stocks: readonly Stock[]): Scalars {
  for (let k = 0; k < kinds; k++) sum[k] = sumOf(stocks, k);
  return sum;
}

export function cloneStocks(stocks: readonly Stock[]): Stock[] {
  return stocks.map((stock) => {
    const own = emptyLike(stock);
    addStock(own, stock);
    return own;
  });
}
