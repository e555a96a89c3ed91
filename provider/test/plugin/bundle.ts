import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles a provider's main file into one executable JavaScript file in a new temporary directory, and gives its path. */
export async function bundleProvider(entry: string): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), "provider-bundle-")), "provider.js");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // What is written anywhere finds the door, also outside this repository.
    alias: { "@covey/provider/plugin": join(__dirname, "../../src/plugin/index.ts") },
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "error",
  });
  return outfile;
}
