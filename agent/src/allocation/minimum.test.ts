import { Allocator } from "./allocator";
import { portion } from "../model/portion";
import { frameworkTerms, nodeTerms } from "./testing/terms";

describe("frameworks with a minimum of their own", () => {
  it("are offered what is a crumb to others", () => {
    const allocator = new Allocator();
    allocator.addNode("n1", nodeTerms([portion({ cpus: 4 })]));
    allocator.addFramework("a", frameworkTerms({ roles: ["r"] }));
    expect(allocator.allocate(0).grants).toEqual([]);
    allocator.addFramework(
      "b",
      frameworkTerms({ roles: ["r"], minimum: [{ cpus: 1 }, { memMiB: 32 }] }),
    );
    expect(allocator.allocate(0).grants.map(({ framework }) => framework)).toEqual(["b"]);
  });
});
