import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { ToolProbe } from "../fakes/needs";

/** COVEY_CONSUL, else the PATH's, else the one scripts/setup keeps. */
function findConsul(): string | undefined {
  const named = process.env["COVEY_CONSUL"];
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...folders.map((folder) => join(folder, "consul")),
    join(homedir(), ".cache/covey/bin/consul"),
  ];
  return candidates.find((path) => existsSync(path));
}

export const consulProbe: ToolProbe = () =>
  findConsul() === undefined
    ? "no consul on PATH, in ~/.cache/covey/bin or named by COVEY_CONSUL; run scripts/setup"
    : undefined;

export function consulBinary(): string {
  const found = findConsul();
  if (found === undefined) throw new Error(consulProbe() ?? "");
  return found;
}
