/** A binary heap: the item that comes before all others is at the top. */
export class Heap<T> {
  private readonly items: T[];

  /** Takes `items` as its own. */
  constructor(
    private readonly comesBefore: (a: T, b: T) => boolean,
    items: T[] = [],
  ) {
    this.items = items;
    for (let index = (items.length >> 1) - 1; index >= 0; index--) this.sink(index);
  }

  get size(): number {
    return this.items.length;
  }

  top(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    const { items, comesBefore } = this;
    let index = items.push(item) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = items[above] as T;
      if (!comesBefore(item, parent)) break;
      items[index] = parent;
      index = above;
    }
    items[index] = item;
  }

  pop(): T | undefined {
    const { items } = this;
    const [first] = items;
    const last = items.pop();
    if (items.length > 0) {
      items[0] = last as T;
      this.sink(0);
    }
    return first;
  }

  /** The item at the top comes later than it did. */
  topChanged(): void {
    if (this.items.length > 1) this.sink(0);
  }

  private sink(from: number): void {
    const { items, comesBefore } = this;
    const item = items[from] as T;
    const { length } = items;
    let index = from;
    for (;;) {
      let below = 2 * index + 1;
      if (below >= length) break;
      if (below + 1 < length && comesBefore(items[below + 1] as T, items[below] as T)) below++;
      const child = items[below] as T;
      if (!comesBefore(child, item)) break;
      items[index] = child;
      index = below;
    }
    items[index] = item;
  }
}
