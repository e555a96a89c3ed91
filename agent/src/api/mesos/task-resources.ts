import type { Range, Resource } from "./messages";
import { limits } from "../../contract/index";
import { clip, TaskRefused } from "./refusal";

export interface AskedResources {
  readonly cpus: number;
  readonly memMiB: number;
  readonly diskMiB: number;
  /** In the order asked for. */
  readonly ports: readonly number[];
}

/** Below it the engine would give without limit. */
const leastCpus = 0.01;
const leastMemMiB = 4;

/** What a task asks for of offers in `role`. Throws TaskRefused. */
export function askedResources(
  resources: readonly Resource[],
  role: string | undefined,
): AskedResources {
  for (const resource of resources) refuseOthers(resource, role);
  const cpus = scalar(resources, "cpus");
  const memMiB = Math.floor(scalar(resources, "mem"));
  if (cpus < leastCpus)
    throw new TaskRefused(`resources: cpus is ${cpus}, it must be ${leastCpus} or more`);
  if (memMiB < leastMemMiB)
    throw new TaskRefused(`resources: mem is ${memMiB}, it must be ${leastMemMiB} (MiB) or more`);
  const ranges = resources.flatMap(({ name, ranges: { range = [] } = {} }) =>
    name === "ports" ? range : [],
  );
  return { cpus, memMiB, diskMiB: Math.floor(scalar(resources, "disk")), ports: portsOf(ranges) };
}

function refuseOthers(resource: Resource, role: string | undefined): void {
  const { name, type } = resource;
  const kind = kinds[name];
  if (kind === undefined)
    throw new TaskRefused(
      `resource '${clip(name)}' is not there: nodes have cpus, mem, disk and ports`,
    );
  if (type !== kind) throw new TaskRefused(`resource '${name}' is ${type}, it must be ${kind}`);
  refuseSpecial(resource);
  const own = resource.allocation_info?.role ?? role;
  if (role !== undefined && own !== role)
    throw new TaskRefused(
      `resource '${name}' is allocated to role '${clip(own ?? "")}', the offer to role '${role}'`,
    );
}

function refuseSpecial({ name, role = "*", reservations = [], ...resource }: Resource): void {
  if (role !== "*" || reservations.length > 0 || resource.disk !== undefined)
    throw new TaskRefused(`resource '${name}': there are no reservations and no volumes`);
  if (resource.revocable !== undefined || resource.shared !== undefined)
    throw new TaskRefused(`resource '${name}': none is revocable or shared`);
}

const kinds: Readonly<Record<string, Resource["type"]>> = {
  cpus: "SCALAR",
  mem: "SCALAR",
  disk: "SCALAR",
  ports: "RANGES",
};

function scalar(resources: readonly Resource[], name: string): number {
  let sum = 0;
  for (const resource of resources) {
    if (resource.name !== name) continue;
    const value = resource.scalar?.value ?? Number.NaN;
    if (!Number.isFinite(value) || value < 0)
      throw new TaskRefused(`resource '${name}' must have a value of 0 or more`);
    sum += value;
  }
  // Three decimals, as everywhere (src/common/values.cpp).
  return Math.round(sum * 1000) / 1000;
}

function portsOf(ranges: readonly Range[]): number[] {
  const ports = new Set<number>();
  for (const { begin, end } of ranges) {
    const whole = Number.isInteger(begin) && Number.isInteger(end);
    if (!whole || begin < 1 || end > 65_535 || begin > end)
      throw new TaskRefused(`ports ${begin}-${end}: must be a range within 1-65535`);
    if (ports.size + end - begin + 1 > limits.ports)
      throw new TaskRefused(`more than ${limits.ports} ports, the most a task may have`);
    for (let port = begin; port <= end; port += 1) ports.add(port);
  }
  return [...ports];
}
