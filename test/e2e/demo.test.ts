/** The README's demo, as a user runs it. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { TaskView } from "@covey/agent/contract";
import { attempt } from "../../scripts/command";
import { clusterDir, clusterName, findRemains } from "../../scripts/demo/remains";
import { repository } from "../../scripts/paths";
import { projectEnvironment } from "../../scripts/project-environment";

const words = ["scripts/demo/main.ts"];
const options = { cwd: repository, env: projectEnvironment() };

class Demo {
  text = "";
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly closed: Promise<unknown[]>;

  constructor(...args: string[]) {
    this.child = spawn("tsx", [...words, ...args], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.closed = once(this.child, "close");
    const take = (chunk: Buffer): void => void (this.text += chunk.toString());
    this.child.stdout.on("data", take);
    this.child.stderr.on("data", take);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Until it has said this. @throws Error with all it said, where it ends before */
  async says(what: RegExp): Promise<void> {
    while (!what.test(this.text)) {
      const more = once(this.child.stdout, "data");
      const ended = await Promise.race([more.then(() => false), this.closed.then(() => true)]);
      if (ended) throw new Error(`the demo ended without '${what.source}':\n${this.text}`);
    }
  }

  interrupt(): void {
    this.child.kill("SIGINT");
  }

  /** Its exit code, once it has ended. */
  async end(): Promise<unknown> {
    const [code] = await this.closed;
    return code;
  }
}

/** `covey`, as whoever looks around in a demo that was kept. */
function coveyOf(demo: Record<string, string | string[]>) {
  const env = {
    ...options.env,
    COVEY_API: [demo["api"]].flat().join(","),
    COVEY_TOKEN_FILE: String(demo["token_file"]),
    COVEY_CA_FILE: String(demo["ca_file"]),
  };
  return async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await attempt("covey", args, { ...options, env });
    expect(code === 0 ? "ok" : stderr).toBe("ok");
    return stdout;
  };
}

/** What each instance answers to a container of another node, found by name inside that container. */
async function askedFromWithin(tasks: readonly TaskView[]): Promise<string[]> {
  const answers = tasks.map(async ({ id, address, ports }, index) => {
    const other = tasks[(index + 1) % tasks.length];
    const inside = ["exec", `covey-${other?.id ?? id}`];
    const found = await attempt("docker", [...inside, "nslookup", "web.service.consul"]);
    expect(found.stdout).toContain(address);
    const url = `http://${address}:${ports[0]?.hostPort ?? 0}/`;
    const page = await attempt("docker", [...inside, "wget", "-q", "-O", "-", url]);
    return page.stdout;
  });
  return Promise.all(answers);
}

/** A container that does not run, a network and a folder: what is there after a power cut. */
async function leaveRemainsOfADeadDemo(): Promise<void> {
  const label = ["--label", `covey.cluster=${clusterName}`];
  await expectDocker("network", "create", ...label, "covey-hello-node-1");
  await expectDocker("create", ...label, "covey-demo-web:1");
  mkdirSync(join(clusterDir, "node-1"), { recursive: true });
  expect(await findRemains()).toHaveLength(4);
}

async function expectDocker(...args: string[]): Promise<void> {
  const { code, stderr } = await attempt("docker", args);
  expect(code === 0 ? "ok" : stderr).toBe("ok");
}

describe("npm run demo", () => {
  it("goes through, with a second one refused meanwhile, and leaves nothing behind", async () => {
    const demo = new Demo();
    await demo.says(/cdktf deploy/);
    const second = await attempt("tsx", words, options);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/a demo runs already, as process \d+/);
    const code = await demo.end();
    expect(code === 0 ? "ok" : demo.text).toBe("ok");
    expect(demo.text).toMatch(/demo: ok in \d+ s/);
    expect(await findRemains()).toEqual([]);
  }, 300_000);

  it("removes what one left that ended with its machine, and cleans up when it is interrupted in a deploy", async () => {
    await leaveRemainsOfADeadDemo();
    const demo = new Demo();
    await demo.says(/removing what is left of one that ended with its machine/);
    await demo.says(/covey_node.*Creation complete|Still creating/);
    demo.interrupt();
    expect(await demo.end()).toBe(130);
    expect(await findRemains()).toEqual([]);
  }, 120_000);

  it("stops before destroying with --keep, writes down how to get in, and is taken down with --down", async () => {
    const kept = new Demo("--keep");
    const code = await kept.end();
    expect(code === 0 ? "ok" : kept.text).toBe("ok");
    const { readFileSync } = await import("node:fs");
    const written = JSON.parse(readFileSync(`${repository}/.covey/demo.json`, "utf8")) as Record<
      string,
      string | string[]
    >;
    expect(Object.keys(written).sort()).toEqual(["api", "ca_file", "dns", "example", "token_file"]);
    const [address, port] = String(written["dns"]).split(":");
    const asked = ["+short", "-p", port ?? "", `@${address ?? ""}`, "web.service.consul"];
    const dug = await attempt("dig", asked, options);
    expect(dug.stdout.trim().split("\n")).toHaveLength(3);
    const covey = coveyOf(written);
    const tasks = JSON.parse(await covey("tasks", "web", "--json")) as TaskView[];
    expect(tasks).toHaveLength(4);
    for (const { id } of tasks)
      expect(await covey("logs", id, "--tail", "1")).toBe(`hello from ${id}\n`);
    for (const { id } of tasks)
      expect(await covey("exec", id, "cat", "/www/index.html")).toBe(`hello from ${id}\n`);
    const used = await covey("top", "web");
    for (const { id, node } of tasks)
      expect(used).toMatch(
        new RegExp(`${id} +web +${node} +\\d\\.\\d\\d +\\d+\\.\\d MiB +32 MiB +\\d`),
      );
    for (const answer of await askedFromWithin(tasks)) expect(answer).toMatch(/^hello from web\./);
    const again = await attempt("tsx", words, options);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/--down/);
    const down = await attempt("tsx", [...words, "--down"], { ...options, deadlineMs: 120_000 });
    expect(down.code === 0 ? "ok" : down.stderr).toBe("ok");
    expect(await findRemains()).toEqual([]);
  }, 300_000);
});
