import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram } from "../bundle";

/** The toy provider in one file, for as long as `use` takes. */
export async function withToyProvider<T>(use: (bundle: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "covey-bench-toy-"));
  try {
    const bundle = join(folder, "terraform-provider-toy");
    await bundleProgram(join(__dirname, "toy/main.ts"), bundle);
    return await use(bundle);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
