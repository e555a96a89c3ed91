import { existsSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../wait";

const root = "/sys/fs/cgroup";
const removeWithinMs = 10_000;

/** Its folders: one (version 2), or one for each controller (version 1). */
export function cgroupsOf(name: string): readonly string[] {
  if (!existsSync(root)) return [];
  const hierarchies = [root, ...foldersIn(root)];
  return hierarchies.map((hierarchy) => join(hierarchy, name)).filter((one) => existsSync(one));
}

/** With those in it; again where one is still busy with a process that has just ended. */
export async function removeCgroups(name: string): Promise<void> {
  const options = { what: `cgroups ${name} to be removed`, deadlineMs: removeWithinMs };
  await waitFor(options, () => {
    for (const folder of cgroupsOf(name)) removeTree(folder);
    return Promise.resolve(true);
  });
}

/** The files in a cgroup are the kernel's: only folders are removed, the inner ones first. */
function removeTree(folder: string): void {
  for (const inner of foldersIn(folder)) removeTree(inner);
  rmdirSync(folder);
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}
