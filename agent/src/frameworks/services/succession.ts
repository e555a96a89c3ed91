import type { ServiceSpec } from "../../model/service";
import { sharedPortsOf } from "../../model/task-labels";
import type { Instance } from "./instance";
import { isDying, isLostSight } from "./instance";

/**
 * Services with shared ports: what an instance serves on them it hands over to its successor, on the same node, without
 * turning anybody away. So the successor is placed beside it, and it goes when that one is ready.
 */
type Shape = Pick<ServiceSpec, "name" | "sharedPorts">;

/** Those of an older version that a new instance may take over from; none for services without shared ports. */
export function predecessorsOf(
  { spec, version }: { readonly spec: Shape; readonly version: string },
  all: readonly Instance[],
): readonly Instance[] {
  if (!isHandedOver(spec)) return [];
  return all.filter(
    (one) =>
      one.service === spec.name && one.version !== version && !isDying(one) && !isLostSight(one),
  );
}

/** Orders old instances so that those with a successor that is ready on their node go first. */
export function succeededFirst(
  spec: Shape,
  ready: readonly Instance[],
): (a: Instance, b: Instance) => number {
  if (!isHandedOver(spec)) return () => 0;
  const succeeded = new Set(ready.map(({ node }) => node));
  return (a, b) => Number(succeeded.has(b.node)) - Number(succeeded.has(a.node));
}

/** One sentence why a shared port keeps an instance off this node; undefined: it does not. */
export function explainHeldPort(
  spec: Shape,
  node: string,
  all: readonly Instance[],
): string | undefined {
  if (!isHandedOver(spec)) return undefined;
  for (const one of all) {
    if (one.node !== node || one.service === spec.name || isLostSight(one)) continue;
    const held = [
      ...one.spec.ports.map(({ hostPort }) => hostPort),
      ...sharedPortsOf(one.spec.labels),
    ];
    const port = spec.sharedPorts?.find((wanted) => held.includes(wanted));
    if (port !== undefined)
      return `port ${port} is held here by service '${one.service}': choose another port, or keep the two on different nodes by constraints`;
  }
  return undefined;
}

function isHandedOver({ sharedPorts }: Shape): boolean {
  return sharedPorts !== undefined && sharedPorts.length > 0;
}
