import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished, type TerraformRun } from "@covey/provider/plugin/testing";
import { describeWithTerraform, isRunning, until, useToy } from "./toy/workspace";

const APPLY = ["apply", "-no-color", "-auto-approve"];

describeWithTerraform("when an apply goes wrong, through the real terraform", () => {
  const toy = useToy();

  it("a create that failed half way is kept as tainted, and the next apply converges", async () => {
    toy.terraform.configure(toy.file('content = "hello"\nfail = "please"'));
    const failed = await toy.terraform.run(APPLY);
    expect(failed.stderr).toContain("told to fail: please");
    expect(failed.stderr).not.toContain("provider.js");
    await expectTaintedThenConverged();
  }, 120_000);

  it("a provider that throws what is no Error fails with a diagnostic, without a stack", async () => {
    toy.terraform.configure(toy.file('content = "hello"\nfail = "panic"'));
    const failed = await toy.terraform.run(APPLY);
    expect(failed.stderr).toMatch(/Creating toy_file failed[^]*not an Error/u);
    expect(failed.stderr).not.toMatch(/ at |provider\.js/u);
    await expectTaintedThenConverged();
  }, 120_000);

  it("the stack is shown when TF_LOG asks for it, and only then", async () => {
    toy.terraform.environment["TF_LOG_PROVIDER"] = "DEBUG";
    toy.terraform.configure(toy.file('content = "hello"\nfail = "please"'));
    const failed = await toy.terraform.run(APPLY);
    expect(failed.stderr).toMatch(/told to fail: please[^]*provider-toy_v0\.1\.0:\d+/u);
    // Terraform puts a line's fields in any order, and a field of several lines on lines of its own.
    expect(toy.terraform.log()).toMatch(/Creating toy_file threw:\s[^]*stack=/u);
  }, 120_000);

  it("an interrupted create is kept as tainted, and the next apply converges", async () => {
    const { run } = await during("create", ({ group }) => process.kill(group, "SIGINT"));
    expect(run.code).not.toBe(0);
    expect(run.stdout + run.stderr).toContain("interrupted");
    await expectTaintedThenConverged();
  }, 120_000);

  it("an interrupted update keeps the resource, untainted, and the next apply converges", async () => {
    await toy.terraform.apply();
    const { run } = await during("update", ({ group }) => process.kill(group, "SIGINT"));
    expect(run.code).not.toBe(0);
    const kept = (await toy.terraform.state())["toy_file.this"];
    expect(kept?.values).toMatchObject({ name: "greeting" });
    expect(kept?.tainted).not.toBe(true);
    await expectConverged();
  }, 120_000);

  it("the provider ends when terraform is killed outright, and the next apply converges", async () => {
    const { provider } = await during("create", ({ terraform }) => {
      process.kill(terraform, "SIGKILL");
    });
    await until(() => !isRunning(provider));
    await expectConverged();
  }, 120_000);

  it("a provider that is killed outright fails the apply, and the next one converges", async () => {
    const { run } = await during("create", ({ provider }) => process.kill(provider, "SIGKILL"));
    expect(run.code).toBe(1);
    // Which of the two depends on whether Terraform first misses the process or its connection.
    expect(run.stderr).toMatch(/Plugin did not respond|Request cancelled/u);
    await expectConverged();
  }, 120_000);

  it("errors point at the attributes that are wrong, each at its own line", async () => {
    toy.terraform.configure(
      toy.config(`
        resource "toy_file" "this" {
          name    = "BAD NAME"
          content = "hello"
        }
        resource "toy_file" "other" {
          name    = "other"
          content = "forbidden"
        }
      `),
    );
    const { stderr } = await toy.terraform.run(["validate", "-no-color"]);
    expect(stderr).toMatch(/name += "BAD NAME"[^]*Must be a file name of a-z/u);
    expect(stderr).toMatch(/content += "forbidden"[^]*Choose other words/u);
  }, 120_000);

  it("warnings are shown and stop nothing", async () => {
    toy.terraform.configure(toy.file('content = "dull"'));
    const { code, stdout } = await toy.terraform.run(APPLY);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Warning: Dull content[^]*Nobody will read it/u);
  }, 120_000);

  interface Processes {
    readonly terraform: number;
    readonly provider: number;
    /** To signal all of them at once, as Ctrl-C does. */
    readonly group: number;
  }

  /** Does something to an apply that waits in the middle of a create or update. */
  async function during(
    operation: "create" | "update",
    interfere: (processes: Processes) => void,
  ): Promise<{ readonly run: TerraformRun; readonly provider: number }> {
    const gate = join(toy.files, "gate");
    const content = operation === "create" ? "hello" : "hello again";
    toy.terraform.configure(toy.file(`content = "${content}"\nwait_for = ${JSON.stringify(gate)}`));
    const child = toy.terraform.start(APPLY);
    const end = finished(child);
    await until(() => existsSync(`${gate}.waiting`));
    const provider = Number(readFileSync(`${gate}.waiting`, "utf8"));
    expect(isRunning(provider)).toBe(true);
    interfere({ terraform: Number(child.pid), provider, group: -Number(child.pid) });
    const run = await end;
    writeFileSync(gate, "");
    return { run, provider };
  }

  async function expectTaintedThenConverged(): Promise<void> {
    expect((await toy.terraform.state())["toy_file.this"]).toMatchObject({ tainted: true });
    await expectConverged();
  }

  /** Nothing is left over: the one resource there is belongs to the state, and is gone after a destroy. */
  async function expectConverged(): Promise<void> {
    toy.terraform.configure(toy.file('content = "hello"'));
    await toy.terraform.apply();
    expect(await toy.terraform.plan()).toEqual({});
    await toy.terraform.destroy();
    expect(existsSync(join(toy.files, "greeting"))).toBe(false);
  }
});
