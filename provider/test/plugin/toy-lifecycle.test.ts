import { existsSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { proveLifecycle } from "@covey/provider/plugin/testing";
import { describeWithTerraform, useToy } from "./toy/workspace";

describeWithTerraform("a resource made with the framework, through the real terraform", () => {
  const toy = useToy();

  it("lives from create to destroy with every kind of attribute", async () => {
    const attributes = `
      ratio    = 0.1
      lines    = ["a", "b"]
      labels   = { x = "1" }
      owner    = { name = "ann" }
      parts    = [{ title = "one" }, { title = "two", weight = 12345678901 }]
      rules    = [{ key = "k" }, { key = "j", allow = false }]
      password = "secret"
    `;
    const path = join(toy.files, "greeting");
    await proveLifecycle(toy.terraform, {
      address: "toy_file.this",
      config: toy.file(`content = "hello"\n${attributes}`),
      update: { config: toy.file(`content = "hello again"\n${attributes}`) },
      import: { id: "greeting" },
      check: {
        created: (state) => {
          expect(state).toEqual({
            id: path,
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
            guarded: null,
          });
          expect(readFileSync(path, "utf8")).toContain('"hasPassword":true');
        },
        updated: ({ size }) => {
          expect(size).toBe(11);
        },
        destroyed: () => {
          expect(existsSync(path)).toBe(false);
        },
      },
    });
  }, 300_000);

  it("does not pass the recipe when a step is not as it must be", async () => {
    const config = toy.file('content = "hello"');
    const proof = proveLifecycle(toy.terraform, {
      address: "toy_file.this",
      config,
      update: { config },
    });
    await expect(proof).rejects.toThrow("the update of toy_file.this");
  }, 300_000);

  it("is replaced where the schema says so", async () => {
    await toy.terraform.apply();
    toy.terraform.configure(toy.file('content = "hello"', "farewell"));
    expect(await toy.terraform.plan()).toEqual({ "toy_file.this": ["delete", "create"] });
    await toy.terraform.apply();
    const exist = ["greeting", "farewell"].map((name) => existsSync(join(toy.files, name)));
    expect(exist).toEqual([false, true]);
  }, 120_000);

  it("is planned again when it drifted, or was deleted behind Terraform's back", async () => {
    await toy.terraform.apply();
    const path = join(toy.files, "greeting");
    writeFileSync(path, readFileSync(path, "utf8").replace("hello", "howdy"));
    expect(await toy.terraform.plan()).toEqual({ "toy_file.this": ["update"] });
    unlinkSync(path);
    expect(await toy.terraform.plan()).toEqual({ "toy_file.this": ["create"] });
  }, 120_000);

  it("can be imported by a block", async () => {
    await toy.terraform.apply();
    await toy.terraform.forget("toy_file.this");
    toy.terraform.configure(`${toy.file('content = "hello"')}
      import {
        to = toy_file.this
        id = "greeting"
      }
    `);
    expect(await toy.terraform.plan()).toEqual({});
    await toy.terraform.apply();
    expect(Object.keys(await toy.terraform.state())).toEqual(["toy_file.this"]);
  }, 120_000);

  it("takes over an object of another type by a moved block, private state included", async () => {
    toy.terraform.configure(
      toy.config('resource "toy_note" "old" {\ntitle = "greeting"\ntext = "hello"\n}'),
    );
    await toy.terraform.apply();
    toy.terraform.configure(`${toy.file('content = "hello"')}
      moved {
        from = toy_note.old
        to   = toy_file.this
      }
    `);
    expect(await toy.terraform.plan()).toEqual({});
    await toy.terraform.apply();
    expect(Object.keys(await toy.terraform.state())).toEqual(["toy_file.this"]);
    expect(toy.terraform.log()).toMatch(/file read: .*made_by=toy_note/u);
  }, 120_000);

  it("says which types it cannot take over", async () => {
    await toy.terraform.apply();
    toy.terraform.configure(
      toy.config(`
        resource "toy_note" "new" {
          title = "greeting"
          text  = "hello"
        }
        moved {
          from = toy_file.this
          to   = toy_note.new
        }
      `),
    );
    const { code, stderr } = await toy.terraform.run(["plan", "-no-color"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/toy_note cannot take over toy_file/u);
  }, 120_000);

  it("can refuse to be destroyed", async () => {
    toy.terraform.configure(toy.file('content = "hello"\nguarded = true'));
    await toy.terraform.apply();
    const refused = await toy.terraform.run(["destroy", "-no-color", "-auto-approve"]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("Guarded file");
    expect(existsSync(join(toy.files, "greeting"))).toBe(true);
    toy.terraform.configure(toy.file('content = "hello"\nguarded = false'));
    await toy.terraform.apply();
    await toy.terraform.destroy();
    expect(existsSync(join(toy.files, "greeting"))).toBe(false);
  }, 120_000);
});
