import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { repository } from "./paths";

/** SHA-256 over names and contents of files and of all files below folders, in a fixed order; what is not there counts as such. */
export function hashOf(
  paths: readonly string[],
  skip: (path: string) => boolean = () => false,
): string {
  const hash = createHash("sha256");
  for (const path of paths) addTo(hash, path, skip);
  return hash.digest("hex");
}

function addTo(
  hash: ReturnType<typeof createHash>,
  path: string,
  skip: (path: string) => boolean,
): void {
  if (skip(path)) return;
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) {
    for (const name of readdirSync(path).sort()) addTo(hash, join(path, name), skip);
    return;
  }
  hash.update(`${relative(repository, path)}\0`);
  hash.update(status ? readFileSync(path) : "absent");
}
