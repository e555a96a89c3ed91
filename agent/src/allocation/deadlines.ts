/** A binary heap of what falls due when. An entry is not taken back: whoever takes it asks whether it still holds. */
export class Deadlines<T> {
  private readonly heap: { readonly atMs: number; readonly what: T }[] = [];

  get size(): number {
    return this.heap.length;
  }

  /** The earliest, monotonic; undefined: none. */
  nextMs(): number | undefined {
    return this.heap[0]?.atMs;
  }

  add(atMs: number, what: T): void {
    const { heap } = this;
    let hole = heap.length;
    const entry = { atMs, what };
    heap.push(entry);
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const other = this.entry(above);
      if (other.atMs <= atMs) break;
      heap[hole] = other;
      hole = above;
    }
    heap[hole] = entry;
  }

  /** The earliest that is due, out of the heap; undefined: none is. */
  takeDue(nowMs: number): T | undefined {
    const { heap } = this;
    const first = heap[0];
    if (!first || first.atMs > nowMs) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) this.sink(last);
    return first.what;
  }

  /** Keeps only what still holds. */
  keep(holds: (what: T) => boolean): void {
    const kept = this.heap.filter(({ what }) => holds(what));
    this.heap.length = 0;
    for (const { atMs, what } of kept) this.add(atMs, what);
  }

  private sink(entry: { readonly atMs: number; readonly what: T }): void {
    const { heap } = this;
    let hole = 0;
    for (let child = 1; child < heap.length; child = 2 * hole + 1) {
      if (child + 1 < heap.length && this.entry(child + 1).atMs < this.entry(child).atMs) child++;
      if (entry.atMs <= this.entry(child).atMs) break;
      heap[hole] = this.entry(child);
      hole = child;
    }
    heap[hole] = entry;
  }

  private entry(index: number): { readonly atMs: number; readonly what: T } {
    return this.heap[index] as { readonly atMs: number; readonly what: T };
  }
}
