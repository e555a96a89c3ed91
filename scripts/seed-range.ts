import type { SeedOutcome } from "./simulated-seed";

const hourMs = 3_600_000;
/** Seeds that broke a rule; likely all by the same mistake, and each has cost some dozen runs to tell it. */
const enoughBroken = 5;

interface SeedRangeOptions {
  /** Simulated; reached, no further seed is begun. */
  readonly hours: number;
  readonly first: number;
  /** The first alone, however long it takes. */
  readonly only: boolean;
}

/** Seeds in order, each to whoever is free; all that were begun are finished, so that what was done is a range without holes. */
export class SeedRange {
  readonly broken: number[] = [];
  private simulatedMs = 0;
  private faults = 0;
  private next: number;
  private stopped = false;
  private readonly beganMs: number;

  constructor(
    private readonly options: SeedRangeOptions,
    private readonly nowMs: () => number,
  ) {
    this.next = options.first;
    this.beganMs = nowMs();
  }

  take(): number | undefined {
    const { first, only, hours } = this.options;
    const more = this.next === first || (!only && this.simulatedMs < hours * hourMs);
    return more && !this.stopped ? this.next++ : undefined;
  }

  done({ seed, simulatedMs, faults, transcript }: SeedOutcome): void {
    this.simulatedMs += simulatedMs;
    this.faults += faults;
    if (transcript !== undefined) this.broken.push(seed);
    if (this.broken.length >= enoughBroken) this.stop();
  }

  /** No further seed is begun. */
  stop(): void {
    this.stopped = true;
  }

  progress(): string {
    return `${this.figures()}, of ${this.options.hours} hours`;
  }

  /** Of the whole range, once all is finished; and how to go on where it ended early. */
  result(): string {
    const { hours, only } = this.options;
    const leftHours = hours - this.simulatedMs / hourMs;
    if (only || leftHours <= 0) return this.figures();
    return `${this.figures()}\ngo on: npm run simulate -- --from-seed ${this.next} --hours ${leftHours.toFixed(2)}`;
  }

  private figures(): string {
    const rate = this.simulatedMs / Math.max(1, this.nowMs() - this.beganMs);
    const broken = this.broken.length === 0 ? "no rule broken" : `BROKEN: ${this.broken.join()}`;
    return (
      `seeds ${this.options.first} to ${this.next - 1}: ${(this.simulatedMs / hourMs).toFixed(2)} simulated hours, ` +
      `${this.faults} faults, ${rate.toFixed(0)} times real time, ${broken}`
    );
  }
}
