import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { attempt, run } from "../command";
import { cachedConsul } from "../paths";
import { findProgram } from "../programs";
import { inScratch, takeProgram } from "./debian-package";
import { say } from "./say";

const suite = "bullseye";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const downloadWithinMs = 180_000;

/**
 * Consul: the one on PATH, else ours in the cache, else the package of Debian 11 put into the cache. apt checks the suite's
 * signature against Debian's keyring and the package against the suite; it works in folders of its own, so that the system's
 * sources, lists and packages stay as they are.
 */
export async function ensureConsul(): Promise<string> {
  const onPath = findProgram("consul");
  if (onPath) return onPath;
  if (existsSync(cachedConsul)) return cachedConsul;
  if (!existsSync(keyring))
    throw new Error(
      `no Consul on PATH, and ${keyring} (package debian-archive-keyring) is missing to check Debian's with: install either`,
    );
  say(`fetching Consul (Debian 11's package) into ${dirname(cachedConsul)}`);
  await inScratch("consul", async (folder) => fetchPackage(folder, await debianMirror()));
  return cachedConsul;
}

async function fetchPackage(folder: string, mirror: string): Promise<void> {
  const env = { ...process.env, APT_CONFIG: await privateConfiguration(folder, mirror) };
  const options = { cwd: folder, env, deadlineMs: downloadWithinMs };
  await run("apt-get", ["-q", "update"], options);
  await run("apt-get", ["-q", "download", "consul"], options);
  await takeProgram(folder, { path: "usr/bin/consul", tried: "version", target: cachedConsul });
}

/** apt's configuration with one suite, folders below `work`, and of the system's own only how to reach the network. */
async function privateConfiguration(work: string, mirror: string): Promise<string> {
  for (const folder of ["lists/partial", "archives/partial", "sources", "none"])
    mkdirSync(join(work, folder), { recursive: true });
  const network = (await run("apt-config", ["dump"]))
    .split("\n")
    .filter((line) => line.startsWith("Acquire::") && !line.startsWith("Acquire::IndexTargets"));
  const sources = join(work, "sources/debian.sources");
  writeFileSync(
    sources,
    `Types: deb\nURIs: ${mirror}\nSuites: ${suite}\nComponents: main\nSigned-By: ${keyring}\n`,
  );
  const file = join(work, "apt.conf");
  const settings = [
    ...network,
    'Acquire::Languages "none";',
    'Dir::Etc::main "/dev/null";',
    `Dir::Etc::parts "${join(work, "none")}";`,
    'Dir::Etc::sourcelist "/dev/null";',
    `Dir::Etc::sourceparts "${join(work, "sources")}";`,
    `Dir::State::lists "${join(work, "lists")}";`,
    `Dir::Cache::archives "${join(work, "archives")}";`,
    'Dir::Cache::pkgcache "";',
    'Dir::Cache::srcpkgcache "";',
    'APT::Sandbox::User "root";',
  ];
  writeFileSync(file, `${settings.join("\n")}\n`);
  return file;
}

/** The Debian mirror this system itself takes its packages from. */
async function debianMirror(): Promise<string> {
  const found = await mirrorOfSources();
  if (found !== undefined) return found;
  await attempt("apt-get", ["-q", "update"], { deadlineMs: downloadWithinMs });
  const again = await mirrorOfSources();
  if (again !== undefined) return again;
  throw new Error(
    "no Consul on PATH, and apt's sources name no Debian mirror to take one from: put a consul program (1.8 or newer) on PATH",
  );
}

async function mirrorOfSources(): Promise<string | undefined> {
  const format = "$(LABEL)\t$(COMPONENT)\t$(REPO_URI)";
  const targets = await run("apt-get", [
    "indextargets",
    "--format",
    format,
    "Created-By: Packages",
  ]);
  const rows = targets.split("\n").map((line) => line.split("\t"));
  return rows.find(([label, component]) => label === "Debian" && component === "main")?.[2];
}
