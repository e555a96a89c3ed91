import { OfferWorld } from "../../../test/fakes/offer-world";
import { SeededRandom } from "../../../test/fakes/seeded-random";
import { serviceSpec } from "../../../test/fakes/specs";
import type { ServiceSpec } from "../../model/service";
import { ServicesScheduler } from "./scheduler";

const status = { name: "status", containerPort: 0, hostPort: undefined, protocol: "tcp" } as const;

function front(name: string, changes: Partial<ServiceSpec> = {}): ServiceSpec {
  return serviceSpec(name, {
    network: "host",
    ports: [status],
    sharedPorts: [80, 443],
    constraints: [{ attribute: "node", operator: "UNIQUE", value: undefined }],
    ...changes,
  });
}

function bench(...nodes: string[]) {
  const scheduler = new ServicesScheduler(new SeededRandom("succession"));
  const world = new OfferWorld(scheduler);
  for (const node of nodes) world.addNode(node);
  const want = (...specs: ServiceSpec[]) => {
    world.obey(
      scheduler.desired(Object.fromEntries(specs.map((one) => [one.name, one])), true, world.at()),
    );
    return world.offer();
  };
  const nodesOf = (service: string) =>
    [...world.tasks.values()]
      .filter(({ spec }) => spec.labels["covey.service"] === service)
      .map(({ node, dying }) => `${node}${dying ? " dying" : ""}`);
  const why = (name: string) =>
    scheduler.why(name, {
      refusals: nodes.map((node) => ({ node, rule: "declined", message: "declined" })),
      recovering: false,
    });
  return { world, want, nodesOf, why };
}

describe("a service that hands its ports over", () => {
  it("tells its tasks which, and draws a port of their own besides", () => {
    const { world, want } = bench("n1");
    want(front("front"));
    const [task] = world.tasks.values();
    expect(task?.spec.labels).toMatchObject({ "covey.shared-ports": "80,443" });
    expect(task?.spec.ports).toEqual([
      expect.objectContaining({ name: "status", containerPort: task?.spec.ports[0]?.hostPort }),
    ]);
  });

  it("puts the successor on the node of the old one, though another is empty, and kills only then", () => {
    const { world, want, nodesOf } = bench("n1", "n2");
    want(front("front"));
    world.settle();
    const [home = ""] = nodesOf("front");
    want(front("front", { image: "front:2" }));
    expect(nodesOf("front")).toEqual([home, home]);
    world.settle();
    expect(nodesOf("front")).toEqual([`${home} dying`, home]);
  });

  it("replaces one on every node, node by node, never leaving a node without one that is ready", () => {
    const { world, want, nodesOf } = bench("n1", "n2", "n3");
    const wanted = front("front", { instances: 3 });
    want(wanted);
    world.settle();
    want({ ...wanted, image: "front:2" });
    for (let round = 0; round < 8; round++) {
      const serving = [...world.tasks.values()].filter(
        ({ state, dying }) => state === "TASK_RUNNING" && !dying,
      );
      expect([...new Set(serving.map(({ node }) => node))].sort()).toEqual(["n1", "n2", "n3"]);
      world.settle().offer();
    }
    expect([...world.tasks.values()].map(({ spec }) => spec.image)).toEqual(
      Array(3).fill("front:2"),
    );
    expect(nodesOf("front").sort()).toEqual(["n1", "n2", "n3"]);
  });

  it("stays off a node where another service holds one of the ports, and says so", () => {
    const { world, want, why } = bench("n1");
    want(front("a"));
    world.settle();
    want(front("a"), front("b", { sharedPorts: [443] }));
    expect(world.tasks.size).toBe(1);
    expect(why("b")?.refusals).toEqual([
      {
        node: "n1",
        rule: "port",
        message: expect.stringMatching(/^port 443 is held here by service 'a': choose/) as string,
      },
    ]);
  });
});
