import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/command";
import { repository, terraformConfig } from "../../scripts/paths";

const generatedDir = join(repository, "constructs/src/generated");

function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

describe("the generated constructs", () => {
  const work = mkdtempSync(join(tmpdir(), "covey-generated-"));
  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  it("are those of the provider as it is built now; `npm run generate` makes them so", async () => {
    if (!existsSync(terraformConfig))
      throw new Error("no provider in the mirror: run scripts/setup first");
    const script = join(repository, "scripts/generate-constructs.ts");
    await run(join(repository, "node_modules/.bin/tsx"), [script, join(work, "fresh")]);
    expect(filesOf(join(work, "fresh"))).toEqual(filesOf(generatedDir));
  }, 60_000);
});
