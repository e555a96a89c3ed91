/** A service from birth to death through the real Terraform, on a cluster of one node. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../scripts/command";
import { processesOf } from "../../scripts/demo/processes";
import { waitFor } from "../../scripts/wait";
import { OneNode } from "./one-node";
import { expectDone, TerraformProject } from "./terraform-project";

const place = new OneNode("life", "127.78.1.1");
const project = new TerraformProject();

async function containers(): Promise<string[]> {
  const listed = await run("docker", [
    "ps",
    "-q",
    "--no-trunc",
    "--filter",
    "label=covey.cluster=life",
  ]);
  return listed
    .split("\n")
    .filter((id) => id !== "")
    .sort();
}

beforeAll(async () => {
  place.write(project, { web: place.service({ instances: 2 }) });
  expectDone(await project.init());
}, 60_000);

afterAll(async () => {
  await project.destroy();
  project.remove();
  place.remove();
}, 120_000);

describe("a service described in Terraform", () => {
  it("is planned before its cluster exists", async () => {
    expect(await project.plan()).toMatchObject({ code: 2 });
  }, 60_000);

  it("runs healthy when apply returns, and the next plan is empty", async () => {
    const applied = await project.apply();
    expectDone(applied);
    expect(project.attributes("covey_service", "web")).toMatchObject({ healthy: 2 });
    expect(await containers()).toHaveLength(2);
    const planned = await project.plan();
    expectDone(planned);
  }, 120_000);

  it("is scaled in place, leaving the running instances alone", async () => {
    const before = await containers();
    place.write(project, { web: place.service({ instances: 3 }) });
    expectDone(await project.apply());
    const after = await containers();
    expect(after).toHaveLength(3);
    expect(after).toEqual(expect.arrayContaining(before));
  }, 120_000);

  it("is changed in place, instance by instance, to all new containers", async () => {
    const before = await containers();
    place.write(project, { web: place.service({ instances: 3, env: { COLOUR: "blue" } }) });
    const applied = await project.apply();
    expect(applied.text).toContain("1 changed");
    expectDone(applied);
    const after = await waitFor(
      { what: "the old instances to be gone", deadlineMs: 20_000 },
      async () => {
        const now = await containers();
        return now.length === 3 ? now : undefined;
      },
    );
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  }, 120_000);

  it("gives its instances their secrets as files, and others when they change", async () => {
    for (const value of ["first-7391", "second-7391"]) {
      place.write(project, { web: place.service({ instances: 1, secrets: { DB: value } }) });
      expectDone(await project.apply());
      const [id] = await waitFor(
        { what: "the old instances to be gone", deadlineMs: 30_000 },
        async () => {
          const now = await containers();
          return now.length === 1 ? now : undefined;
        },
      );
      expect(await run("docker", ["exec", id ?? "", "cat", "/run/secrets/DB"])).toBe(value);
      expect(await run("docker", ["inspect", id ?? ""])).not.toContain(value);
      const planned = await project.plan();
      expectDone(planned);
      expect(planned.text).not.toContain(value);
    }
    place.write(project, { web: place.service({ instances: 3, env: { COLOUR: "blue" } }) });
    expectDone(await project.apply());
  }, 180_000);

  it("shows on refresh what was changed behind Terraform's back", async () => {
    const access = String(project.attributes("covey_cluster", "c")?.["access_key"]);
    await scaleByApi(access, 1);
    const planned = await project.plan();
    expect(planned).toMatchObject({ code: 2 });
    expect(planned.text).toMatch(/instances\s+= 1 -> 3/);
    expectDone(await project.apply());
  }, 120_000);

  it("is imported by its name, as its node is by its data directory and its cluster by its join key", async () => {
    const cluster = project.attributes("covey_cluster", "c");
    const joinKeyFile = join(project.dir, "join-key");
    writeFileSync(joinKeyFile, String(cluster?.["join_key"]), { mode: 0o600 });
    process.env["COVEY_ACCESS_KEY"] = String(cluster?.["access_key"]);
    process.env["COVEY_JOIN_KEY_FILE"] = joinKeyFile;
    try {
      for (const [address, id] of [
        ["covey_service.web", "web"],
        ["covey_node.n1", place.dataDir],
        ["covey_cluster.c", joinKeyFile],
      ] as const) {
        expectDone(await project.terraform("state", "rm", address));
        expectDone(await project.terraform("import", address, id));
      }
    } finally {
      delete process.env["COVEY_ACCESS_KEY"];
      delete process.env["COVEY_JOIN_KEY_FILE"];
    }
    const before = await containers();
    expectDone(await project.apply());
    expectDone(await project.plan());
    expect(await containers()).toEqual(before);
  }, 120_000);

  it("leaves nothing behind when everything is destroyed", async () => {
    const destroyed = await project.destroy();
    expectDone(destroyed);
    expect(await containers()).toEqual([]);
    expect(processesOf(place.folder)).toEqual([]);
    expect(existsSync(place.dataDir)).toBe(false);
  }, 120_000);
});

interface Access {
  readonly endpoints: readonly string[];
  readonly ca: string;
  readonly token: string;
}

/** As somebody with the access key and an HTTP client would. */
async function scaleByApi(accessKey: string, instances: number): Promise<void> {
  const { endpoints, ca, token } = JSON.parse(
    Buffer.from(accessKey.split(".")[1] ?? "", "base64url").toString(),
  ) as Access;
  const { request } = await import("node:https");
  const call = (method: string, body?: unknown): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = request(
        `${endpoints[0] ?? ""}/v1/services/web`,
        {
          method,
          ca,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        },
        (answer) => {
          let text = "";
          answer.on("data", (chunk) => (text += String(chunk)));
          answer.on("end", () => {
            if ((answer.statusCode ?? 500) < 300) resolve(text);
            else reject(new Error(text));
          });
        },
      );
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const view = JSON.parse(await call("GET")) as { spec: Record<string, unknown> };
  await call("PUT", { ...view.spec, instances });
}
