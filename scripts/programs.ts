import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where an administrator's programs are that not every user's PATH names. */
const systemFolders = ["/usr/sbin", "/sbin"];

/** Its path; undefined: it is not on PATH, nor where the system's own programs are. */
export function findProgram(name: string): string | undefined {
  const onPath = (process.env["PATH"] ?? "").split(delimiter);
  return [...onPath, ...systemFolders]
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
