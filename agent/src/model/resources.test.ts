import fc from "fast-check";
import type { PortRange, Resources } from "./resources";
import {
  addResources,
  coversResources,
  explainShortage,
  holdsPort,
  noResources,
  normalisePorts,
  subtractResources,
  sumResources,
} from "./resources";

const range = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 8 }))
  .map(([begin, size]): PortRange => ({ begin, end: begin + size }));
const thousandths = (max: number) => fc.integer({ min: 0, max }).map((n) => n / 1000);
const anyResources: fc.Arbitrary<Resources> = fc.record({
  cpus: thousandths(64_000),
  memMiB: fc.integer({ min: 0, max: 100_000 }),
  diskMiB: fc.integer({ min: 0, max: 100_000 }),
  ports: fc.array(range, { maxLength: 6 }).map(normalisePorts),
});

/** The naive second version of port arithmetic: one by one. */
const portSet = (ranges: readonly PortRange[]) => {
  const ports = new Set<number>();
  for (const { begin, end } of ranges) for (let port = begin; port <= end; port++) ports.add(port);
  return ports;
};
const sorted = (ports: Set<number>) => [...ports].sort((a, b) => a - b);

describe("resources", () => {
  it("leave nothing behind when 0.1 and 0.2 are taken from 0.3", () => {
    const cpus = (n: number): Resources => ({ ...noResources, cpus: n });
    const rest = subtractResources(subtractResources(cpus(0.3), cpus(0.1)), cpus(0.2));
    expect(rest).toEqual(noResources);
  });

  it("are the same again after the same was added and taken", () => {
    fc.assert(
      fc.property(anyResources, anyResources, (a, b) => {
        const without = subtractResources(a, { ...noResources, ports: b.ports });
        const more = { ...b, ports: b.ports };
        expect(subtractResources(addResources(without, more), more)).toEqual(without);
      }),
    );
  });

  it("sum to the same in any order", () => {
    fc.assert(
      fc.property(fc.array(anyResources, { maxLength: 5 }), (all) => {
        expect(sumResources([...all].reverse())).toEqual(sumResources(all));
      }),
    );
  });

  it("cover what is left of them and nothing that they lack", () => {
    fc.assert(
      fc.property(anyResources, anyResources, (have, need) => {
        const naive =
          need.cpus <= have.cpus &&
          need.memMiB <= have.memMiB &&
          need.diskMiB <= have.diskMiB &&
          [...portSet(need.ports)].every((port) => portSet(have.ports).has(port));
        expect(coversResources(have, need)).toBe(naive);
        expect(coversResources(addResources(have, need), need)).toBe(true);
      }),
    );
  });

  it("keep ports as sets, sorted, joined and disjoint", () => {
    fc.assert(
      fc.property(fc.array(range), fc.array(range), (a, b) => {
        const [left, right] = [normalisePorts(a), normalisePorts(b)];
        expect(sorted(portSet(left))).toEqual(sorted(portSet(a)));
        for (const [i, { begin }] of left.entries())
          expect(begin).toBeGreaterThan((left[i - 1]?.end ?? -1) + 1);
        const rest = subtractResources(
          { ...noResources, ports: left },
          { ...noResources, ports: right },
        ).ports;
        const naive = [...portSet(left)].filter((port) => !portSet(right).has(port));
        expect(sorted(portSet(rest))).toEqual(sorted(new Set(naive)));
        for (const port of [1, 7, 30, 61]) expect(holdsPort(left, port)).toBe(portSet(a).has(port));
      }),
    );
  });

  it.each<[string, Partial<Resources>, string]>([
    ["cpus", { cpus: 2 }, "needs 2 cpus, 1 free"],
    ["memory", { memMiB: 65 }, "needs 65 MiB of memory, 64 free"],
    ["disk", { diskMiB: 9 }, "needs 9 MiB of disk, 8 free"],
    ["a port", { ports: [{ begin: 10, end: 12 }] }, "port 12 is taken or not offered here"],
  ])("name the first thing that is short: %s", (_what, need, sentence) => {
    const have = { cpus: 1, memMiB: 64, diskMiB: 8, ports: [{ begin: 1, end: 11 }] };
    expect(explainShortage(have, { ...noResources, ...need })).toBe(sentence);
    expect(explainShortage(have, have)).toBeUndefined();
  });

  it("compare to three decimals, so that rounding dust is no shortage", () => {
    const have = { ...noResources, cpus: 0.3 };
    expect(coversResources(have, { ...noResources, cpus: 0.1 + 0.2 })).toBe(true);
  });
});
