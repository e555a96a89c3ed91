import type { ScalarKind, Scalars } from "../quantity/scalars";
import { scalarKinds, zeroScalars } from "../quantity/scalars";
import { Ranking } from "./ranking";

const dimensions = scalarKinds.length;

/** What a leaf can do, as bits; a lane is the bits somebody must have. Lane 0 is everybody's. */
export const lanes = 4;

/** The id of the tree's root. */
export const root = 0;

/**
 * Weighted dominant resource fairness over a tree (Ghodsi 2011, sections 4 and 4.3; Mesos
 * src/master/allocator/mesos/sorter/drf). The share of anything in the tree is the largest fraction of any
 * scalar of the whole cluster that it holds, over its weight. Siblings are ranked by share, then by how often
 * they have been given something, then by name. Only what has a wanting leaf below it is ranked, and that once
 * for each lane: who looks for those few that can use a scarce machine need not walk past all others.
 *
 * Ids are small numbers, used again after `remove`; figures lie in dense arrays by id.
 */
export class FairTree {
  private held = new Float64Array(64 * dimensions);
  private share = new Float64Array(64);
  private grants = new Float64Array(64);
  private weight = new Float64Array(64).fill(1);
  private readonly names: string[] = [""];
  private readonly parents: number[] = [-1];
  /** Wanting leaves at or below, by id and lane. */
  private wanting = new Int32Array(64 * lanes);
  private readonly rankings: (Ranking | undefined)[] = [];
  /** Of leaves. */
  private readonly abilities: number[] = [0];
  private readonly unused: number[] = [];
  private readonly total: Scalars = zeroScalars();
  /** Kinds that do not count: Mesos' --fair_sharing_excluded_resource_names. */
  private readonly counted: readonly boolean[];
  private stale = false;

  constructor(excluded: readonly ScalarKind[] = []) {
    this.counted = scalarKinds.map((kind) => !excluded.includes(kind));
  }

  /** `name` is unique among the parent's children. */
  add(parent: number, name: string): number {
    const id = this.unused.pop() ?? this.names.length;
    if (id >= this.share.length) this.grow();
    this.names[id] = name;
    this.parents[id] = parent;
    this.abilities[id] = 0;
    for (let cell = id * lanes; cell < (id + 1) * lanes; cell++) {
      this.wanting[cell] = 0;
      this.rankings[cell] = undefined;
    }
    this.held.fill(0, id * dimensions, (id + 1) * dimensions);
    this.share[id] = 0;
    this.grants[id] = 0;
    this.weight[id] = 1;
    return id;
  }

  /** It holds nothing, wants nothing and has no children. */
  remove(id: number): void {
    this.unused.push(id);
  }

  /** What the cluster has: all shares change, and are counted anew at the next `refresh`. */
  changeTotal(what: Scalars, times: 1 | -1): void {
    for (let k = 0; k < dimensions; k++)
      this.total[k] = (this.total[k] as number) + times * (what[k] as number);
    this.stale = true;
  }

  setWeight(id: number, weight: number): void {
    this.leaveRankings(id);
    this.weight[id] = weight;
    this.share[id] = this.shareOf(id);
    this.enterRankings(id);
  }

  /** A leaf that did not want does now. */
  startWanting(leaf: number, abilities = 0): void {
    this.abilities[leaf] = abilities;
    this.countWanting(leaf, 1);
  }

  /** A leaf that wanted does not any more. */
  stopWanting(leaf: number): void {
    this.countWanting(leaf, -1);
  }

  wants(id: number, lane = 0): boolean {
    return (this.wanting[id * lanes + lane] as number) > 0;
  }

  /** The leaf and all above it hold so much more, by one grant, or so much less. */
  hold(leaf: number, what: Scalars, times: 1 | -1): void {
    for (let id = leaf; id !== root; id = this.parentOf(id)) {
      this.leaveRankings(id);
      for (let k = 0, cell = id * dimensions; k < dimensions; k++, cell++)
        this.held[cell] = (this.held[cell] as number) + times * (what[k] as number);
      if (times === 1) this.grants[id] = (this.grants[id] as number) + 1;
      this.share[id] = this.shareOf(id);
      this.enterRankings(id);
    }
  }

  /** Before a walk: after it the rankings are right until the total changes. */
  refresh(): void {
    if (!this.stale) return;
    this.stale = false;
    const ranked: number[][] = [];
    for (let id = 1; id < this.names.length; id++) {
      this.share[id] = this.shareOf(id);
      for (let lane = 0; lane < lanes; lane++)
        if (this.wants(id, lane)) (ranked[this.parentOf(id) * lanes + lane] ??= []).push(id);
    }
    this.rankings.forEach((ranking, cell) => ranking?.rebuild(ranked[cell] ?? []));
    ranked.forEach((ids, cell) => {
      if (!this.rankings[cell]) this.rankingAt(cell).rebuild(ids);
    });
  }

  /** The wanting children of `id` in a lane, the one furthest below its fair share first. undefined: a leaf. */
  ranking(id: number, lane = 0): Ranking | undefined {
    return this.rankings[id * lanes + lane];
  }

  parentOf(id: number): number {
    return this.parents[id] as number;
  }

  /** Of siblings. */
  readonly comesBefore = (a: number, b: number): boolean => {
    const shares = (this.share[a] as number) - (this.share[b] as number);
    if (shares !== 0) return shares < 0;
    const grants = (this.grants[a] as number) - (this.grants[b] as number);
    if (grants !== 0) return grants < 0;
    return (this.names[a] as string) < (this.names[b] as string);
  };

  /** Over its weight, as of the last refresh or change of its own. */
  dominantShare(id: number): number {
    return this.share[id] as number;
  }

  isIdle(id: number): boolean {
    for (let cell = id * dimensions; cell < (id + 1) * dimensions; cell++)
      if (this.held[cell] !== 0) return false;
    return !this.wants(id);
  }

  private shareOf(id: number): number {
    let most = 0;
    for (let k = 0; k < dimensions; k++) {
      const whole = this.total[k] as number;
      if (whole <= 0 || !this.counted[k]) continue;
      const fraction = (this.held[id * dimensions + k] as number) / whole;
      if (fraction > most) most = fraction;
    }
    return most / (this.weight[id] as number);
  }

  private countWanting(leaf: number, by: 1 | -1): void {
    const abilities = this.abilities[leaf] as number;
    for (let lane = 0; lane < lanes; lane++) {
      if ((abilities & lane) !== lane) continue;
      for (let id = leaf; id !== -1; id = this.parentOf(id)) {
        const cell = id * lanes + lane;
        const before = this.wanting[cell] as number;
        this.wanting[cell] = before + by;
        if (id === root || this.stale) continue;
        const above = this.rankingAt(this.parentOf(id) * lanes + lane);
        if (before === 0) above.insert(id);
        else if (before + by === 0) above.remove(id);
      }
    }
  }

  /** Where it is alone it stays: nothing can come before or after it. */
  private leaveRankings(id: number): void {
    if (this.stale) return;
    for (let lane = 0; lane < lanes; lane++) {
      if (!this.wants(id, lane)) continue;
      const ranking = this.rankedIn(id, lane);
      if (ranking && ranking.size > 1) ranking.remove(id);
    }
  }

  private enterRankings(id: number): void {
    if (this.stale) return;
    for (let lane = 0; lane < lanes; lane++) {
      if (!this.wants(id, lane)) continue;
      const ranking = this.rankedIn(id, lane);
      if (ranking && !(ranking.size === 1 && ranking.at(0) === id)) ranking.insert(id);
    }
  }

  private rankedIn(id: number, lane: number): Ranking | undefined {
    return this.rankings[this.parentOf(id) * lanes + lane];
  }

  private rankingAt(cell: number): Ranking {
    return (this.rankings[cell] ??= new Ranking(this.comesBefore));
  }

  private grow(): void {
    const larger = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(from.length * 2);
      to.set(from);
      return to;
    };
    const wanting = new Int32Array(this.wanting.length * 2);
    wanting.set(this.wanting);
    this.wanting = wanting;
    this.held = larger(this.held);
    this.share = larger(this.share);
    this.grants = larger(this.grants);
    this.weight = larger(this.weight);
  }
}
