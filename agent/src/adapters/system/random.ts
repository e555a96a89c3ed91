import { randomBytes } from "node:crypto";
import type { Random } from "../../ports/random";

/** Chance from the kernel: unguessable. */
export const systemRandom: Random = {
  // 48 bits, which a double holds exactly.
  next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  hex: (bytes) => randomBytes(bytes).toString("hex"),
};
