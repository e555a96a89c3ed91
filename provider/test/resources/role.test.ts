import { accessKey, Driver } from "./driver";
import type { Model } from "./driver";
import { FakeCluster } from "./fake-cluster";

jest.setTimeout(30_000);

let cluster: FakeCluster;
let config: Model;
let terraform: Driver;

beforeEach(async () => {
  cluster = await FakeCluster.make();
  const key = accessKey([await cluster.listen()]);
  terraform = new Driver("covey_role", { accessKey: key });
  config = { name: "eng/web", cluster: key };
});

afterEach(() => cluster.close());

test("a role is put, settled, changed in place and taken back", async () => {
  const guarantee = { cpus: 4, memory_mib: 4096 };
  const role = await terraform.apply({ ...config, weight: 2, guarantee });
  expect(role).toMatchObject({ error: "", state: { id: "test7/eng/web", weight: 2, limit: null } });
  expect(cluster.roles.get("eng/web")).toEqual({
    name: "eng/web",
    weight: 2,
    guarantee: { cpus: 4, memMiB: 4096 },
    limit: {},
  });
  const read = await terraform.read(role);
  expect(read.state).toEqual(role.state);
  expect(await terraform.isSettled({ ...config, weight: 2, guarantee }, read)).toBe(true);

  const limited = await terraform.apply({ ...config, limit: { gpus: 1, disk_mib: 10 } }, role);
  expect(limited.error).toBe("");
  expect(cluster.roles.get("eng/web")).toMatchObject({
    weight: 1,
    guarantee: {},
    limit: { gpus: 1, diskMiB: 10 },
  });

  expect(await terraform.destroy(limited)).toMatchObject({ error: "", state: undefined });
  expect(cluster.roles.size).toBe(0);
});

test("an object without amounts is as none: it stays as it was written", async () => {
  const written = { ...config, guarantee: {} };
  const role = await terraform.apply(written);
  expect(role.error).toBe("");
  expect(await terraform.isSettled(written, await terraform.read(role))).toBe(true);
});

test("what others have said of it meanwhile is shown, and one that was unset is gone", async () => {
  const role = await terraform.apply(config);
  cluster.roles.set("eng/web", { name: "eng/web", weight: 3, guarantee: { cpus: 1 }, limit: {} });
  const drifted = await terraform.read(role);
  expect(drifted.state).toMatchObject({ weight: 3, guarantee: { cpus: 1, memory_mib: null } });
  cluster.roles.clear();
  expect((await terraform.read(role)).state).toBeUndefined();
});

test("one that is only there because a framework is in it may be made", async () => {
  expect(await terraform.apply({ ...config, name: "services" })).toMatchObject({ error: "" });
});

test("one that was told something outside this state is not taken over, and can be imported", async () => {
  const said = { name: "eng/web", weight: 5, guarantee: {}, limit: { cpus: 2 } };
  cluster.roles.set("eng/web", said);
  const refused = await terraform.apply(config);
  expect(refused.error).toMatch(/Role 'eng\/web' exists already.*terraform import/s);
  expect(cluster.roles.get("eng/web")).toEqual(said);
  const imported = await terraform.import("eng/web");
  expect(imported).toMatchObject({ error: "", state: { id: "test7/eng/web", weight: 5 } });
  expect(await terraform.isSettled({ ...config, weight: 5, limit: { cpus: 2 } }, imported)).toBe(
    true,
  );
});

test("an import without a cluster says how to name it", async () => {
  const unled = new Driver("covey_role");
  expect((await unled.import("eng")).error).toMatch(/set COVEY_ACCESS_KEY/);
});

test.each([
  [{ name: "eng//web" }, "name", /two in a row/],
  [{ weight: 0 }, "weight", /above 0/],
  [{ guarantee: { cpus: -1 } }, "guarantee.cpus", /0/],
  [{ guarantee: { cpus: 2 }, limit: { cpus: 1 } }, "limit.cpus", /sets 2 aside/],
] as const)("%j is refused at %s before anything is sent", async (wrong, path, why) => {
  const [problem] = await terraform.validate({ ...config, ...wrong });
  expect(problem).toMatchObject({ severity: "error", path });
  expect(`${problem?.summary ?? ""} ${problem?.detail ?? ""}`).toMatch(why);
});

test("a cluster that is away for a moment is waited for; a refusal is shown at its attribute", async () => {
  const away = { status: 503, code: "no-master", detail: "a master is being elected" };
  cluster.problems = [away, away];
  const role = await terraform.apply(config);
  expect(role.error).toBe("");
  cluster.problems = [
    { status: 400, code: "bad-request", detail: "too much memory", field: "guarantee.memMiB" },
  ];
  const refused = await terraform.apply({ ...config, guarantee: { memory_mib: 1 } }, role);
  expect(refused.error).toMatch(/\[guarantee.memory_mib\] Role 'eng\/web' could not be put/);
});

test("a cluster that does not answer leaves the role as it was last seen", async () => {
  const role = await terraform.apply(config);
  await cluster.close();
  const read = await terraform.read(role);
  expect(read.state).toEqual(role.state);
  expect(read.warnings).toMatchObject([{ summary: "Role 'eng/web' could not be refreshed" }]);
});
