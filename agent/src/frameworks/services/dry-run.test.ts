import { MasterBench } from "../../../test/fakes/master-bench";
import { serviceSpec } from "../../../test/fakes/specs";
import type { Master } from "../../master/master";
import type { Constraint } from "../../model/service";

/** Three nodes of 4 cpus and 4000 MiB, with ports. */
async function running(): Promise<{ bench: MasterBench; master: Master }> {
  const bench = new MasterBench("n1", "n2", "n3");
  const master = bench.master("n1");
  master.start(1);
  bench.attachAll("n1");
  await bench.clock.advanceSettled(100);
  return { bench, master };
}

const oneANode: Constraint = { attribute: "node", operator: "UNIQUE", value: undefined };

describe("a dry run", () => {
  it("says where the instances would go, and changes nothing", async () => {
    const { master } = await running();
    const spec = serviceSpec("web", { instances: 4 });
    expect(master.control.dryRun(spec)).toEqual({
      service: "web",
      wanted: 4,
      placed: 4,
      nodes: { n1: 2, n2: 1, n3: 1 },
      summary: "all 4 instances have a place",
      refusals: [],
    });
    expect(master.control.services()).toEqual([]);
    expect(master.control.tasks()).toEqual([]);
  });

  it("is what happens then", async () => {
    const { bench, master } = await running();
    await bench.settled(
      master.control.putService(serviceSpec("db", { instances: 2, memMiB: 2500 })),
    );
    const spec = serviceSpec("web", { instances: 6, memMiB: 1500 });
    const { nodes } = master.control.dryRun(spec);
    await bench.settled(master.control.putService(spec));
    await bench.clock.advanceSettled(100);
    const found: Record<string, number> = {};
    for (const { node, service } of master.control.tasks())
      if (service === "web") found[node] = (found[node] ?? 0) + 1;
    expect(found).toEqual(nodes);
  });

  it("tells how many have a place, and of every node why it takes no more", async () => {
    const { bench, master } = await running();
    await bench.settled(master.control.drain("n3", 60_000));
    const view = master.control.dryRun(serviceSpec("web", { instances: 9, memMiB: 1500 }));
    expect(view).toMatchObject({ placed: 4, nodes: { n1: 2, n2: 2 } });
    expect(view.summary).toMatch(
      /^4 of 9 instances have a place; of the others, no node takes .*n1: needs 1500 MiB of memory, 1000 free.*n3: it is being drained/,
    );
    expect(view.refusals.map(({ node, rule }) => [node, rule])).toEqual([
      ["n1", "resources"],
      ["n2", "resources"],
      ["n3", "draining"],
    ]);
  });

  it("counts what runs as it would be wanted, and what it would have no more as free", async () => {
    const { bench, master } = await running();
    const web = serviceSpec("web", { instances: 3, memMiB: 3000, constraints: [oneANode] });
    await bench.settled(master.control.putService(web));
    await bench.clock.advanceSettled(100);
    expect(master.control.dryRun({ ...web, instances: 4 })).toMatchObject({
      placed: 3,
      nodes: { n1: 1, n2: 1, n3: 1 },
    });
    expect(master.control.dryRun({ ...web, memMiB: 3500 })).toMatchObject({ placed: 3 });
    expect(master.control.dryRun({ ...web, name: "other" })).toMatchObject({ placed: 0 });
  });

  it("stops at the limit of the services' role", async () => {
    const { bench, master } = await running();
    const role = { name: "services", weight: 1, guarantee: {}, limit: { cpus: 0.35 } };
    await bench.settled(master.control.putRole(role));
    const web = serviceSpec("web", { instances: 5, cpus: 0.1 });
    const view = master.control.dryRun(web);
    expect(view).toMatchObject({ placed: 3, refusals: [] });
    expect(view.summary).toContain("the quota limit of the services' role");
    await bench.settled(master.control.putService({ ...web, instances: 2 }));
    await bench.clock.advanceSettled(100);
    expect(master.control.dryRun(web)).toMatchObject({ placed: 3 });
  });

  it("is refused while agents are still coming back", () => {
    const bench = new MasterBench("n1", "n2");
    const master = bench.master("n1");
    master.start(1);
    expect(() => master.control.dryRun(serviceSpec("web"))).toThrow();
  });
});
