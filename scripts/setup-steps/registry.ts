import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { attempt, run } from "../command";
import { cacheDir, cachedRegistry } from "../paths";
import { findProgram } from "../programs";
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
  mkdirSync(dirname(cachedRegistry), { recursive: true });
  const work = mkdtempSync(join(cacheDir, "registry-"));
  const leave = (): void => {
    rmSync(work, { recursive: true, force: true });
  };
  process.once("exit", leave);
  try {
    await unpackPackage(work);
  } catch (error) {
    say(`no lab on this machine: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    leave();
    process.removeListener("exit", leave);
  }
}

async function unpackPackage(work: string): Promise<void> {
  // As root apt would fetch as a user of its own, who may not write there.
  const download = ["-q", "-o", "APT::Sandbox::User=root", "download", "docker-registry"];
  const options = { cwd: work, deadlineMs: downloadWithinMs };
  if ((await attempt("apt-get", download, options)).code !== 0) {
    await run("apt-get", ["-q", "update"], options);
    await run("apt-get", download, options);
  }
  const archive = readdirSync(work).find((name) => name.endsWith(".deb"));
  if (archive === undefined) throw new Error("apt-get download docker-registry left no package");
  await run("dpkg-deb", ["-x", join(work, archive), join(work, "unpacked")]);
  const program = join(work, "unpacked/usr/bin/docker-registry");
  chmodSync(program, 0o755);
  await run(program, ["--version"]);
  renameSync(program, cachedRegistry);
}
