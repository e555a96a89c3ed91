import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { proveLifecycle, TerraformWorkspace } from "@covey/provider/plugin/testing";
import { bundleProvider } from "./bundle";
import { describeWithTerraform } from "./toy/workspace";

const page = readFileSync(join(__dirname, "../../../docs/plugin.md"), "utf8");

describeWithTerraform("the provider in docs/plugin.md", () => {
  it("is whole: it runs as it stands there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "notes-"));
    const source = join(folder, "main.ts");
    writeFileSync(source, /```ts\n([^]*?)```/u.exec(page)?.[1] ?? "");
    const bundle = await bundleProvider(source);
    const terraform = new TerraformWorkspace({
      bundle,
      address: "example.invalid/acme/notes",
      environment: { NOTES_PROVIDER_CHECK: "1" },
    });
    const config = (text: string): string => `
      terraform {
        required_providers {
          notes = { source = "example.invalid/acme/notes" }
        }
      }
      provider "notes" {
        folder = ${JSON.stringify(folder)}
      }
      resource "notes_note" "this" {
        title = "a"
        text  = provider::notes::shout(${JSON.stringify(text)})
      }
    `;
    try {
      terraform.configure(config("hello"));
      await terraform.init();
      await proveLifecycle(terraform, {
        address: "notes_note.this",
        config: config("hello"),
        update: { config: config("bye") },
        import: { id: "a" },
        check: {
          created: () => {
            expect(readFileSync(join(folder, "a"), "utf8")).toBe("HELLO");
          },
          destroyed: () => {
            expect(existsSync(join(folder, "a"))).toBe(false);
          },
        },
      });
    } finally {
      terraform.remove();
      rmSync(dirname(bundle), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);
});
