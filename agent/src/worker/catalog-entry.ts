import type { TaskSpec } from "../model/task";
import { sharedPortsOf } from "../model/task-labels";
import type { CatalogEntry } from "../ports/catalog";

export const taskEntryPrefix = "covey-task-";

export interface CatalogPlace {
  readonly node: string;
  readonly address: string;
  readonly ttlMs: number;
}

/** How the catalog shows a task; undefined where it has no name there or no port to go to. */
export function catalogEntryOf(spec: TaskSpec, place: CatalogPlace): CatalogEntry | undefined {
  const port = sharedPortsOf(spec.labels)[0] ?? spec.ports[0]?.hostPort;
  if (spec.catalogName === undefined || port === undefined) return undefined;
  return {
    id: taskEntryPrefix + spec.id,
    service: spec.catalogName,
    address: place.address,
    port,
    tags: [],
    meta: { ...metaOf(spec), "covey-task": spec.id, "covey-node": place.node },
    check: { kind: "ttl", ttlMs: place.ttlMs },
  };
}

/** Consul takes at most 64 pairs, keys of 128 of [A-Za-z0-9_-] and values of 512 bytes. */
const limits = { pairs: 60, key: /^[A-Za-z0-9_-]{1,100}$/, valueLength: 512 } as const;

function metaOf(spec: TaskSpec): Record<string, string> {
  const ports = spec.ports.map((port) => [`port-${port.name}`, String(port.hostPort)] as const);
  const labels = Object.entries(spec.labels).map(
    ([name, value]) => [name.replaceAll(".", "-"), value] as const,
  );
  return Object.fromEntries(
    [...ports, ...labels]
      .filter(([key, value]) => limits.key.test(key) && value.length <= limits.valueLength)
      .slice(0, limits.pairs),
  );
}
