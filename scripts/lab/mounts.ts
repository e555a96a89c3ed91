import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { waitFor } from "../wait";

const oneWithinMs = 5000;
const unmountWithinMs = 10_000;

/** What is mounted in a folder or on it, the last one first. */
export function mountsBelow(folder: string): readonly string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .flatMap((line) => line.split(" ")[4] ?? [])
    .filter((point) => point === folder || point.startsWith(`${folder}/`))
    .reverse();
}

/** Again where one is still busy: the kernel lets go a little after a process has ended. */
export async function unmountBelow(folder: string): Promise<void> {
  const options = { what: `${folder} to be unmounted`, deadlineMs: unmountWithinMs };
  await waitFor(options, () => {
    for (const point of mountsBelow(folder))
      execFileSync("umount", [point], {
        stdio: ["ignore", "ignore", "pipe"],
        timeout: oneWithinMs,
      });
    return Promise.resolve(true);
  });
}
