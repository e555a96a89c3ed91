import { UNKNOWN } from "../../src/plugin";
import { Driver, joinKey } from "./driver";
import type { Model } from "./driver";

const terraform = new Driver("covey_node");
const voters = { n1: "10.77.1.1", n2: "10.77.2.1", n3: "10.77.3.1" };
const base = { name: "n1", cluster: "", local: {} };

beforeAll(() => {
  base.cluster = joinKey(voters);
});

async function problem(config: Model): Promise<string> {
  const { diagnostics } = await terraform.plan(config);
  return diagnostics
    .map(({ path, summary, detail }) => `[${path}] ${summary}: ${detail}`)
    .join("\n");
}

describe("a node's plan", () => {
  test("knows all that follows from the cluster", async () => {
    const { planned, diagnostics } = await terraform.plan(base);
    expect(diagnostics).toEqual([]);
    expect(planned).toMatchObject({
      id: "test7/n1",
      address: "10.77.1.1",
      api: "https://10.77.1.1:7440",
      data_dir: "/var/lib/covey/test7/n1",
      status: "alive",
      agent_hash: "0".repeat(64),
      config_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  test("is made while the cluster does not exist yet", async () => {
    const { planned, diagnostics } = await terraform.plan({ ...base, cluster: UNKNOWN });
    expect(diagnostics).toEqual([]);
    expect(planned).toMatchObject({ address: UNKNOWN, api: UNKNOWN, id: UNKNOWN, status: "alive" });
  });

  test("takes the address of a node that is no voter from its configuration", async () => {
    const { planned } = await terraform.plan({ ...base, name: "n4", address: "10.77.4.1" });
    expect(planned).toMatchObject({ api: "https://10.77.4.1:7440" });
  });
});

describe("a contradiction is told at plan, at its attribute", () => {
  test("a voter with another address", async () => {
    expect(await problem({ ...base, address: "10.77.9.1" })).toMatch(
      /^\[address\] .*declares voter 'n1' at 10\.77\.1\.1/,
    );
  });

  test("the address of a voter for another node", async () => {
    expect(await problem({ ...base, name: "n4", address: "10.77.2.1" })).toMatch(
      /^\[address\] .*10\.77\.2\.1, which is that of voter 'n2'/,
    );
  });

  test("no address for a node that is no voter", async () => {
    expect(await problem({ ...base, name: "n4" })).toMatch(
      /^\[address\] .*'n4' is no voter .*set address/,
    );
  });

  test("something that is no join key", async () => {
    const text = await problem({ ...base, cluster: "covey1a.secret-secret" });
    expect(text).toMatch(/^\[cluster\] .*a key of another kind/);
    expect(text).not.toContain("secret-secret");
  });
});

test.each([
  ["no way to the machine", { local: null }, /exactly one of local/],
  ["a relative data directory", { data_dir: "data" }, /"data" is not an absolute path/],
  [
    "a port range upside down",
    { resources: { ports: "32000-31000" } },
    /"32000-31000" is not a list of port ranges/,
  ],
  ["a timeout that is none", { timeouts: { create: "soon" } }, /"soon" is not a duration/],
])("%s is refused", async (_what, change, message) => {
  const found = await terraform.validate({ ...base, ...change });
  expect(found.map(({ detail }) => detail).join("\n")).toMatch(message);
});
