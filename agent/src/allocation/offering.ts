import type { Claimant } from "./claimant";
import { isWorth } from "./claimant";
import { ineligibility } from "./eligible";
import { portionOf } from "./quantity/stock";
import type { Portion } from "../model/portion";
import type { Scalars } from "./quantity/scalars";
import { addScaled, copyScalars, scalarKinds, zeroScalars } from "./quantity/scalars";
import type { Stock } from "./quantity/stock";
import { addToStocks, emptyLike, isEmpty, takeItems } from "./quantity/stock";
import { isFiltered } from "./refusing";
import { mayUse } from "./reserved";
import type { Role } from "./role";
import { owed, roomUnderLimits } from "./role";
import type { AllocatorState } from "./state";
import type { SupplyNode } from "./supply-node";
import { unreserved } from "./supply-node";

const dimensions = scalarKinds.length;

/** `guarantees`: only toward quota guarantees. `fair`: whatever the limits and the headroom leave. */
export type Stage = "guarantees" | "fair";

/** What one claimant has been given of one node in this cycle. */
export interface Taking {
  readonly claimant: Claimant;
  readonly node: SupplyNode;
  readonly portions: Portion[];
}

interface Hold {
  readonly leaf: number;
  readonly scalars: Scalars;
}

/** Why nothing comes of it. */
export type Hindrance =
  NonNullable<ReturnType<typeof ineligibility>> | "nothing-owed" | "too-little" | "declined";

/**
 * Gives what is free of a node to one claimant after another. The ranking is told of it only when the node is
 * done with, as Mesos sorts once a node; limits and headroom know at once.
 */
export class Offering {
  /** Something was held back for the sake of a guarantee or a limit. */
  chopped = false;
  private readonly scalars = zeroScalars();
  private readonly worth = zeroScalars();
  private readonly holds: Hold[] = [];
  private takings: Taking[] = [];

  constructor(private readonly state: AllocatorState) {}

  /** `takings`: of this node in this cycle so far; what is given is added. True: something was. */
  give(claimant: Claimant, node: SupplyNode, stage: Stage, takings: Taking[]): boolean {
    if (this.hindrance(claimant, node, stage) !== undefined) return false;
    this.takings = takings;
    this.take(claimant, node);
    return true;
  }

  /** Another node. */
  begin(): void {
    this.chopped = false;
  }

  /** The node is done with. */
  settle(): void {
    for (const { leaf, scalars } of this.holds) this.state.tree.hold(leaf, scalars, 1);
    this.holds.length = 0;
  }

  /** Why the claimant gets nothing of the node now; undefined: it would. */
  hindrance(claimant: Claimant, node: SupplyNode, stage: Stage): Hindrance | undefined {
    const ineligible = ineligibility(claimant, node, this.state.options.region);
    if (ineligible) return ineligible;
    const progress = this.measure(claimant.role, node, stage);
    if (stage === "guarantees" && !progress) return "nothing-owed";
    if (!isWorth(this.amountFor(claimant, node), claimant.framework.minimum)) return "too-little";
    return isFiltered(claimant, node, this.scalars) ? "declined" : undefined;
  }

  /** Into `this.scalars`: the unreserved that the role may have. True: some of it goes toward a guarantee. */
  private measure(role: Role, node: SupplyNode, stage: Stage): boolean {
    const free = unreserved(node).scalars;
    const { available, roles } = this.state;
    let progress = false;
    for (let k = 0; k < dimensions; k++) {
      const have = free[k] as number;
      const headroom = roles.headroom[k] as number;
      const due = headroom > 0 ? owed(role, k) : 0;
      let most = have;
      if (stage === "guarantees" && due > 0) most = Math.min(have, due);
      else if (headroom > 0)
        most = Math.min(have, due + Math.max(0, (available[k] as number) - headroom));
      if (role.limited.length > 0) most = Math.min(most, roomUnderLimits(role, k));
      if (due > 0 && most > 0) progress = true;
      if (most < have) this.chopped = true;
      this.scalars[k] = most;
    }
    return progress;
  }

  /** With what is reserved for it. */
  private amountFor(claimant: Claimant, node: SupplyNode): Scalars {
    const { free } = node;
    if (free.length === 1) return this.scalars;
    const { worth } = this;
    copyScalars(this.scalars, worth);
    for (let index = 1; index < free.length; index++) {
      const stock = free[index] as Stock;
      if (mayUse(claimant.role.path, stock.role)) addScaled(worth, stock.scalars, 1);
    }
    return worth;
  }

  private take(claimant: Claimant, node: SupplyNode): void {
    const stocks = this.takeUnreserved(claimant, node);
    if (node.free.length > 1) {
      const usable = (stock: Stock, index: number): boolean =>
        index > 0 && mayUse(claimant.role.path, stock.role);
      stocks.push(...node.free.filter(usable));
      node.free = node.free.filter((stock, index) => !usable(stock, index));
    }
    this.note(claimant, node, stocks);
    const held = node.holdings.get(claimant.leaf);
    if (held) for (const stock of stocks) addToStocks(held, stock);
    else {
      node.holdings.set(claimant.leaf, stocks);
      claimant.on.add(node);
    }
  }

  private takeUnreserved(claimant: Claimant, node: SupplyNode): Stock[] {
    const from = unreserved(node);
    const own = emptyLike(from);
    copyScalars(this.scalars, own.scalars);
    takeItems(from, own);
    if (isEmpty(own)) return [];
    addScaled(from.scalars, own.scalars, -1);
    addScaled(this.state.available, own.scalars, -1);
    this.state.roles.consume(claimant.role, own.scalars, 1);
    return [own];
  }

  /** For the ranking, and for whoever sends the offers. */
  private note(claimant: Claimant, node: SupplyNode, stocks: readonly Stock[]): void {
    this.holds.push({ leaf: claimant.leaf, scalars: sumOfStocks(stocks) });
    const portions = stocks.map(portionOf);
    const before =
      this.takings.length > 0
        ? this.takings.find((taking) => taking.claimant === claimant)
        : undefined;
    if (before) before.portions.push(...portions);
    else this.takings.push({ claimant, node, portions });
  }
}

/** Of a single stock its own vector: until the node is done with nobody changes it. */
function sumOfStocks(stocks: readonly Stock[]): Scalars {
  const [only] = stocks;
  if (only && stocks.length === 1) return only.scalars;
  const sum = zeroScalars();
  for (const stock of stocks) addScaled(sum, stock.scalars, 1);
  return sum;
}
