import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { run } from "../command";

/** Marks in Node's binary where the script belongs (https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html). */
const fuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
const injectWithinMs = 300_000;

/**
 * One program of this machine's Node.js and the bundle; needs nothing installed where it runs but the C and C++ libraries that
 * Node.js itself needs. What lies in between is left beside the bundle. Without V8's code cache: it gains 4 ms, and is
 * refused by other processors than the one it was made on.
 */
export async function makeSingleExecutable(bundle: string, to: string): Promise<void> {
  const cwd = dirname(bundle);
  // Names without folders: the bundle's becomes part of the program, which shall be the same wherever it is made.
  const [config, blob] = ["single-executable.json", "single-executable.blob"];
  const settings = { main: basename(bundle), output: blob, disableExperimentalSEAWarning: true };
  writeFileSync(join(cwd, config), JSON.stringify(settings));
  await run(process.execPath, ["--experimental-sea-config", config], { cwd });
  copyFileSync(process.execPath, to);
  chmodSync(to, 0o755);
  const postject = require.resolve("postject/dist/cli.js");
  await run(
    process.execPath,
    [postject, to, "NODE_SEA_BLOB", join(cwd, blob), "--sentinel-fuse", fuse],
    {
      deadlineMs: injectWithinMs,
    },
  );
}
