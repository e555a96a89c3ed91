import type { ScalarKind, Scalars } from "../quantity/scalars";
import { at, kinds, scalarKinds, zeroScalars } from "../quantity/scalars";
import { Ranking } from "./ranking";

/** The id of the tree's root. */
export const root = 0;

/**
 * Weighted dominant resource fairness over a tree (Ghodsi 2011, sections 4 and 4.3; Mesos
 * src/master/allocator/mesos/sorter/drf). The share of anything in the tree is the largest fraction of any
 * scalar of the whole cluster that it holds, over its weight. Siblings are ranked by share, then by how often
 * they have been given something, then by name. Only what has a wanting leaf below it is ranked.
 *
 * Ids are small numbers, used again after `remove`; figures lie in dense arrays by id.
 */
export class FairTree {
  private held = new Float64Array(64 * kinds);
  private share = new Float64Array(64);
  private grants = new Float64Array(64);
  private weight = new Float64Array(64).fill(1);
  private readonly names: string[] = [""];
  private readonly parents: number[] = [-1];
  private readonly wanting: number[] = [0];
  private readonly rankings: (Ranking | undefined)[] = [undefined];
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
    this.wanting[id] = 0;
    this.rankings[id] = undefined;
    this.held.fill(0, id * kinds, (id + 1) * kinds);
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
    for (let k = 0; k < kinds; k++) this.total[k] = at(this.total, k) + times * at(what, k);
    this.stale = true;
  }

  setWeight(id: number, weight: number): void {
    this.rerank(id, () => {
      this.weight[id] = weight;
    });
  }

  /** Of a leaf. */
  setWanting(leaf: number, wants: boolean): void {
    for (let id = leaf; id !== -1; id = this.parentOf(id)) {
      const before = this.wanting[id] as number;
      const after = before + (wants ? 1 : -1);
      this.wanting[id] = after;
      if (id === root || this.stale) continue;
      if (before === 0) this.rankingOf(this.parentOf(id)).insert(id);
      else if (after === 0) this.rankingOf(this.parentOf(id)).remove(id);
    }
  }

  wants(id: number): boolean {
    return (this.wanting[id] as number) > 0;
  }

  /** The leaf and all above it hold so much more, by one grant, or so much less. */
  hold(leaf: number, what: Scalars, times: 1 | -1): void {
    for (let id = leaf; id !== root; id = this.parentOf(id)) {
      const ranking = this.rankedIn(id);
      // Alone it stays where it is.
      const moves = ranking !== undefined && ranking.size > 1;
      if (moves) ranking.remove(id);
      for (let k = 0, cell = id * kinds; k < kinds; k++, cell++)
        this.held[cell] = (this.held[cell] as number) + times * at(what, k);
      if (times === 1) this.grants[id] = (this.grants[id] as number) + 1;
      this.share[id] = this.shareOf(id);
      if (moves) ranking.insert(id);
    }
  }

  /** Before a walk: after it the rankings are right until the total changes. */
  refresh(): void {
    if (!this.stale) return;
    this.stale = false;
    const ranked: number[][] = [];
    for (let id = 1; id < this.names.length; id++) {
      this.share[id] = this.shareOf(id);
      if (!this.wants(id)) continue;
      (ranked[this.parentOf(id)] ??= []).push(id);
    }
    for (let id = 0; id < this.names.length; id++) this.rankings[id]?.rebuild(ranked[id] ?? []);
    ranked.forEach((ids, id) => {
      if (!this.rankings[id]) this.rankingOf(id).rebuild(ids);
    });
  }

  /** The wanting children of `id`, the one furthest below its fair share first. */
  ranking(id: number): Ranking | undefined {
    return this.rankings[id];
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
    for (let cell = id * kinds; cell < (id + 1) * kinds; cell++)
      if (this.held[cell] !== 0) return false;
    return !this.wants(id);
  }

  private shareOf(id: number): number {
    let most = 0;
    for (let k = 0; k < kinds; k++) {
      const whole = at(this.total, k);
      if (whole <= 0 || !this.counted[k]) continue;
      const fraction = (this.held[id * kinds + k] as number) / whole;
      if (fraction > most) most = fraction;
    }
    return most / (this.weight[id] as number);
  }

  private rerank(id: number, change: () => void): void {
    const ranking = this.rankedIn(id);
    ranking?.remove(id);
    change();
    this.share[id] = this.shareOf(id);
    ranking?.insert(id);
  }

  /** undefined: not ranked, or to be ranked anew anyway. */
  private rankedIn(id: number): Ranking | undefined {
    return this.stale || !this.wants(id) ? undefined : this.rankings[this.parentOf(id)];
  }

  private rankingOf(id: number): Ranking {
    return (this.rankings[id] ??= new Ranking(this.comesBefore));
  }

  private parentOf(id: number): number {
    return this.parents[id] as number;
  }

  private grow(): void {
    const larger = (from: Float64Array): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(from.length * 2);
      to.set(from);
      return to;
    };
    this.held = larger(this.held);
    this.share = larger(this.share);
    this.grants = larger(this.grants);
    this.weight = larger(this.weight);
  }
}
