import { randomBytes, randomFillSync } from "node:crypto";
import type { Random } from "../../ports/random";

/** Drawn from the kernel so many at a time: asking costs much more than what is asked for. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** Chance from the kernel: unguessable. */
export const systemRandom: Random = {
  // 48 bits, which a double holds exactly.
  next: () => {
    const at = take(6);
    const value = pool.readUIntBE(at, 6) / 2 ** 48;
    pool.fill(0, at, used);
    return value;
  },
  hex: (bytes) => {
    if (bytes > pool.length) return randomBytes(bytes).toString("hex");
    const at = take(bytes);
    const text = pool.toString("hex", at, used);
    pool.fill(0, at, used);
    return text;
  },
};

/** Where in the pool they are; whoever takes them leaves zeros, so that no secret stays behind. */
function take(bytes: number): number {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const at = used;
  used += bytes;
  return at;
}
