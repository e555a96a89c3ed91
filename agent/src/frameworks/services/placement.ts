import type { Resources } from "../../model/resources";
import { explainShortage, subtractResources } from "../../model/resources";
import type { Refusal } from "../../model/scheduler";
import type { Constraint, ServiceSpec } from "../../model/service";
import type { TaskPort } from "../../model/task";
import { explainConstraint } from "./constraints";
import { Heap } from "./heap";
import type { Instance } from "./instance";
import { isLostSight, placedBy } from "./instance";
import { choosePorts } from "./ports";
import { Spread } from "./spread";

/** What one node has free for us now. */
export interface Candidate {
  readonly node: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly free: Resources;
}

/** A candidate that is being filled. */
export interface Room extends Candidate {
  free: Resources;
  /** How many are on the node, of all services. */
  instances: number;
}

export interface PlacingTerms<R extends Room> {
  readonly spec: ServiceSpec;
  readonly rooms: readonly R[];
  /** Those of this service, of any version; may be left out where it has no constraints. */
  readonly instances: readonly Instance[];
  /** Its instances on a node, and how often this version ended early there of late. */
  readonly heldAgainst: (node: string) => number;
  readonly random: () => number;
  /** Who on this node holds a port that this service shares with nobody but its own; undefined: nobody. */
  readonly explainHeldPort: (node: string) => string | undefined;
}

export type Placement<R extends Room> =
  | { readonly kind: "placed"; readonly room: R; readonly ports: readonly TaskPort[] }
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };

interface Entry<R extends Room> {
  readonly room: R;
  heldAgainst: number;
}

type Verdict =
  | { readonly kind: "fits"; readonly ports: readonly TaskPort[] }
  | {
      readonly kind: "refused";
      readonly why: Pick<Refusal, "rule" | "message">;
      readonly constraint?: Constraint;
    };

/**
 * Places for instances of one service, one after the other: the filters first, each saying why; then, of the nodes
 * left, the one with the fewest instances of the service, then the fewest of any, then the most memory free, then by
 * name. While it goes on nobody else fills the rooms, so a node that has been turned down stays so; but for GROUP_BY,
 * which lets another group have more as soon as all have as many.
 */
export class Placing<R extends Room> {
  private readonly heap: Heap<Entry<R>>;
  /** By each attribute that a constraint names. */
  private readonly spreads = new Map<string, Spread>();
  private readonly spread = (attribute: string): Spread => this.spreads.get(attribute) as Spread;
  /** Turned down until the groups have filled up. */
  private readonly aside: Entry<R>[] = [];
  private readonly need: Resources;

  constructor(private readonly terms: PlacingTerms<R>) {
    const { spec, rooms, heldAgainst } = terms;
    this.need = { cpus: spec.cpus, memMiB: spec.memMiB, diskMiB: 0, ports: [] };
    const entries = rooms.map((room) => ({ room, heldAgainst: heldAgainst(room.node) }));
    this.heap = new Heap(comesBefore, entries);
    for (const { attribute } of spec.constraints)
      if (!this.spreads.has(attribute)) this.spreads.set(attribute, spreadOf(terms, attribute));
  }

  next(): Placement<R> {
    const { heap } = this;
    for (let entry = heap.top(); entry; entry = heap.top()) {
      const verdict = this.examine(entry.room);
      if (verdict.kind === "fits")
        return { kind: "placed", room: entry.room, ports: verdict.ports };
      heap.pop();
      if (verdict.constraint?.operator === "GROUP_BY") this.aside.push(entry);
    }
    const refusals = this.terms.rooms.flatMap((room) => {
      const verdict = this.examine(room);
      return verdict.kind === "fits" ? [] : [{ node: room.node, ...verdict.why }];
    });
    return { kind: "refused", refusals };
  }

  /** One that takes so much is put where `next` has just said. */
  fill(taken: Resources): void {
    const entry = this.heap.top();
    if (!entry) return;
    const { room } = entry;
    room.free = subtractResources(room.free, taken);
    room.instances++;
    entry.heldAgainst++;
    this.heap.topChanged();
    let filledUp = false;
    for (const [attribute, spread] of this.spreads) {
      const { fewest } = spread;
      spread.add(attribute === "node" ? room.node : room.attributes[attribute]);
      filledUp ||= spread.fewest > fewest;
    }
    if (filledUp) for (const one of this.aside.splice(0)) this.heap.push(one);
  }

  private examine(room: Room): Verdict {
    const { spec, random, explainHeldPort } = this.terms;
    for (const constraint of spec.constraints) {
      const message = explainConstraint(constraint, {
        node: room.node,
        attributes: room.attributes,
        spread: this.spread,
      });
      if (message !== undefined)
        return { kind: "refused", why: { rule: "constraint", message }, constraint };
    }
    const shortage = explainShortage(room.free, this.need);
    if (shortage !== undefined)
      return { kind: "refused", why: { rule: "resources", message: shortage } };
    const held = explainHeldPort(room.node);
    if (held !== undefined) return { kind: "refused", why: { rule: "port", message: held } };
    const choice = choosePorts(spec, room.free.ports, random);
    if (choice.kind === "refused")
      return { kind: "refused", why: { rule: "port", message: choice.message } };
    return { kind: "fits", ports: choice.ports };
  }
}

function comesBefore(a: Entry<Room>, b: Entry<Room>): boolean {
  if (a.heldAgainst !== b.heldAgainst) return a.heldAgainst < b.heldAgainst;
  if (a.room.instances !== b.room.instances) return a.room.instances < b.room.instances;
  const memory = a.room.free.memMiB - b.room.free.memMiB;
  return memory === 0 ? a.room.node < b.room.node : memory > 0;
}

/** Instances of any version count for constraints; those lost from sight do not. */
function spreadOf({ rooms, instances }: PlacingTerms<Room>, attribute: string): Spread {
  const attributes = new Map(rooms.map((one) => [one.node, one.attributes]));
  const known = rooms.flatMap((one) =>
    attribute === "node" ? one.node : (one.attributes[attribute] ?? []),
  );
  const taken = instances
    .filter((one) => !isLostSight(one))
    .map((one) => placedBy(one, attribute) ?? attributes.get(one.node)?.[attribute]);
  return new Spread(known, taken);
}
