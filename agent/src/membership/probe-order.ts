import { shuffle } from "./shuffle";

/**
 * Randomised round robin (SWIM 4.3): all are probed once before any is probed twice, so that a death is seen
 * within 2n - 1 intervals even by one prober. A newcomer enters at a random place of the current round.
 */
export class ProbeOrder {
  private names: string[] = [];
  private at = 0;

  constructor(private readonly random: () => number) {}

  add(name: string): void {
    if (this.names.includes(name)) return;
    this.names.splice(Math.floor(this.random() * (this.names.length + 1)), 0, name);
  }

  remove(name: string): void {
    const index = this.names.indexOf(name);
    if (index < 0) return;
    this.names.splice(index, 1);
    if (index < this.at) this.at -= 1;
  }

  next(): string | undefined {
    if (this.at >= this.names.length) {
      this.names = shuffle(this.names, this.random);
      this.at = 0;
    }
    const name = this.names[this.at];
    this.at += 1;
    return name;
  }
}
