/** Each mistake gets an answer that names the thing, the value and the way out, and leaves a state the next apply goes on from. */
import { createServer } from "node:net";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../scripts/command";
import { processesOf } from "../../scripts/demo/processes";
import { OneNode } from "./one-node";
import { expectDone, TerraformProject, type Outcome } from "./terraform-project";

const place = new OneNode("bad", "127.78.2.1");
const project = new TerraformProject();

beforeAll(async () => {
  place.write(project);
  await project.init();
  expectDone(await project.apply());
}, 120_000);

afterAll(async () => {
  await project.destroy();
  project.remove();
  place.remove();
}, 120_000);

/** Refused, in words that contain all of these; afterwards a good service is deployed from the very same state. */
async function expectRefusalThenRecovery(
  bad: Record<string, unknown>,
  words: readonly (string | RegExp)[],
): Promise<void> {
  place.write(project, { web: place.service(bad) });
  const refused = await project.apply();
  expect(refused.code).toBe(1);
  for (const word of words) expect(refused.text).toMatch(word);
  await expectRecovery();
}

async function expectRecovery(): Promise<void> {
  place.write(project, { web: place.service() });
  expectDone(await project.apply());
  expect(project.attributes("covey_service", "web")).toMatchObject({ healthy: 1 });
  place.write(project);
  expectDone(await project.apply());
}

async function planOf(resources: Record<string, unknown>): Promise<Outcome> {
  const other = new TerraformProject();
  try {
    other.write(resources);
    await other.init();
    return await other.plan();
  } finally {
    other.remove();
  }
}

describe("a cluster's definition", () => {
  it.each([
    { voters: {}, count: /0 voters/ },
    { voters: { n1: "127.78.9.1", n2: "127.78.9.2" }, count: /2 voters/ },
  ])(
    "with the voters $voters is refused by the plan",
    async ({ voters, count }) => {
      const planned = await planOf({ covey_cluster: { c: { name: "bad2", voters } } });
      expect(planned.code).toBe(1);
      expect(planned.text).toMatch(count);
      expect(planned.text).toMatch(/1, 3, 5 or 7/);
    },
    60_000,
  );

  it("with two voters at one address is refused by the plan", async () => {
    const voters = { n1: "127.78.9.1", n2: "127.78.9.1", n3: "127.78.9.3" };
    const planned = await planOf({ covey_cluster: { c: { name: "bad2", voters } } });
    expect(planned.code).toBe(1);
    expect(planned.text).toMatch(/127\.78\.9\.1/);
  }, 60_000);
});

describe("a node", () => {
  it("at the address of another is refused, naming both", async () => {
    project.write({
      covey_cluster: { c: place.cluster() },
      covey_node: {
        n1: place.node(),
        n2: place.node({ name: "n2", address: place.address, data_dir: `${place.dataDir}-2` }),
      },
    });
    const refused = await project.apply();
    expect(refused.code).toBe(1);
    expect(refused.text).toContain(place.address);
    expect(refused.text).toMatch(/n1/);
    place.write(project);
    expectDone(await project.apply());
  }, 120_000);

  it("without a Docker daemon is refused, naming the socket", async () => {
    project.write({
      covey_cluster: { c: place.cluster() },
      covey_node: {
        n1: place.node(),
        n2: place.node({
          name: "n2",
          address: "127.78.2.2",
          data_dir: `${place.dataDir}-2`,
          docker_socket: "/nonexistent/docker.sock",
        }),
      },
    });
    const refused = await project.apply();
    expect(refused.code).toBe(1);
    expect(refused.text).toContain("/nonexistent/docker.sock");
    place.write(project);
    expectDone(await project.apply());
  }, 120_000);
});

describe("a service", () => {
  it("that asks for more memory than any node has names the nodes and what they have", async () => {
    place.write(project, { web: place.service({ memory_mib: 900_000 }) });
    const plan = await project.terraform("plan");
    expect(plan.code).toBe(0);
    expect(plan.text).toMatch(/Service 'web' does not fit into cluster .* as it is now/);
    expect(plan.text).toMatch(/n1: needs 900000 MiB of memory/);
    await expectRefusalThenRecovery({ memory_mib: 900_000 }, [/900000 MiB/, /n1/]);
  }, 180_000);

  it("whose image does not exist names the image", async () => {
    await expectRefusalThenRecovery({ image: "covey-no-such-image:7" }, [/covey-no-such-image:7/]);
  }, 180_000);

  it("whose host port is taken names the port", async () => {
    const squatter = createServer().listen(31987, place.address);
    await once(squatter, "listening");
    try {
      const ports = [{ name: "http", container_port: 80, host_port: 31987 }];
      place.write(project, { web: place.service({ ports }) });
      const refused = await project.apply();
      expect(refused.code).toBe(1);
      expect(refused.text).toMatch(/31987/);
    } finally {
      squatter.close();
    }
    await expectRecovery();
  }, 180_000);

  it("with a wrong token says so, and what to do", async () => {
    const access = String(project.attributes("covey_cluster", "c")?.["access_key"]);
    const [prefix = "", body = ""] = access.split(".");
    const key = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...key, token: "0".repeat(43) })).toString(
      "base64url",
    );
    await expectRefusalThenRecovery({ cluster: `${prefix}.${forged}` }, [/token/i]);
  }, 180_000);

  it("cannot be stored while Consul does not answer; the same apply goes through when it does", async () => {
    const { pid } = JSON.parse(
      readFileSync(join(place.dataDir, "consul/consul.pid.json"), "utf8"),
    ) as { pid: number };
    process.kill(pid, "SIGSTOP");
    try {
      place.write(project, { web: place.service({ timeouts: { create: "15s" } }) });
      const refused = await project.apply();
      expect(refused.code).toBe(1);
      expect(refused.text).toMatch(/Consul/i);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await expectRecovery();
  }, 180_000);
});

describe("an agent", () => {
  it("refuses a configuration with an unknown key, naming it and what may have been meant", async () => {
    const file = join(place.dataDir, "agent.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const wrong = join(project.dir, "agent.json");
    const { writeFileSync } = await import("node:fs");
    writeFileSync(wrong, JSON.stringify({ ...config, datacentre: "dc9" }), { mode: 0o600 });
    const refusal = run(process.execPath, ["agent/dist/covey.js", "agent", "--config", wrong]);
    await expect(refusal).rejects.toThrow(/datacentre.*datacenter/s);
  }, 30_000);
});

describe("a half-made cluster", () => {
  it("whose agent and Consul were killed is destroyed without a trace", async () => {
    const half = new OneNode("half", "127.78.3.1");
    const other = new TerraformProject();
    try {
      half.write(other, { web: half.service() });
      await other.init();
      expectDone(await other.apply());
      for (const { pid } of processesOf(half.folder)) process.kill(pid, "SIGKILL");
      const destroyed = await other.destroy();
      expectDone(destroyed);
      expect(processesOf(half.folder)).toEqual([]);
      const left = await run("docker", ["ps", "-aq", "--filter", "label=covey.cluster=half"]);
      expect(left).toBe("");
    } finally {
      other.remove();
      half.remove();
    }
  }, 180_000);
});
