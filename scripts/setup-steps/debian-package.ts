import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../command";
import { cacheDir } from "../paths";

/** A folder of its own in the cache, gone afterwards, also where the process is ended. */
export async function inScratch(
  name: string,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  mkdirSync(cacheDir, { recursive: true });
  const folder = mkdtempSync(join(cacheDir, `${name}-`));
  const leave = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", leave);
  try {
    await work(folder);
  } finally {
    leave();
    process.removeListener("exit", leave);
  }
}

/**
 * Takes one program out of the only package in `folder`, which is not installed. It is tried before it is put to `target`.
 * @throws Error where there is no package, or the program does not run
 */
export async function takeProgram(
  folder: string,
  {
    path,
    tried,
    target,
  }: { readonly path: string; readonly tried: string; readonly target: string },
): Promise<void> {
  const archive = readdirSync(folder).find((name) => name.endsWith(".deb"));
  if (archive === undefined) throw new Error(`apt-get download left no package with ${path}`);
  await run("dpkg-deb", ["-x", join(folder, archive), join(folder, "unpacked")]);
  const program = join(folder, "unpacked", path);
  chmodSync(program, 0o755);
  await run(program, [tried]);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(program, target);
}
