import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalConnection, makeAuthority } from "../../src/connection";
import { Driver, joinKey, token } from "./driver";
import type { Model, Outcome } from "./driver";
import { writeFakeBundle } from "./fake-agent";
import type { FakeBehaviour } from "./fake-agent";

jest.setTimeout(60_000);

let directory: string;
let made: { readonly over: Driver; readonly outcome: Outcome }[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "covey-node-"));
  made = [];
});

afterEach(async () => {
  for (const { over, outcome } of made) await over.destroy(outcome);
  rmSync(directory, { recursive: true, force: true });
});

function driver(behaviour?: FakeBehaviour): Driver {
  const bundle = writeFakeBundle(join(directory, "covey.js"), behaviour);
  return new Driver("covey_node", { bundle });
}

async function create(over: Driver, config: Model): Promise<Outcome> {
  const outcome = await over.apply(config);
  if (outcome.state) made.push({ over, outcome });
  return outcome;
}

function nodeConfig(name: string, cluster: string, home: string, more: Model = {}): Model {
  const timeouts = { create: "20s", update: "20s", delete: "20s" };
  return { name, cluster, data_dir: home, local: {}, timeouts, ...more };
}

function pidIn(file: string): number {
  return Number.parseInt(readFileSync(file, "utf8"), 10);
}

function configIn(home: string): Model {
  return JSON.parse(readFileSync(join(home, "agent.json"), "utf8")) as Model;
}

function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !readFileSync(stat, "utf8").includes(") Z ");
}

test("a node is installed, started, read as alive, and removed without a trace", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.1" }), home);

  const node = await create(over, config);

  expect(node.error).toBe("");
  // Which is one where nothing runs that can be told to start the node with this machine.
  for (const { summary } of node.warnings)
    expect(summary).toBe("Node 'n1' does not start with its machine");
  expect(node.state).toMatchObject({
    id: "test7/n1",
    address: "127.77.7.1",
    api: "https://127.77.7.1:7440",
    status: "alive",
  });
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, "agent.json")).mode & 0o777).toBe(0o600);
  const read = await over.read(node);
  expect(read.state).toEqual(node.state);
  expect(await over.isSettled(config, read)).toBe(true);

  const pids = ["agent", "supervisor", "watcher"].map((one) => pidIn(join(home, `${one}.pid`)));
  expect(pids.map(runs)).toEqual([true, true, true]);
  expect((await over.destroy(node)).error).toBe("");
  expect(existsSync(home)).toBe(false);
  expect(pids.map(runs)).toEqual([false, false, false]);
  expect((await over.read(node)).state).toBeUndefined();
});

test("a node that is removed has left before the others forget it", async () => {
  const over = driver();
  const key = joinKey({ n1: "127.77.7.24", n2: "127.77.7.25", n3: "127.77.7.26" });
  const [first] = await Promise.all(
    ["n1", "n2", "n3"].map((name) => create(over, nodeConfig(name, key, join(directory, name)))),
  );

  if (first) expect((await over.destroy(first)).error).toBe("");

  const logs = ["n2", "n3"].map((name) => readFileSync(join(directory, name, "agent.log"), "utf8"));
  expect(logs.join("")).toContain("forgets /v1/nodes/n1");
  expect(existsSync(join(directory, "n1"))).toBe(false);
});

test("the folders a cluster's last node leaves empty go with it, others stay", async () => {
  const over = driver();
  const config = (home: string): Model => nodeConfig("n1", joinKey({ n1: "127.77.7.27" }), home);
  const alone = await create(over, config(join(directory, "covey/test7/n1")));
  expect((await over.destroy(alone)).error).toBe("");
  expect(existsSync(join(directory, "covey"))).toBe(false);

  mkdirSync(join(directory, "covey/other"), { recursive: true });
  const beside = await create(over, config(join(directory, "covey/test7/n1")));
  expect((await over.destroy(beside)).error).toBe("");
  expect(readdirSync(join(directory, "covey"))).toEqual(["other"]);

  const elsewhere = await create(over, config(join(directory, "data/n1")));
  expect((await over.destroy(elsewhere)).error).toBe("");
  expect(readdirSync(join(directory, "data"))).toEqual([]);
});

test("an agent that is killed is started again by its supervisor", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const node = await create(over, nodeConfig("n1", joinKey({ n1: "127.77.7.2" }), home));
  const before = pidIn(join(home, "agent.pid"));

  process.kill(before, "SIGKILL");
  await waitFor(
    () => existsSync(join(home, "agent.pid")) && pidIn(join(home, "agent.pid")) !== before,
  );

  expect((await over.read(node)).state?.["status"]).toBe("alive");
  expect(readFileSync(join(home, "agent.log"), "utf8")).toContain("ended with code 137");
});

test("a node whose processes are gone is read as down, and the next apply starts it again", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.3" }), home);
  const node = await create(over, config);
  for (const name of ["supervisor", "watcher", "agent"])
    process.kill(pidIn(join(home, `${name}.pid`)), "SIGKILL");

  const down = await over.read(node);
  expect(down.state?.["status"]).toBe("down");
  expect(await over.isSettled(config, down)).toBe(false);
  const again = await over.apply(config, down);

  expect(again.error).toBe("");
  expect(again.state?.["status"]).toBe("alive");
  expect(runs(pidIn(join(home, "agent.pid")))).toBe(true);
});

test("a supervisor that is killed alone leaves an agent that the next apply takes over", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.4" }), home);
  const node = await create(over, config);
  const orphan = pidIn(join(home, "agent.pid"));
  process.kill(pidIn(join(home, "supervisor.pid")), "SIGKILL");

  const { error } = await over.apply({ ...config, attributes: { rack: "r1" } }, node);

  expect(error).toBe("");
  expect(runs(orphan)).toBe(false);
  expect(runs(pidIn(join(home, "agent.pid")))).toBe(true);
});

test("changed attributes or a new agent restart the agent, nothing changed does not", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.5" }), home);
  const first = await create(over, config);
  const pid = (): number => pidIn(join(home, "agent.pid"));
  const [unchanged, file] = [pid(), configIn(home)];

  const same = await over.apply({ ...config, timeouts: { create: "30s" } }, first);
  expect(pid()).toBe(unchanged);
  expect(configIn(home)).toEqual(file);

  const racked = { ...config, attributes: { rack: "r1" } };
  const rack = await over.apply(racked, same);
  const restarted = pid();
  expect(restarted).not.toBe(unchanged);
  expect(configIn(home)).toEqual({ ...file, attributes: { rack: "r1" } });
  expect(rack.state?.["config_hash"]).not.toBe(first.state?.["config_hash"]);

  const released = driver({ release: 2 });
  const upgraded = await released.apply(racked, rack);
  expect(pid()).not.toBe(restarted);
  expect(upgraded.state?.["agent_hash"]).not.toBe(first.state?.["agent_hash"]);
});

test("an update that was interrupted before the agent was restarted is finished by the next", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.22" }), home);
  const node = await create(over, config);
  const before = pidIn(join(home, "agent.pid"));
  writeFileSync(join(home, "restart-needed"), "");

  const found = await over.read(node);
  expect(found.state?.["status"]).toBe("down");
  const finished = await over.apply(config, found);

  expect(finished.error).toBe("");
  expect(pidIn(join(home, "agent.pid"))).not.toBe(before);
  expect(existsSync(join(home, "restart-needed"))).toBe(false);
});

test("an edited configuration is seen as a change, and undone", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.6" }), home);
  const node = await create(over, config);
  const edited = { ...configIn(home), attributes: { x: "y" } };
  writeFileSync(join(home, "agent.json"), JSON.stringify(edited));

  const drifted = await over.read(node);
  expect(drifted.state?.["config_hash"]).not.toBe(node.state?.["config_hash"]);
  expect((await over.apply(config, drifted)).error).toBe("");

  expect(configIn(home)["attributes"]).toEqual({});
});

test("an agent that keeps ending fails the node with its last words, secrets taken out", async () => {
  const over = driver({ endsWith: 3 });
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.7" }), home, {
    timeouts: { create: "4s" },
  });

  const { state, error } = await create(over, config);

  expect(error).toContain("Node 'n1' did not come up");
  expect(error).toContain("the agent ended with code 3");
  expect(error).toContain("fake agent n1 with token [secret]");
  expect(error).not.toContain(token);
  expect(state).toMatchObject({ id: "test7/n1", status: "down" });
});

test("a failed node is removed and made again, over what the first attempt left", async () => {
  const home = join(directory, "n1");
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.8" }), home, {
    timeouts: { create: "3s" },
  });
  const { error } = await driver({ endsWith: 3 }).apply(config);
  expect(error).not.toBe("");

  const { state, error: second } = await create(driver(), config);

  expect(second).toBe("");
  expect(state?.["status"]).toBe("alive");
});

test("a node whose cluster has no majority yet is accepted with a warning that names the others", async () => {
  const over = driver({ attached: false, missingVoters: ["n2", "n3"] });
  const voters = { n1: "127.77.7.9", n2: "127.77.7.10", n3: "127.77.7.11" };

  const { error, warnings } = await create(
    over,
    nodeConfig("n1", joinKey(voters), join(directory, "n1")),
  );

  expect(error).toBe("");
  expect(warnings.map(({ detail }) => detail).join("\n")).toContain(
    "waiting for other voters: n2, n3",
  );
});

test("a node the master does not take in fails at its deadline, saying so", async () => {
  const over = driver({ attached: false });
  const config = nodeConfig("n1", joinKey({ n1: "127.77.7.12" }), join(directory, "n1"), {
    timeouts: { create: "2s" },
  });

  const { error } = await create(over, config);

  expect(error).toContain("after 2 s the agent is up, but no master is elected");
});

describe("what is in the way is named, and nothing is made", () => {
  async function refusal(config: Model): Promise<string> {
    const { state, error } = await create(driver(), config);
    expect(state).toBeUndefined();
    return error;
  }

  test("a Docker engine that does not answer", async () => {
    const config = nodeConfig("n1", joinKey({ n1: "127.77.7.13" }), join(directory, "n1"), {
      docker_socket: "/nowhere/docker.sock",
    });
    expect(await refusal(config)).toMatch(
      /Docker does not answer at \/nowhere\/docker.sock.*ENOENT.*Start it/,
    );
  });

  test("a port that something else has", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(7440, "127.77.7.14", resolve));
    const config = nodeConfig("n1", joinKey({ n1: "127.77.7.14" }), join(directory, "n1"));
    expect(await refusal(config)).toContain(
      "tcp port 7440 of 127.77.7.14 (the agent's API) cannot be had",
    );
    server.close();
  });

  test("a data directory of another node", async () => {
    const over = driver();
    const home = join(directory, "n1");
    const voters = joinKey({ n1: "127.77.7.15", n2: "127.77.7.16", n3: "127.77.7.17" });
    await create(over, nodeConfig("n1", voters, home));
    expect(await refusal(nodeConfig("n2", voters, home))).toContain(
      `${home} belongs to node 'n1' of cluster 'test7'`,
    );
  });

  test("a data directory full of something else", async () => {
    const home = join(directory, "home");
    mkdirSync(home);
    writeFileSync(join(home, "letter.txt"), "dear");
    const config = nodeConfig("n1", joinKey({ n1: "127.77.7.18" }), home);
    expect(await refusal(config)).toContain("holds files but no agent.json");
    expect(readFileSync(join(home, "letter.txt"), "utf8")).toBe("dear");
  });

  test("a network that overlaps", async () => {
    const config = nodeConfig("n1", joinKey({ n1: "172.17.0.77" }), join(directory, "n1"));
    expect(await refusal(config)).toMatch(/172.17.0.0\/24, which overlaps Docker network bridge/);
  });
});

test("a node with an address of its own gets a Docker network, and it goes with the node", async () => {
  const over = driver();
  const config = nodeConfig("n1", joinKey({ n1: "10.177.7.1" }), join(directory, "n1"));
  const networks = async () =>
    (await new LocalConnection().engine("/var/run/docker.sock").networks()).filter(
      ({ name }) => name === "covey-test7-n1",
    );

  const node = await create(over, config);

  expect(node.error).toBe("");
  expect(await networks()).toMatchObject([
    { subnets: ["10.177.7.0/24"], labels: { "covey.cluster": "test7", "covey.node": "n1" } },
  ]);
  await over.destroy(node);
  expect(await networks()).toEqual([]);
});

test("a node moved to another address is installed there, and gone here", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const node = await create(over, nodeConfig("n1", joinKey({ n1: "127.77.7.19" }), home));

  const moved = await over.apply(nodeConfig("n1", joinKey({ n1: "127.77.7.20" }), home), node);

  expect(moved.error).toBe("");
  expect(moved.state?.["api"]).toBe("https://127.77.7.20:7440");
  expect((await over.read(moved)).state?.["status"]).toBe("alive");
});

test("a node whose cluster was made anew under its old name is installed anew", async () => {
  const over = driver();
  const home = join(directory, "n1");
  const voters = { n1: "127.77.7.23" };
  const node = await create(over, nodeConfig("n1", joinKey(voters), home));
  const other = await makeAuthority("Covey test7", new Date());

  const renewed = await over.apply(nodeConfig("n1", joinKey(voters, other), home), node);

  expect(renewed.error).toBe("");
  expect(configIn(home)["tls"]).toMatchObject({ ca: other.certificate });
});

test("an import by data directory finds what the node was made with", async () => {
  const home = join(directory, "n1");
  const key = joinKey({ n1: "127.77.7.21" });
  const keyFile = join(directory, "join.key");
  writeFileSync(keyFile, `${key}\n`);
  const over = new Driver("covey_node", {
    bundle: writeFakeBundle(join(directory, "covey.js")),
    joinKeyFile: keyFile,
  });
  const config = nodeConfig("n1", key, home, {
    resources: { cpus: 2, memory_mib: 512, ports: "31000-31010" },
    attributes: { rack: "r1" },
    timeouts: null,
  });
  const node = await create(over, config);

  const found = await over.import(home);

  expect(found.state).toEqual(node.state);
  expect(await over.isSettled(config, found)).toBe(true);
  expect((await over.import(directory)).error).toContain("which holds an agent.json");
});

async function waitFor(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}
