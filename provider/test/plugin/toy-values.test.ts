import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "@covey/provider/plugin/testing";
import { describeWithTerraform, until, useToy } from "./toy/workspace";

describeWithTerraform("what a provider gives besides resources, through the real terraform", () => {
  const toy = useToy();
  const tokens = (): string => readFileSync(join(toy.files, "tokens.log"), "utf8");

  it("is functions, with every kind of parameter", async () => {
    toy.terraform.configure(
      toy.config(`
        resource "terraform_data" "who" {
          input = "somebody"
        }
        output "path" {
          value = provider::toy::join_path("/a", "b", "c")
        }
        output "bare" {
          value = provider::toy::join_path("/a")
        }
        output "known" {
          value = provider::toy::describe({ name = "x", sizes = [1, 2.5] }, null)
        }
        output "open" {
          value = provider::toy::describe({ name = null, sizes = [] }, "ann")
        }
      `),
    );
    await toy.terraform.apply();
    expect(await toy.terraform.outputs()).toEqual({
      path: "/a/b/c",
      bare: "/a",
      known: { name: "x", total: "3.5", by: "nobody" },
      open: { name: "nameless", total: "0", by: "ann" },
    });
  }, 120_000);

  it("is functions that point at the argument that is wrong", async () => {
    toy.terraform.configure(
      toy.config('output "path" {\n  value = provider::toy::join_path("/a", "b", "c/d")\n}'),
    );
    const { stderr } = await toy.terraform.run(["plan", "-no-color"]);
    expect(stderr).toMatch(/"c\/d"[^]*A name must not contain a slash/u);
  }, 120_000);

  it("is ephemeral values, which feed write-only attributes and are stored nowhere", async () => {
    toy.terraform.configure(
      toy.config(`
        ephemeral "toy_token" "login" {
          name = "ann"
        }
        resource "toy_file" "this" {
          name     = "greeting"
          content  = "hello"
          password = ephemeral.toy_token.login.value
        }
      `),
    );
    await toy.terraform.plan();
    expect(readFileSync(join(toy.terraform.directory, "plan.bin"))).not.toContain("token-of-ann");
    await toy.terraform.apply();
    expect(toy.terraform.stateFile()).not.toContain("token-of-ann");
    expect(toy.terraform.log()).not.toContain("token-of-ann");
    expect(readFileSync(join(toy.files, "greeting"), "utf8")).toContain('"hasPassword":true');
    expect(tokens()).toMatch(/^(open ann\nclose ann\n)+$/u);
    expect(await toy.terraform.plan()).toEqual({});
  }, 120_000);

  it("is ephemeral values that are renewed while they are in use", async () => {
    const gate = join(toy.files, "gate");
    toy.terraform.configure(
      toy.config(`
        ephemeral "toy_token" "login" {
          name        = "ann"
          renew_in_ms = 300
        }
        resource "toy_file" "this" {
          name     = "greeting"
          content  = "hello"
          password = ephemeral.toy_token.login.value
          wait_for = ${JSON.stringify(gate)}
        }
      `),
    );
    const end = finished(toy.terraform.start(["apply", "-no-color", "-auto-approve"]));
    await until(() => existsSync(`${gate}.waiting`));
    const before = tokens().split("renew ann").length;
    await until(() => tokens().split("renew ann").length >= before + 2);
    writeFileSync(gate, "");
    expect((await end).code).toBe(0);
    expect(tokens().trimEnd().endsWith("close ann")).toBe(true);
  }, 120_000);

  it("is data, which knows of the module's provider_meta block", async () => {
    toy.terraform.configure(
      toy.config(`
        data "toy_folder" "sub" {
          name = "sub"
        }
        output "folder" {
          value = data.toy_folder.sub
        }
      `),
    );
    await toy.terraform.apply();
    expect(await toy.terraform.outputs()).toEqual({
      folder: { name: "sub", path: join(toy.files, "sub"), module: "root" },
    });
  }, 120_000);
});
