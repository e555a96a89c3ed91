/**
 * What a node has and a task needs. Scalars are kept to three decimals, as Mesos does
 * (src/common/values.cpp), so that 0.1 + 0.2 taken and given back leaves nothing behind.
 */
export interface PortRange {
  /** First and last port, both included. */
  readonly begin: number;
  readonly end: number;
}

export interface Resources {
  readonly cpus: number;
  readonly memMiB: number;
  readonly diskMiB: number;
  /** Sorted, disjoint. */
  readonly ports: readonly PortRange[];
}

export const noResources: Resources = {
  cpus: 0,
  memMiB: 0,
  diskMiB: 0,
  ports: [],
};

export function addResources(a: Resources, b: Resources): Resources {
  return {
    cpus: round(a.cpus + b.cpus),
    memMiB: round(a.memMiB + b.memMiB),
    diskMiB: round(a.diskMiB + b.diskMiB),
    ports: unitePorts(a.ports, b.ports),
  };
}

/** Scalars may go below zero (the caller asks `covers` first); ports not held are ignored. */
export function subtractResources(a: Resources, b: Resources): Resources {
  return {
    cpus: round(a.cpus - b.cpus),
    memMiB: round(a.memMiB - b.memMiB),
    diskMiB: round(a.diskMiB - b.diskMiB),
    ports: b.ports.reduce(withoutRange, a.ports),
  };
}

export function sumResources(all: Iterable<Resources>): Resources {
  let [cpus, memMiB, diskMiB] = [0, 0, 0];
  const ports: PortRange[] = [];
  for (const one of all) {
    cpus = round(cpus + one.cpus);
    memMiB = round(memMiB + one.memMiB);
    diskMiB = round(diskMiB + one.diskMiB);
    for (const range of one.ports) ports.push(range);
  }
  return { cpus, memMiB, diskMiB, ports: normalisePorts(ports) };
}

export function coversResources(have: Resources, need: Resources): boolean {
  return explainShortage(have, need) === undefined;
}

/** One sentence on the first thing `have` lacks for `need`; undefined where it has all. */
export function explainShortage(have: Resources, need: Resources): string | undefined {
  if (round(need.cpus) > round(have.cpus)) return `needs ${need.cpus} cpus, ${have.cpus} free`;
  if (round(need.memMiB) > round(have.memMiB))
    return `needs ${need.memMiB} MiB of memory, ${have.memMiB} free`;
  if (round(need.diskMiB) > round(have.diskMiB))
    return `needs ${need.diskMiB} MiB of disk, ${have.diskMiB} free`;
  const lacking = missingPort(have.ports, need.ports);
  return lacking === undefined ? undefined : `port ${lacking} is taken or not offered here`;
}

/** `ranges` are sorted and disjoint. */
export function holdsPort(ranges: readonly PortRange[], port: number): boolean {
  const range = ranges[firstFrom(ranges, port)];
  return range !== undefined && range.begin <= port;
}

export function singlePort(port: number): PortRange {
  return { begin: port, end: port };
}

/** Sorted, with overlapping and touching ranges joined. */
export function normalisePorts(ranges: readonly PortRange[]): readonly PortRange[] {
  if (ranges.length < 2) return ranges;
  const sorted = [...ranges].sort((a, b) => a.begin - b.begin);
  const joined: PortRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last && range.begin <= last.end + 1)
      joined[joined.length - 1] = {
        begin: last.begin,
        end: Math.max(last.end, range.end),
      };
    else joined.push(range);
  }
  return joined;
}

function unitePorts(a: readonly PortRange[], b: readonly PortRange[]): readonly PortRange[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : normalisePorts([...a, ...b]);
}

/** The first port needed that is not there. */
function missingPort(have: readonly PortRange[], need: readonly PortRange[]): number | undefined {
  for (const { begin, end } of need) {
    let port = begin;
    for (let index = firstFrom(have, begin); port <= end; index++) {
      const range = have[index];
      if (!range || range.begin > port) return port;
      port = range.end + 1;
    }
  }
  return undefined;
}

function withoutRange(ranges: readonly PortRange[], taken: PortRange): readonly PortRange[] {
  const first = firstFrom(ranges, taken.begin);
  const rest: PortRange[] = [];
  let next = first;
  for (let range = ranges[next]; range && range.begin <= taken.end; range = ranges[++next]) {
    if (range.begin < taken.begin) rest.push({ begin: range.begin, end: taken.begin - 1 });
    if (taken.end < range.end) rest.push({ begin: taken.end + 1, end: range.end });
  }
  return next === first ? ranges : ranges.toSpliced(first, next - first, ...rest);
}

/** Index of the first range that ends at this port or after it: a node with many tasks has many ranges. */
function firstFrom(ranges: readonly PortRange[], port: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as PortRange).end < port) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adding 0 turns -0, which prints and compares oddly, into 0. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
