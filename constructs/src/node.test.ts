import { App, TerraformStack, Testing } from "cdktf";
import { Cluster, Host, Size } from "./index";
import type { NodeOptions } from "./index";

function nodeWith(options: NodeOptions): Record<string, unknown> | undefined {
  const stack = new TerraformStack(new App(), "stack");
  new Cluster(stack, "prod", { voters: 1 }).addNode("a", Host.local(), options);
  const { resource } = JSON.parse(Testing.synth(stack)) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.values(resource["covey_node"] ?? {})[0];
}

describe("a node", () => {
  it("offers what it is told to, in the provider's units", () => {
    const node = nodeWith({
      resources: { cpus: 0.5, memory: Size.gibibytes(2) },
      attributes: { rack: "r1" },
    });
    expect(node).toMatchObject({
      resources: { cpus: 0.5, memory_mib: 2048 },
      attributes: { rack: "r1" },
    });
    expect(node?.["resources"]).not.toHaveProperty("disk_mib");
  });

  it("leaves to the machine and the provider what it is not told", () => {
    const keys = Object.keys(nodeWith({}) ?? {}).filter((key) => key !== "//");
    expect(keys.sort()).toEqual(["address", "cluster", "local", "name"]);
  });

  it("refuses no cpus at all", () => {
    expect(() => nodeWith({ resources: { cpus: 0 } })).toThrow(
      "node 'a': cpus is 0, must be above zero",
    );
  });
});

describe("a local host", () => {
  it.each(["10.0.0", "10.0.0.256", "host", "::1", "010.0.0.1"])(
    "refuses the address %p",
    (address) => {
      expect(() => Host.local({ address })).toThrow(`address '${address}' is no IPv4 address`);
    },
  );
});
