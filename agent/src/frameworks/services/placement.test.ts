import fc from "fast-check";
import { resources, serviceSpec, taskSpec } from "../../../test/fakes/specs";
import type { Instance } from "./instance";
import { launched } from "./instance";
import type { Candidate } from "./placement";
import { place } from "./placement";

const instance = (id: number, service: string, node: string): Instance => {
  const labels = { "covey.service": service, "covey.version": "v" };
  return launched(taskSpec(`${service}.${id}`, { labels }), node, 0);
};
const anyCandidate = fc.record({
  cpus: fc.integer({ min: 0, max: 3 }),
  memMiB: fc.integer({ min: 0, max: 300 }),
});
const anyInstance = fc.record({
  service: fc.constantFrom("web", "db"),
  node: fc.nat(4),
  lost: fc.boolean(),
});

describe("placement", () => {
  it("is where the naive version puts it, and names every node that was turned down", () => {
    fc.assert(
      fc.property(
        fc.array(anyCandidate, { maxLength: 5 }),
        fc.array(anyInstance, { maxLength: 12 }),
        fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }),
        (free, drawn, ended) => {
          const candidates = free.map((changes, index): Candidate => ({
            node: `n${index}`,
            attributes: {},
            free: resources(changes),
          }));
          const instances = drawn.map(({ service, node, lost }, id): Instance => ({
            ...instance(id, service, `n${node}`),
            state: lost ? "TASK_UNREACHABLE" : "TASK_RUNNING",
          }));
          const spec = serviceSpec("web", { cpus: 1, memMiB: 100 });
          const endedOn = (node: string) => ended[Number(node.slice(1))] ?? 0;
          const found = place({
            spec,
            candidates,
            instances,
            endedOn,
            random: () => 0,
            explainHeldPort: () => undefined,
          });
          const best = naive(candidates, instances, endedOn);
          if (found.kind === "placed") expect(found.candidate.node).toBe(best);
          else {
            expect(best).toBeUndefined();
            expect(found.refusals.map((one) => one.node)).toEqual(
              candidates.map((one) => one.node),
            );
          }
        },
      ),
    );
  });
});

/** Tries each node against each other by the rules as they are written. */
function naive(
  candidates: readonly Candidate[],
  instances: readonly Instance[],
  endedOn: (node: string) => number,
): string | undefined {
  const count = (node: string, service?: string) =>
    instances.filter(
      (one) =>
        one.node === node &&
        one.state !== "TASK_UNREACHABLE" &&
        (service === undefined || one.service === service),
    ).length;
  const fits = candidates.filter(({ free }) => free.cpus >= 1 && free.memMiB >= 100);
  const beats = (a: Candidate, b: Candidate) => {
    const own = count(a.node, "web") + endedOn(a.node) - count(b.node, "web") - endedOn(b.node);
    if (own !== 0) return own < 0;
    const all = count(a.node) - count(b.node);
    if (all !== 0) return all < 0;
    return a.free.memMiB === b.free.memMiB ? a.node < b.node : a.free.memMiB > b.free.memMiB;
  };
  return fits.find((one) => fits.every((other) => other === one || beats(one, other)))?.node;
}
