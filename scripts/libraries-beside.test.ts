import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { attempt } from "./command";
import { LibrariesBeside } from "./libraries-beside";

describe("npm packages beside a bundle", () => {
  const folder = mkdtempSync(join(tmpdir(), "covey-libraries-"));
  const main = join(folder, "out/main.js");
  const libraries = new LibrariesBeside();

  beforeAll(() => {
    for (const name of ["@house/greeting", "unused"]) {
      mkdirSync(join(folder, "node_modules", name), { recursive: true });
      writeFileSync(join(folder, "node_modules", name, "index.js"), "exports.text = 'hello';\n");
    }
    writeFileSync(
      join(folder, "main.js"),
      `import { join } from "node:path";
import { text } from "./other";
process.stdout.write(join("up", " "));
void text().then((found) => process.stdout.write(found));\n`,
    );
    writeFileSync(
      join(folder, "other.js"),
      `import { text as unused } from "unused";
export const text = async () => (await import("@house/greeting")).text;
export const other = () => unused;\n`,
    );
    writeFileSync(join(folder, "package.json"), `{ "sideEffects": false }`);
    writeFileSync(
      join(folder, "node_modules/unused/package.json"),
      `{ "name": "unused", "sideEffects": false }`,
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("are the ones that are used, under names that are file names", async () => {
    const { metafile } = await build({
      entryPoints: [join(folder, "main.js")],
      outfile: main,
      bundle: true,
      platform: "node",
      format: "cjs",
      metafile: true,
      plugins: [libraries.plugin],
      logLevel: "silent",
    });
    expect(libraries.usedIn(metafile)).toEqual([
      { entry: join(folder, "node_modules/@house/greeting/index.js"), file: "house-greeting.js" },
    ]);
  });

  it("may be missing until they are used, and are then named", async () => {
    const { stdout, stderr, code } = await attempt(process.execPath, [main]);
    expect([stdout, code]).toEqual(["up/ ", 1]);
    expect(stderr).toContain(
      `${join(folder, "out/lib/house-greeting.js")} cannot be loaded: it belongs beside the provider's own program, which is not wholly installed`,
    );
  });

  it("are found in lib/ beside the program", async () => {
    mkdirSync(join(folder, "out/lib"));
    writeFileSync(join(folder, "out/lib/house-greeting.js"), "exports.text = 'hello';\n");
    expect((await attempt(process.execPath, [main])).stdout).toBe("up/ hello");
  });
});
