import { digestBuckets } from "../model/mesh-message";

/** What of a claim two states must agree on. */
export interface Fingerprinted {
  readonly name: string;
  readonly incarnation: number;
}

/**
 * Fingerprints of who is present, in as many sums as there are buckets of names: two nodes that agree find out with
 * some 160 bytes instead of all their records, and two that do not move only the buckets that differ. The gone are not
 * in it, as each node forgets them when it thinks fit; nor is suspicion, which is over before it is told.
 */
export class StateDigest {
  private readonly sums = new Uint32Array(digestBuckets);

  add(claim: Fingerprinted): void {
    this.shift(claim, fingerprint(claim));
  }

  remove(claim: Fingerprinted): void {
    this.shift(claim, -fingerprint(claim));
  }

  /** Our sums with `more` added to them. */
  with(more: Fingerprinted): number[] {
    const sums = [...this.sums];
    const bucket = bucketOf(more.name);
    sums[bucket] = ((sums[bucket] ?? 0) + fingerprint(more)) >>> 0;
    return sums;
  }

  private shift(claim: Fingerprinted, by: number): void {
    const bucket = bucketOf(claim.name);
    // Sums wrap around, and so come back to the same when what was added is taken away.
    this.sums[bucket] = (this.sums[bucket] ?? 0) + by;
  }
}

export function bucketOf(name: string): number {
  return hash(name) % digestBuckets;
}

function fingerprint({ name, incarnation }: Fingerprinted): number {
  const low = incarnation >>> 0;
  const high = Math.floor(incarnation / 2 ** 32);
  return mix(mix(mix(hash(name) ^ low) ^ high) + 0x9e3779b9);
}

/** FNV-1a, of the UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return mix(value);
}

/** The end of MurmurHash3: each bit of the input moves half the bits of the output. */
function mix(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
