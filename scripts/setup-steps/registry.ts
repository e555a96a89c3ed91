import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { attempt, run } from "../command";
import { cachedRegistry } from "../paths";
import { findProgram } from "../programs";
import { inScratch, takeProgram } from "./debian-package";
import { say } from "./say";

const downloadWithinMs = 180_000;

/**
 * The lab's registry: docker-registry on PATH, else ours in the cache, else Debian's package unpacked into the cache. It is not
 * installed: its package would start it as a service of this machine. Without it only the lab is missing.
 */
export async function ensureRegistry(): Promise<void> {
  if (findProgram("docker-registry") !== undefined || existsSync(cachedRegistry)) return;
  if (findProgram("apt-get") === undefined || process.getuid?.() !== 0) return;
  say(`fetching docker-registry (Debian's package) into ${dirname(cachedRegistry)}`);
  try {
    await inScratch("registry", fetchPackage);
  } catch (error) {
    say(`no lab on this machine: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function fetchPackage(folder: string): Promise<void> {
  // As root apt would fetch as a user of its own, who may not write there.
  const download = ["-q", "-o", "APT::Sandbox::User=root", "download", "docker-registry"];
  const options = { cwd: folder, deadlineMs: downloadWithinMs };
  if ((await attempt("apt-get", download, options)).code !== 0) {
    await run("apt-get", ["-q", "update"], options);
    await run("apt-get", download, options);
  }
  const path = "usr/bin/docker-registry";
  await takeProgram(folder, { path, tried: "--version", target: cachedRegistry });
}
