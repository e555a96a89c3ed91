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
  own: Iterable<Instance>,
): readonly Instance[] {
  if (!isHandedOver(spec)) return [];
  return [...own].filter((one) => one.version !== version && !isDying(one) && !isLostSight(one));
}

/** Orders old instances so that those with a successor that is ready on their node go first. */
export function succeededFirst(
  spec: Shape,
  ready: () => readonly Instance[],
): (a: Instance, b: Instance) => number {
  if (!isHandedOver(spec)) return () => 0;
  const succeeded = new Set(ready().map(({ node }) => node));
  return (a, b) => Number(succeeded.has(b.node)) - Number(succeeded.has(a.node));
}

/** By node: one sentence why a shared port keeps an instance off it. Nodes that none keeps it off are not in it. */
export function heldPorts(spec: Shape, all: Iterable<Instance>): ReadonlyMap<string, string> {
  const held = new Map<string, string>();
  if (!isHandedOver(spec)) return held;
  for (const one of all) {
    if (one.service === spec.name || isLostSight(one)) continue;
    const ports = [
      ...one.spec.ports.map(({ hostPort }) => hostPort),
      ...sharedPortsOf(one.spec.labels),
    ];
    const port = spec.sharedPorts?.find((wanted) => ports.includes(wanted));
    if (port !== undefined)
      held.set(
        one.node,
        `port ${port} is held here by service '${one.service}': choose another port, or keep the two on different nodes by constraints`,
      );
  }
  return held;
}

function isHandedOver({ sharedPorts }: Shape): boolean {
  return sharedPorts !== undefined && sharedPorts.length > 0;
}
