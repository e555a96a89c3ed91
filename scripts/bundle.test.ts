import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProvider } from "./bundle";

describe("the provider's bundle", () => {
  const folder = mkdtempSync(join(tmpdir(), "covey-bundle-"));
  const program = join(folder, "terraform-provider-covey");

  beforeAll(() => bundleProvider(program), 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("has npm packages in files of their own, and only those the provider uses", () => {
    const files = readdirSync(join(folder, "lib"));
    expect(files).toEqual(expect.arrayContaining(["dockerode.js", "peculiar-x509.js"]));
    // The contract's schemas are the agent's; of the contract the provider uses types, limits and the client.
    expect(files).not.toContain("zod.js");
    // Our own code is 403 kB; a library that slips in is more than is left.
    expect(readFileSync(program, "utf8").length).toBeLessThan(405_000);
  });

  it("has libraries that load from where they lie", () => {
    const load = createRequire(program);
    for (const file of readdirSync(join(folder, "lib")).sort((a) => (a.startsWith("ref") ? -1 : 1)))
      expect(load(`./lib/${file}`)).toBeTruthy();
  });
});
