import type { Random } from "../../src/ports/random";

/** Reproducible chance: the same seed, the same sequence, on every machine (xorshift128, seeded by FNV-1a). */
export class SeededRandom implements Random {
  private readonly state: Uint32Array;

  constructor(readonly seed: number | string) {
    const text = String(seed);
    this.state = Uint32Array.of(hash(`a${text}`), hash(`b${text}`), hash(`c${text}`), 1);
    // A poor seed shows in the first numbers only.
    for (let i = 0; i < 16; i++) this.step();
  }

  next(): number {
    return this.step() / 2 ** 32;
  }

  hex(bytes: number): string {
    return Array.from({ length: bytes }, () =>
      this.integer(0, 255).toString(16).padStart(2, "0"),
    ).join("");
  }

  /** Both ends included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.integer(0, items.length - 1)];
    if (item === undefined) throw new Error("pick from an empty list");
    return item;
  }

  /** A stream of its own: what one part of a simulation draws does not shift what another gets. */
  fork(label: string): SeededRandom {
    return new SeededRandom(`${this.seed}/${label}`);
  }

  private step(): number {
    const [x = 0, y = 0, z = 0, w = 0] = this.state;
    const t = (x ^ (x << 11)) >>> 0;
    const next = (w ^ (w >>> 19) ^ (t ^ (t >>> 8))) >>> 0;
    this.state.set([y, z, w, next]);
    return next;
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
