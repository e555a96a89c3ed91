/** `covey_node` over SSH, against a real sshd on the loopback; what is installed is a fake agent. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { Machines } from "../../src/connection";
import { CuttableWay, sshdProbe, SshKeys, SshServer } from "../connection/ssh-server";
import { Driver, joinKey } from "./driver";
import type { Model, Outcome } from "./driver";
import { writeFakeBundle } from "./fake-agent";
import type { FakeBehaviour } from "./fake-agent";

jest.setTimeout(180_000);

const needs = (): string | undefined => sshdProbe() ?? dockerProbe();

describeWith("sshd and docker", needs, "a node over SSH", () => {
  let keys: SshKeys;
  let server: SshServer;
  let directory: string;
  let machines: Machines;
  let told: string[];
  let made: { readonly over: Driver; readonly outcome: Outcome }[];

  beforeAll(async () => {
    keys = new SshKeys();
    server = await SshServer.start(keys);
  });
  afterAll(async () => {
    await server.stop();
    keys.remove();
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "covey-ssh-node-"));
    machines = new Machines();
    told = [];
    made = [];
  });
  afterEach(async () => {
    for (const { over, outcome } of made) await over.destroy(outcome);
    await machines.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function driver(behaviour?: FakeBehaviour): Driver {
    const bundle = writeFakeBundle(join(directory, "covey.js"), behaviour);
    return new Driver("covey_node", { bundle, machines }, (line) => told.push(line));
  }

  async function create(over: Driver, config: Model): Promise<Outcome> {
    const outcome = await over.apply(config);
    if (outcome.state) made.push({ over, outcome });
    return outcome;
  }

  /** A small program that stands for Node.js: it is the machine's own. */
  function smallRuntime(name = "runtime"): string {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\n# ${name}\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
    return path;
  }

  function config(address: string, more: Model = {}): Model {
    const timeouts = { create: "30s", update: "30s", delete: "30s" };
    const ssh = {
      host: "127.0.0.1",
      port: server.port,
      user: userInfo().username,
      private_key_file: keys.user,
      host_key: keys.publicKey(keys.host),
    };
    return {
      name: "n1",
      cluster: joinKey({ n1: address }),
      data_dir: join(directory, "n1"),
      runtime: smallRuntime(),
      ssh,
      timeouts,
      ...more,
    };
  }

  const pid = (): number =>
    Number.parseInt(readFileSync(join(directory, "n1/agent.pid"), "utf8"), 10);
  const programs = (): string[] =>
    readdirSync(join(directory, "n1")).filter((name) => name.startsWith("node-"));

  test("is installed, read as alive, found unchanged, and removed without a trace", async () => {
    const over = driver();
    const wanted = config("127.77.8.1");
    const node = await create(over, wanted);
    expect(node.error).toBe("");
    expect(node.state).toMatchObject({ id: "test7/n1", status: "alive" });
    const read = await over.read(node);
    expect(read.state).toEqual(node.state);
    expect(await over.isSettled(wanted, read)).toBe(true);
    expect((await over.destroy(node)).error).toBe("");
    expect(existsSync(join(directory, "n1"))).toBe(false);
    expect((await over.read(node)).state).toBeUndefined();
    expect(told.join("\n")).toMatch(
      /checking ssh[^]*connecting[^]*installing[^]*bringing the Node\.js program[^]*starting the agent[^]*waiting until the cluster has it/,
    );
  });

  test("brings the provider's own Node.js where none is named, and not a second time", async () => {
    const over = driver();
    const wanted = config("127.77.8.2", { runtime: null });
    const node = await create(over, wanted);
    expect(node.error).toBe("");
    expect(programs()).toEqual([`node-${String(node.state?.["runtime_hash"])}`]);
    expect(told.filter((line) => line.includes("bringing"))).toEqual([
      expect.stringMatching(/bringing the Node\.js program, \d\d+ MB/),
    ]);
    told = [];
    const racked = await over.apply({ ...wanted, attributes: { rack: "r1" } }, node);
    expect(racked.error).toBe("");
    expect(told.filter((line) => line.includes("bringing"))).toEqual([]);
  });

  test("gets a new agent or a new Node.js in place, and keeps no old one", async () => {
    const first = await create(driver(), config("127.77.8.3"));
    const before = pid();
    const other = config("127.77.8.3", { runtime: smallRuntime("runtime-2") });
    const { planned } = await driver().plan(other, first);
    expect(planned).not.toMatchObject({ runtime_hash: first.state?.["runtime_hash"] });
    const renewed = await driver({ release: 2 }).apply(other, first);
    expect(renewed.error).toBe("");
    expect(pid()).not.toBe(before);
    expect(programs()).toEqual([`node-${String(renewed.state?.["runtime_hash"])}`]);
    expect(renewed.state?.["agent_hash"]).not.toBe(first.state?.["agent_hash"]);
  });

  test("that cannot run the program says why, and what runs is left alone", async () => {
    const over = driver();
    const node = await create(over, config("127.77.8.4"));
    expect(node.error).toBe("");
    const before = pid();
    const broken = join(directory, "broken");
    writeFileSync(
      broken,
      "#!/bin/sh\necho 'node: error while loading shared libraries: libstdc++.so.6: cannot open' >&2\nexit 127\n",
      { mode: 0o755 },
    );
    const failed = await over.apply(config("127.77.8.4", { runtime: broken }), node);
    expect(failed.error).toMatch(
      /^\[runtime\] .*bring the Node\.js program: .*lacks libstdc\+\+\.so\.6; install it there \(Debian: apt-get install libstdc\+\+6\)/,
    );
    expect(pid()).toBe(before);
    const missing = await over.plan(config("127.77.8.4", { runtime: "/nowhere/node" }), node);
    expect(missing.diagnostics[0]).toMatchObject({ path: "runtime" });
  });

  test("that does not come up fails with the last words of its log", async () => {
    const over = driver({ endsWith: 3 });
    const { error, state } = await create(
      over,
      config("127.77.8.5", { timeouts: { create: "4s" } }),
    );
    expect(error).toContain("fake agent n1 with token [secret]");
    expect(error).toContain("the agent ended with code 3");
    expect(state).toMatchObject({ status: "down" });
  });

  test("whose server is not the one that is known is not touched", async () => {
    const wanted = config("127.77.8.6");
    const ssh = { ...(wanted["ssh"] as Model), host_key: `SHA256:${"A".repeat(43)}` };
    const { error, state } = await create(driver(), { ...wanted, ssh });
    expect(error).toMatch(
      /^\[ssh\] Node 'n1': could not check the host key: .*but host_key is SHA256:A/,
    );
    expect(state).toBeUndefined();
    expect(existsSync(join(directory, "n1"))).toBe(false);
  });

  test("reached in another way is updated in place, its agent left alone", async () => {
    const over = driver();
    const wanted = config("127.77.8.7");
    const node = await create(over, wanted);
    const before = pid();
    const known = join(directory, "known_hosts");
    writeFileSync(known, `[127.0.0.1]:${server.port} ${keys.publicKey(keys.host)}`);
    const changed = {
      ...wanted,
      ssh: { ...(wanted["ssh"] as Model), host_key: null, known_hosts_file: known },
    };
    const updated = await over.apply(changed, node);
    expect(updated.error).toBe("");
    expect(pid()).toBe(before);
  });

  test("moved to another machine is removed there and installed here", async () => {
    const over = driver();
    const wanted = config("127.77.8.8");
    const node = await create(over, wanted);
    const before = pid();
    const way = new CuttableWay(server.port);
    const port = await way.open();
    try {
      const elsewhere = { ...wanted, ssh: { ...(wanted["ssh"] as Model), port } };
      const moved = await over.apply(elsewhere, node);
      expect(moved.error).toBe("");
      expect(pid()).not.toBe(before);
      expect((await over.destroy(moved)).error).toBe("");
    } finally {
      way.close();
    }
  });

  test("whose network is cut in the middle of an apply is in the state, and the next apply finishes it", async () => {
    const way = new CuttableWay(server.port);
    const port = await way.open();
    try {
      const wanted = config("127.77.8.9", { runtime: null });
      const ssh = { ...(wanted["ssh"] as Model), port };
      const over = driver();
      const applied = create(over, { ...wanted, ssh });
      await until(() => told.some((line) => line.includes("bringing")));
      way.cut();
      server.killSessions();
      way.mend();
      const broken = await applied;
      expect(broken.error).toMatch(/could not copy .* on ssh .*: the connection broke/);
      expect(broken.state).toMatchObject({ id: "test7/n1", status: "down" });
      const finished = await over.apply({ ...wanted, ssh }, await over.read(broken));
      expect(finished.error).toBe("");
      expect(finished.state).toMatchObject({ status: "alive" });
      expect(programs()).toHaveLength(1);
      expect((await over.destroy(finished)).error).toBe("");
      expect(existsSync(join(directory, "n1"))).toBe(false);
    } finally {
      way.close();
    }
  });

  test("is imported by URL", async () => {
    const wanted = config("127.77.8.10");
    const node = await create(driver(), wanted);
    const known = `[127.0.0.1]:${server.port} ${keys.publicKey(keys.host)}`;
    const home = join(directory, "home");
    const before = process.env["HOME"];
    process.env["HOME"] = home;
    try {
      const { mkdirSync } = await import("node:fs");
      mkdirSync(join(home, ".ssh"), { recursive: true });
      writeFileSync(join(home, ".ssh/known_hosts"), known);
      const over = new Driver("covey_node", {
        bundle: writeFakeBundle(join(directory, "covey.js")),
        machines,
        sshKeyFile: keys.user,
      });
      const { username } = userInfo();
      const id = `ssh://${username}@127.0.0.1:${server.port}${join(directory, "n1")}`;
      const found = await over.import(id);
      expect(found.error).toBe("");
      expect(found.state).toMatchObject({
        id: "test7/n1",
        local: null,
        ssh: { host: "127.0.0.1", port: server.port, private_key_file: keys.user },
        config_hash: node.state?.["config_hash"],
      });
      expect((await over.import("ssh://x")).error).toContain("has another form");
    } finally {
      if (before === undefined) delete process.env["HOME"];
      else process.env["HOME"] = before;
    }
  });

  async function until(holds: () => boolean): Promise<void> {
    const end = performance.now() + 30_000;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`it did not happen: ${told.join("\n")}`);
      await sleep(10);
    }
  }
});
