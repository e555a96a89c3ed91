/** How many instances of a service run at each value of one attribute, in one pass: more are added, none go. */
export class Spread {
  private readonly counts = new Map<string, number>();
  /** How many values have so many instances. */
  private readonly levels: number[] = [];
  private least = 0;
  private first: string | undefined;

  /** `known`: values at which one could run, whether one does or not. */
  constructor(known: Iterable<string>, taken: Iterable<string | undefined>) {
    for (const value of known) this.enter(value);
    for (const value of taken) this.add(value);
  }

  add(value: string | undefined): void {
    if (value === undefined) return;
    this.first ??= value;
    this.enter(value);
    const before = this.countOf(value);
    this.counts.set(value, before + 1);
    this.levels[before] = (this.levels[before] ?? 0) - 1;
    this.levels[before + 1] = (this.levels[before + 1] ?? 0) + 1;
    while (this.levels[this.least] === 0) this.least++;
  }

  countOf(value: string): number {
    return this.counts.get(value) ?? 0;
  }

  /** Where the first instance runs. */
  home(): string | undefined {
    return this.first;
  }

  /** How many values there are. */
  get size(): number {
    return this.counts.size;
  }

  /** Of the value with the fewest instances. */
  get fewest(): number {
    return this.least;
  }

  private enter(value: string): void {
    if (this.counts.has(value)) return;
    this.counts.set(value, 0);
    this.levels[0] = (this.levels[0] ?? 0) + 1;
    this.least = 0;
  }
}
