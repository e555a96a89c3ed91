/** Comes `a` before `b`? A total order: never true both ways, and one of them unless they are the same. */
export type Before = (a: number, b: number) => boolean;

/**
 * Ids in order. A binary search and a move of memory a change: with thousands of ids that is quicker than
 * any tree, and unlike a heap it can be walked in order without being taken apart.
 */
export class Ranking {
  private ids = new Int32Array(4);
  private count = 0;

  constructor(private readonly before: Before) {}

  get size(): number {
    return this.count;
  }

  at(position: number): number {
    return this.ids[position] as number;
  }

  /** It is not in it yet. */
  insert(id: number): void {
    if (this.count === this.ids.length) {
      const larger = new Int32Array(this.ids.length * 2);
      larger.set(this.ids);
      this.ids = larger;
    }
    const position = this.positionOf(id);
    this.ids.copyWithin(position + 1, position, this.count);
    this.ids[position] = id;
    this.count++;
  }

  /** While it still compares as when it was inserted. */
  remove(id: number): void {
    const position = this.positionOf(id);
    this.ids.copyWithin(position, position + 1, this.count);
    this.count--;
  }

  /** All of them anew, in whatever order they come. */
  rebuild(ids: number[]): void {
    ids.sort((a, b) => (this.before(a, b) ? -1 : 1));
    if (ids.length > this.ids.length) this.ids = new Int32Array(ids.length * 2);
    this.ids.set(ids);
    this.count = ids.length;
  }

  /** How many come before it. */
  private positionOf(id: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.before(this.at(middle), id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
