import type { Random } from "../../src/ports/random";

/** Reproducible chance: the same seed, the same sequence, on every machine (xorshift128, seeded by FNV-1a). */
export class SeededRandom implements Random {
  // Four numbers rather than an array: simulations draw millions.
  private x: number;
  private y: number;
  private z: number;
  private w = 1;

  constructor(readonly seed: number | string) {
    const text = String(seed);
    this.x = hash(`a${text}`);
    this.y = hash(`b${text}`);
    this.z = hash(`c${text}`);
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
    const t = (this.x ^ (this.x << 11)) >>> 0;
    this.x = this.y;
    this.y = this.z;
    this.z = this.w;
    this.w = (this.w ^ (this.w >>> 19) ^ (t ^ (t >>> 8))) >>> 0;
    return this.w;
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
