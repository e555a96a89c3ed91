import type { PortRange, Resources } from "../../model/resources";
import {
  addResources,
  coversResources,
  noResources,
  subtractResources,
} from "../../model/resources";
import type { Portion, Reservation } from "../../model/portion";
import { reservedRole, stackKey } from "./portion";
import type { Scalars } from "./scalars";
import { addScaled, covers, isZero, scalarsOf, unitsOf, zeroScalars } from "./scalars";

type Sets = Readonly<Record<string, readonly string[]>>;

const noPorts: readonly PortRange[] = [];
const noSets: Sets = {};

/**
 * A portion as the allocator keeps it. `scalars` is changed in place and belongs to this stock alone;
 * `ports` and `sets` are replaced, never changed, so that stocks may share them.
 */
export interface Stock {
  readonly key: string;
  readonly reservations: readonly Reservation[];
  readonly volume: string | undefined;
  /** See `reservedRole`. */
  readonly role: string | undefined;
  readonly scalars: Scalars;
  ports: readonly PortRange[];
  sets: Sets;
}

export function stockOf(part: Portion): Stock {
  return {
    key: stackKey(part),
    reservations: part.reservations,
    volume: part.volume,
    role: reservedRole(part),
    scalars: scalarsOf(part),
    ports: part.ports.length > 0 ? part.ports : noPorts,
    sets: Object.keys(part.sets).length > 0 ? part.sets : noSets,
  };
}

/** Like `stock` in how it is reserved, and empty. */
export function emptyLike(stock: Stock): Stock {
  // Field by field: this is made for every grant, and a spread costs more than all the rest of it.
  return {
    key: stock.key,
    reservations: stock.reservations,
    volume: stock.volume,
    role: stock.role,
    scalars: zeroScalars(),
    ports: noPorts,
    sets: noSets,
  };
}

export function portionOf(stock: Stock): Portion {
  const { cpus, memMiB, diskMiB, gpus } = unitsOf(stock.scalars);
  return {
    reservations: stock.reservations,
    volume: stock.volume,
    cpus,
    memMiB,
    diskMiB,
    gpus,
    ports: stock.ports,
    sets: stock.sets,
  };
}

export function isEmpty(stock: Stock): boolean {
  return stock.ports === noPorts && stock.sets === noSets && isZero(stock.scalars);
}

export function addStock(into: Stock, what: Stock): void {
  addScaled(into.scalars, what.scalars, 1);
  if (what.ports !== noPorts)
    into.ports =
      into.ports === noPorts
        ? what.ports
        : addResources(portsOnly(into.ports), portsOnly(what.ports)).ports;
  if (what.sets !== noSets)
    into.sets = into.sets === noSets ? what.sets : union(into.sets, what.sets);
}

/** The caller has asked `coversStock` first. */
export function subtractStock(from: Stock, what: Stock): void {
  addScaled(from.scalars, what.scalars, -1);
  if (what.ports !== noPorts) {
    const rest = subtractResources(portsOnly(from.ports), portsOnly(what.ports)).ports;
    from.ports = rest.length > 0 ? rest : noPorts;
  }
  if (what.sets !== noSets) from.sets = difference(from.sets, what.sets);
}

/** Scalars, ports and sets; how they are reserved is not looked at. */
export function coversStock(have: Stock, need: Stock): boolean {
  return covers(have.scalars, need.scalars) && coversItems(have, need);
}

/** Ports and sets alone. */
export function coversItems(
  have: Pick<Stock, "ports" | "sets">,
  need: Pick<Stock, "ports" | "sets">,
): boolean {
  if (need.ports !== noPorts && need.ports !== have.ports)
    if (!coversResources(portsOnly(have.ports), portsOnly(need.ports))) return false;
  if (need.sets === noSets || need.sets === have.sets) return true;
  return difference(need.sets, have.sets) === noSets;
}

/** Ports and sets move whole; scalars stay for the caller to move. */
export function takeItems(from: Stock, into: Stock): void {
  into.ports = from.ports;
  into.sets = from.sets;
  from.ports = noPorts;
  from.sets = noSets;
}

export function findStock(stocks: readonly Stock[], key: string): Stock | undefined {
  for (const stock of stocks) if (stock.key === key) return stock;
  return undefined;
}

/** Adds to the stock of the same kind, or as one more. `what` is the caller's to keep. */
export function addToStocks(stocks: Stock[], what: Stock): void {
  let own = findStock(stocks, what.key);
  if (!own) stocks.push((own = emptyLike(what)));
  addStock(own, what);
}

function portsOnly(ports: readonly PortRange[]): Resources {
  return { ...noResources, ports };
}

function union(a: Sets, b: Sets): Sets {
  const sum: Record<string, readonly string[]> = { ...a };
  for (const [name, items] of Object.entries(b))
    sum[name] = [...new Set([...(sum[name] ?? []), ...items])].sort();
  return sum;
}

function difference(a: Sets, b: Sets): Sets {
  const rest = Object.entries(a).flatMap(([name, items]) => {
    const left = items.filter((item) => !b[name]?.includes(item));
    return left.length > 0 ? [[name, left] as const] : [];
  });
  return rest.length > 0 ? Object.fromEntries(rest) : noSets;
}
