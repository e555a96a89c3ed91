import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN } from "../../src/plugin";
import { decodeAccessKey } from "../../src/resources/keys/access-key";
import { decodeJoinKey } from "../../src/resources/keys/join-key";
import { Driver } from "./driver";

const terraform = new Driver("covey_cluster");
const config = { name: "prod", voters: { n1: "10.0.0.1", n2: "10.0.0.2", n3: "10.0.0.3" } };

describe("a cluster that is made", () => {
  test("has its keys, all of one authority, and its second plan is empty", async () => {
    const cluster = await terraform.apply(config);

    expect(cluster.error).toBe("");
    expect(cluster.state).toMatchObject({
      id: "prod",
      datacenter: "dc1",
      consul: { mode: "managed" },
      endpoints: ["https://10.0.0.1:7440", "https://10.0.0.2:7440", "https://10.0.0.3:7440"],
    });
    const join = decodeJoinKey(String(cluster.state?.["join_key"]));
    const access = decodeAccessKey(String(cluster.state?.["access_key"]));
    expect(join.voters).toEqual(config.voters);
    expect(access.ca).toBe(join.authority.certificate);
    expect(access.token).toBe(cluster.state?.["token"]);
    expect(Buffer.from(join.gossipKey, "base64")).toHaveLength(32);
    expect(await terraform.isSettled(config, cluster)).toBe(true);
  });

  test("plans its endpoints, but not its secrets", async () => {
    const { planned } = await terraform.plan(config);
    expect(planned).toMatchObject({
      id: "prod",
      endpoints: ["https://10.0.0.1:7440", "https://10.0.0.2:7440", "https://10.0.0.3:7440"],
    });
    expect((planned as Record<string, unknown>)["join_key"]).toBe(UNKNOWN);
  });

  test("plans while a voter's address is not known yet", async () => {
    const { planned, diagnostics } = await terraform.plan({ ...config, voters: { n1: UNKNOWN } });
    expect(diagnostics).toEqual([]);
    expect((planned as Record<string, unknown>)["endpoints"]).toBe(UNKNOWN);
  });
});

describe("a cluster that changes", () => {
  test("knows the new keys in the plan, so that its nodes change in the same apply", async () => {
    const cluster = await terraform.apply(config);
    const voters = { ...config.voters, n3: "10.0.0.33" };

    const { planned, requiresReplace } = await terraform.plan({ ...config, voters }, cluster);

    expect(requiresReplace).toEqual([]);
    const join = decodeJoinKey(String((planned as Record<string, unknown>)["join_key"]));
    expect(join.voters).toEqual(voters);
    expect(join.token).toBe(cluster.state?.["token"]);
    expect((await terraform.apply({ ...config, voters }, cluster)).error).toBe("");
  });

  test("its mesh gets another timing in place", async () => {
    const cluster = await terraform.apply(config);
    const { planned, requiresReplace } = await terraform.plan({ ...config, mesh: "wan" }, cluster);
    expect(requiresReplace).toEqual([]);
    const keyOf = (of: unknown): string => String((of as Record<string, unknown>)["join_key"]);
    expect(decodeJoinKey(keyOf(cluster.state)).mesh).toBe("local");
    expect(decodeJoinKey(keyOf(planned)).mesh).toBe("wan");
  });

  test.each([
    ["name", { ...config, name: "test" }, "name"],
    ["datacenter", { ...config, datacenter: "dc2" }, "datacenter"],
    [
      "set of voters, which could elect two masters while it changes",
      { ...config, voters: { n1: "10.0.0.1", n2: "10.0.0.2", n4: "10.0.0.4" } },
      "voters",
    ],
    [
      "kind of Consul",
      { ...config, consul: { mode: "external", address: "http://127.0.0.1:8500" } },
      "consul.mode",
    ],
  ])("its %s is replaced", async (_what, changed, path) => {
    const cluster = await terraform.apply(config);
    const { requiresReplace } = await terraform.plan(changed, cluster);
    expect(requiresReplace).toEqual([path]);
  });
});

describe("bad input names the value, the rule and the way out", () => {
  test.each([
    ["no voters", { voters: {} }, /0 voters: there must be 1, 3, 5 or 7/],
    ["two voters", { voters: { n1: "10.0.0.1", n2: "10.0.0.2" } }, /2 voters: .* name 1 or 3/],
    [
      "two with one address",
      { voters: { n1: "10.0.0.1", n2: "10.0.0.1", n3: "10.0.0.3" } },
      /'n1' and 'n2' have the same address 10\.0\.0\.1/,
    ],
    ["a name that is no label", { voters: { N_1: "10.0.0.1" } }, /'N_1' is no DNS label/],
    ["an address that is none", { voters: { n1: "host" } }, /"host" is not an IPv4 address/],
    [
      "a cluster's name that is no label",
      { name: "My Cluster" },
      /"My Cluster" is not a DNS label/,
    ],
    ["a timing of the mesh that there is not", { mesh: "moon" }, /"local", "lan", "wan"/],
    ["an external Consul without address", { consul: { mode: "external" } }, /needs the address/],
    [
      "a managed Consul with a token",
      { consul: { token: "x" } },
      /'token' is for a Consul of your own/,
    ],
  ])("%s", async (_what, change, message) => {
    const found = await terraform.validate({ ...config, ...change });
    expect(found.map(({ detail }) => detail).join("\n")).toMatch(message);
  });
});

test("an import by join key brings back the very same cluster", async () => {
  const directory = mkdtempSync(join(tmpdir(), "covey-cluster-"));
  try {
    const cluster = await terraform.apply(config);
    writeFileSync(join(directory, "join.key"), `${String(cluster.state?.["join_key"])}\n`);

    const found = await terraform.import(join(directory, "join.key"));

    expect(found.state).toEqual(cluster.state);
    expect(await terraform.isSettled(config, found)).toBe(true);
    expect((await terraform.import("/nowhere")).error).toContain(
      "path of a file that holds a join key",
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
