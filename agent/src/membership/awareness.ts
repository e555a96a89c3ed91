/**
 * How healthy this node itself seems to be: Lifeguard's local health multiplier (Dadgar, Phillips, Currey, DSN 2018,
 * section 3.1). 0 is well; each probe that fails without the relays saying so too, each suspicion of ourselves that we
 * must refute, and each pause of our own makes it worse, each answered probe better. A node that doubts itself waits
 * longer for others before it accuses them.
 */
export class Awareness {
  private value = 0;

  /** `levels`: the score stays below it; 1 switches the whole idea off. */
  constructor(private readonly levels: number) {}

  get score(): number {
    return this.value;
  }

  adjust(delta: number): void {
    this.value = Math.min(this.levels - 1, Math.max(0, this.value + delta));
  }

  /** `ms` as we should wait, being as healthy as we are. */
  scale(ms: number): number {
    return ms * (this.value + 1);
  }
}
