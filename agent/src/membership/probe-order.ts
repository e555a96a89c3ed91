import { shuffle } from "./shuffle";

/**
 * Randomised round robin (SWIM 4.3): all are probed once before any is probed twice, so that a death is seen
 * within 2n - 1 intervals even by one prober. A newcomer enters at a random place of what is left of the round.
 */
export class ProbeOrder {
  /** Those removed stay in it until the round ends: taking them out at once would cost a walk each time. */
  private names: string[] = [];
  private readonly listed = new Set<string>();
  private readonly wanted = new Set<string>();
  private at = 0;

  constructor(private readonly random: () => number) {}

  get size(): number {
    return this.wanted.size;
  }

  add(name: string): void {
    if (this.wanted.has(name)) return;
    this.wanted.add(name);
    if (this.listed.has(name)) return;
    this.listed.add(name);
    const place = this.at + Math.floor(this.random() * (this.names.length - this.at + 1));
    const displaced = this.names[place];
    this.names[place] = name;
    if (displaced !== undefined) this.names.push(displaced);
  }

  remove(name: string): void {
    this.wanted.delete(name);
  }

  next(): string | undefined {
    if (this.wanted.size === 0) return undefined;
    for (;;) {
      if (this.at >= this.names.length) this.beginRound();
      const name = this.names[this.at++];
      if (name !== undefined && this.wanted.has(name)) return name;
    }
  }

  private beginRound(): void {
    this.names = shuffle([...this.wanted], this.random);
    this.listed.clear();
    for (const name of this.names) this.listed.add(name);
    this.at = 0;
  }
}
