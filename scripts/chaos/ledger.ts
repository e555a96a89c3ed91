/** What a service is to be: told apart by `revision`, which its environment carries. */
export interface Wanted {
  readonly revision: number;
  readonly instances: number;
}

/** undefined: it is deleted. */
export type Wish = Wanted | undefined;

interface Write {
  readonly wish: Wish;
  readonly beganMs: number;
}

/**
 * A write without an answer may still be under way: an answer of the API comes within 30 s (docs/api.md), and so long again it may lie in a
 * queue before or behind.
 */
export const underWayMs = 60_000;

/**
 * The writes to services, one at a time for each, and what follows from them: the last that was acknowledged stands, unless one without
 * an answer has come after it.
 */
export class Ledger {
  readonly #acknowledged = new Map<string, Write>();
  readonly #unanswered = new Map<string, Write[]>();
  acknowledgements = 0;
  failures = 0;

  /** Nothing is known of it until `acknowledged` with what this returns. */
  began(service: string, wish: Wish, nowMs: number): Write {
    const write = { wish, beganMs: nowMs };
    this.#unanswered.set(service, [...(this.#unanswered.get(service) ?? []), write]);
    return write;
  }

  acknowledged(service: string, write: Write): void {
    this.acknowledgements++;
    this.#acknowledged.set(service, write);
    const mayCome = (other: Write): boolean =>
      other !== write && other.beganMs > write.beganMs - underWayMs;
    this.#unanswered.set(service, (this.#unanswered.get(service) ?? []).filter(mayCome));
  }

  /** Whether it was done is not known. */
  failed(): void {
    this.failures++;
  }

  get services(): readonly string[] {
    return [...new Set([...this.#acknowledged.keys(), ...this.#unanswered.keys()])].sort();
  }

  /** What the service may be now. */
  possible(service: string): readonly Wish[] {
    const last = this.#acknowledged.get(service);
    const unanswered = this.#unanswered.get(service) ?? [];
    return [last?.wish, ...unanswered.map(({ wish }) => wish)];
  }
}

export function sameWish(one: Wish, other: Wish): boolean {
  return one?.revision === other?.revision && one?.instances === other?.instances;
}

export function describeWish(wish: Wish): string {
  return wish ? `revision ${wish.revision} with ${wish.instances}` : "none";
}
