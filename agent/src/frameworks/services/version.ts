import { shownProvision } from "../../model/provision";
import type { ServiceSpec } from "../../model/service";

/**
 * Names one shape of a service: changes with every part of its spec but `instances`. Names of containers have it: of secrets only
 * their digests count, of which nobody without the key can tell the value.
 */
export function specVersion(spec: ServiceSpec): string {
  return fnv1a64(
    canonicalJson({ ...spec, provision: shownProvision(spec.provision), instances: undefined }),
  ).toString(36);
}

export function sameSpec(a: ServiceSpec, b: ServiceSpec): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Keys sorted, undefined left out: a spec is the same before and after it was stored as JSON. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/** FNV-1a, 64 bit (Fowler, Noll, Vo), over UTF-16 units, low byte first. Not for secrets: it only tells shapes apart. */
function fnv1a64(text: string): bigint {
  let hash = offsetBasis;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    for (const byte of [unit & 0xff, unit >> 8])
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  }
  return hash;
}
