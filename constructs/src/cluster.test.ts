import { App, TerraformStack, Testing } from "cdktf";
import { Cluster, Host } from "./index";

interface Synthesized {
  readonly provider?: Readonly<Record<string, readonly unknown[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
}

function newStack(): TerraformStack {
  return new TerraformStack(new App(), "stack");
}

function synthesize(stack: TerraformStack, validate = false): Synthesized {
  return JSON.parse(Testing.synth(stack, validate)) as Synthesized;
}

function resources(stack: TerraformStack, type: string): Record<string, unknown>[] {
  return Object.values(synthesize(stack).resource?.[type] ?? {});
}

const three = [Host.local(), Host.local(), Host.local()];

describe("a cluster", () => {
  it("makes the first nodes it is given its voters, however late they come", () => {
    const stack = newStack();
    const cluster = new Cluster(stack, "prod", { voters: 3 });
    cluster.addNodes("node", three);
    cluster.addNode("extra", Host.local());
    expect(resources(stack, "covey_cluster")).toMatchObject([
      {
        name: "prod",
        voters: { "node-1": "10.207.1.1", "node-2": "10.207.2.1", "node-3": "10.207.3.1" },
      },
    ]);
    expect(resources(stack, "covey_node").map((node) => node["name"])).toContain("extra");
    expect(cluster.nodes.map((node) => node.address)).toEqual([
      "10.207.1.1",
      "10.207.2.1",
      "10.207.3.1",
      "10.207.4.1",
    ]);
  });

  it("gives its nodes the join key and its services the access key", () => {
    const stack = newStack();
    const cluster = new Cluster(stack, "prod", { voters: 1 });
    cluster.addNode("one", Host.local());
    cluster.addService("web", { image: "web" });
    expect(resources(stack, "covey_node")[0]?.["cluster"]).toMatch(
      /^\$\{covey_cluster\..*join_key\}$/,
    );
    expect(resources(stack, "covey_service")[0]?.["cluster"]).toMatch(
      /^\$\{covey_cluster\..*access_key\}$/,
    );
  });

  it("brings its own Consul, or is told of one", () => {
    const stack = newStack();
    new Cluster(stack, "own", { voters: 1 });
    new Cluster(stack, "told", { voters: 1, consul: { address: "http://127.0.0.1:8500" } });
    expect(resources(stack, "covey_cluster").map((cluster) => cluster["consul"])).toEqual([
      undefined,
      { mode: "external", address: "http://127.0.0.1:8500" },
    ]);
  });

  it("declares the provider once in a stack", () => {
    const stack = newStack();
    new Cluster(stack, "one", { voters: 1 }).addNode("a", Host.local());
    new Cluster(stack, "two", { voters: 1 }).addNode("b", Host.local());
    expect(synthesize(stack).provider?.["covey"]).toHaveLength(1);
  });

  it("gives local nodes of different clusters different addresses", () => {
    const stack = newStack();
    const a = new Cluster(stack, "one", { voters: 1 }).addNode("a", Host.local());
    const b = new Cluster(stack, "two", { voters: 1 }).addNode("b", Host.local());
    expect([a.address, b.address]).toEqual(["10.207.1.1", "10.207.2.1"]);
  });

  it("passes a default address over where a node has it by declaration", () => {
    const cluster = new Cluster(newStack(), "prod", { voters: 1 });
    cluster.addNode("a", Host.local({ address: "10.207.1.1" }));
    expect(cluster.addNode("b", Host.local()).address).toBe("10.207.2.1");
  });

  it("deploys a service after all nodes, those added later too", () => {
    const stack = newStack();
    const cluster = new Cluster(stack, "prod", { voters: 1 });
    cluster.addNode("early", Host.local());
    cluster.addService("web", { image: "web" });
    cluster.addNode("late", Host.local());
    const depends = resources(stack, "covey_service")[0]?.["depends_on"];
    expect(depends).toEqual([
      expect.stringMatching(/^covey_node\.prod_early/),
      expect.stringMatching(/^covey_node\.prod_late/),
    ]);
  });

  it.each([0, 2, 4, 9, -1, 1.5])("refuses %p voters", (voters) => {
    expect(() => new Cluster(newStack(), "prod", { voters })).toThrow(
      `cluster 'prod': voters is ${voters}, must be 1, 3, 5 or 7`,
    );
  });

  it("refuses to be synthesized with fewer nodes than voters", () => {
    const stack = newStack();
    new Cluster(stack, "prod", { voters: 3 }).addNode("one", Host.local());
    expect(() => synthesize(stack, true)).toThrow(
      "cluster 'prod' has 3 voters but 1 nodes: add 2 more with addNode, or lower voters",
    );
  });

  it("refuses two nodes with one address, naming both", () => {
    const cluster = new Cluster(newStack(), "prod", { voters: 1 });
    cluster.addNode("a", Host.local({ address: "10.1.2.3" }));
    expect(() => cluster.addNode("b", Host.local({ address: "10.1.2.3" }))).toThrow(
      "nodes 'a' and 'b' both have the address 10.1.2.3",
    );
  });

  it("refuses two nodes or two services with one name", () => {
    const cluster = new Cluster(newStack(), "prod", { voters: 1 });
    cluster.addNode("a", Host.local());
    cluster.addService("web", { image: "web" });
    expect(() => cluster.addNode("a", Host.local())).toThrow(
      "has a node 'a' already, at 10.207.1.1",
    );
    expect(() => cluster.addService("web", { image: "web" })).toThrow(
      "has a service 'web' already",
    );
  });

  it.each(["Prod", "a_b", "-a", ""])("refuses %p as a name", (name) => {
    expect(() => new Cluster(newStack(), "id", { name, voters: 1 })).toThrow(
      `cluster '${name}': a name is 1 to 63 of a-z`,
    );
  });

  it("shows its nodes and services as copies", () => {
    const cluster = new Cluster(newStack(), "prod", { voters: 1 });
    const node = cluster.addNode("a", Host.local());
    const service = cluster.addService("web", { image: "web" });
    expect(cluster.nodes).toEqual([node]);
    expect(cluster.services).toEqual([service]);
    expect(cluster.nodes).not.toBe(cluster.nodes);
  });
});
