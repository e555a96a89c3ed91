import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { finished, terraformAvailable, TerraformWorkspace } from "../../src/plugin/testing";
import { bundleProvider } from "./bundle";

const withTerraform = terraformAvailable() ? describe : describe.skip;

withTerraform("a provider made with the framework, through the real terraform", () => {
  let bundle: string;
  let files: string;
  let terraform: TerraformWorkspace;

  beforeAll(async () => {
    bundle = await bundleProvider(join(__dirname, "toy/main.ts"));
  }, 60_000);

  afterAll(() => {
    rmSync(dirname(bundle), { recursive: true, force: true });
  });

  beforeEach(async () => {
    files = mkdtempSync(join(tmpdir(), "toy-files-"));
    terraform = new TerraformWorkspace({
      bundle,
      address: "example.invalid/acme/toy",
      environment: { TOY_PROVIDER_CHECK: "1" },
    });
    configure('content = "hello"');
    await terraform.init();
  }, 60_000);

  afterEach(() => {
    terraform.remove();
    rmSync(files, { recursive: true, force: true });
  });

  it("creates a resource with every kind of attribute, and then has nothing to do", async () => {
    configure(`
      content = "hello"
      ratio   = 0.1
      lines   = ["a", "b"]
      labels  = { x = "1" }
      owner   = { name = "ann" }
      parts   = [{ title = "one" }, { title = "two", weight = 12345678901 }]
      rules   = [{ key = "k" }, { key = "j", allow = false }]
      password = "secret"
    `);
    await terraform.apply();
    expect((await terraform.state())["toy_file.this"]?.values).toEqual({
      id: join(files, "greeting"),
      name: "greeting",
      content: "hello",
      size: 5,
      ratio: 0.1,
      mode: "text",
      labels: { x: "1" },
      lines: ["a", "b"],
      owner: { name: "ann", admin: false, token: "token-ann" },
      parts: [
        { title: "one", weight: 1 },
        { title: "two", weight: 12345678901 },
      ],
      rules: [
        { key: "j", allow: false },
        { key: "k", allow: true },
      ],
      password: null,
      fail: null,
      wait_for: null,
    });
    expect(readFileSync(join(files, "greeting"), "utf8")).toContain('"hasPassword":true');
    expect(await terraform.plan()).toEqual({});
    await terraform.refresh();
    expect(await terraform.plan()).toEqual({});
  }, 120_000);

  it("updates in place, and replaces where the schema says so", async () => {
    await terraform.apply();
    configure('content = "hello again"');
    expect(await terraform.plan()).toEqual({ "toy_file.this": ["update"] });
    await terraform.apply();
    expect(await terraform.plan()).toEqual({});
    configure('content = "hello again"', "farewell");
    expect(await terraform.plan()).toEqual({ "toy_file.this": ["delete", "create"] });
    await terraform.apply();
    expect([existsSync(join(files, "greeting")), existsSync(join(files, "farewell"))]).toEqual([
      false,
      true,
    ]);
  }, 120_000);

  it("notices drift and what was deleted behind its back", async () => {
    await terraform.apply();
    const path = join(files, "greeting");
    writeFileSync(path, readFileSync(path, "utf8").replace("hello", "howdy"));
    expect(await terraform.plan()).toEqual({ "toy_file.this": ["update"] });
    unlinkSync(path);
    expect(await terraform.plan()).toEqual({ "toy_file.this": ["create"] });
  }, 120_000);

  it("imports what exists, and destroys it", async () => {
    await terraform.apply();
    await terraform.run(["state", "rm", "toy_file.this"]);
    await terraform.import("toy_file.this", "greeting");
    expect(await terraform.plan()).toEqual({});
    await terraform.destroy();
    expect(existsSync(join(files, "greeting"))).toBe(false);
    expect(await terraform.state()).toEqual({});
  }, 120_000);

  it("keeps a create that failed half way as tainted, and the next apply converges", async () => {
    configure('content = "hello"\nfail = "please"');
    const failed = await terraform.run(["apply", "-no-color", "-auto-approve"]);
    expect(failed.stderr).toContain("told to fail: please");
    expect(failed.stderr).not.toContain("provider.ts");
    expect((await terraform.state())["toy_file.this"]).toMatchObject({ tainted: true });
    configure('content = "hello"');
    await terraform.apply();
    expect(await terraform.plan()).toEqual({});
  }, 120_000);

  it("keeps the resource in the state when the user interrupts an apply", async () => {
    const gate = join(files, "gate");
    configure(`content = "hello"\nwait_for = ${JSON.stringify(gate)}`);
    const child = terraform.start(["apply", "-no-color", "-auto-approve"]);
    const end = finished(child);
    await until(() => existsSync(`${gate}.waiting`));
    process.kill(-Number(child.pid), "SIGINT");
    expect((await end).code).not.toBe(0);
    expect((await terraform.state())["toy_file.this"]).toMatchObject({ tainted: true });
    writeFileSync(gate, "");
    await terraform.apply();
    expect(await terraform.plan()).toEqual({});
  }, 120_000);

  it("ends when terraform is killed outright", async () => {
    const gate = join(files, "gate");
    configure(`content = "hello"\nwait_for = ${JSON.stringify(gate)}`);
    const child = terraform.start(["apply", "-no-color", "-auto-approve"]);
    const end = finished(child);
    await until(() => existsSync(`${gate}.waiting`));
    const provider = Number(readFileSync(`${gate}.waiting`, "utf8"));
    expect(isRunning(provider)).toBe(true);
    child.kill("SIGKILL");
    await end;
    await until(() => !isRunning(provider));
  }, 120_000);

  it("serves terraform from under a debugger", async () => {
    const child = spawn(process.execPath, [bundle, "--debug"]);
    try {
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      const reattach = /^TF_REATTACH_PROVIDERS='(.*)'$/mu.exec(line.toString())?.[1] ?? "";
      terraform.environment["TF_REATTACH_PROVIDERS"] = reattach;
      await terraform.apply();
      expect(await terraform.plan()).toEqual({});
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill("SIGINT");
      await once(child, "exit");
    }
  }, 120_000);

  it("points at the attribute that is wrong", async () => {
    configure('content = "forbidden"', "BAD NAME");
    const { stderr } = await terraform.run(["validate", "-no-color"]);
    expect(stderr).toMatch(/name = "BAD NAME"[^]*Must be a file name of a-z/u);
  }, 120_000);

  it("ends without being killed, and writes a log that terraform understands", async () => {
    await terraform.apply();
    await terraform.refresh();
    const log = terraform.log();
    expect(log).not.toContain("plugin failed to exit gracefully");
    expect(log).toMatch(
      /\[INFO\] +provider\.terraform-provider-toy_v0\.1\.0: file read: .*made_by=toy/u,
    );
  }, 120_000);

  function configure(body: string, name = "greeting"): void {
    terraform.configure(`
      terraform {
        required_providers {
          toy = { source = "example.invalid/acme/toy" }
        }
      }
      provider "toy" {
        path = ${JSON.stringify(files)}
      }
      data "toy_folder" "sub" {
        name = "sub"
      }
      resource "toy_file" "this" {
        name = ${JSON.stringify(name)}
        ${body}
      }
      output "folder" {
        value = data.toy_folder.sub.path
      }
    `);
  }
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for what another process does; there is no event to wait for. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error("waited 30 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
