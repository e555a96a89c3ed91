/**
 * Completes package-lock.json after an `npm install` against a mirror that holds packages of some platforms only: npm then
 * leaves the others out of the lock, and `npm ci` refuses it everywhere. Entries added here carry no integrity hash; an
 * install on such a platform from a full registry is still bound to the exact version.
 *
 *     npx tsx scripts/complete-lock.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./paths";

interface Entry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly license?: string;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  packages: Record<string, Entry>;
}

const cpus = ["arm64", "x64", "ia32", "ppc64", "s390x", "riscv64", "loong64", "arm"];
const systems = ["darwin", "linux", "win32", "freebsd", "android", "openharmony"];

/** Missing optional packages whose names tell their platform, as lock entries. */
export function missingPlatforms(packages: Lock["packages"]): Lock["packages"] {
  const missing: Lock["packages"] = {};
  for (const [path, entry] of Object.entries(packages)) {
    if (path === "" || entry.inBundle === true) continue;
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (packages[`node_modules/${name}`] ?? packages[`${path}/node_modules/${name}`]) continue;
      const platform = platformOf(name);
      if (!platform || !/^\d+\.\d+\.\d+/.test(version)) continue;
      missing[`node_modules/${name}`] = {
        version,
        ...(entry.dev === true ? { dev: true } : {}),
        ...(entry.license === undefined ? {} : { license: entry.license }),
        ...platform,
      };
    }
  }
  return missing;
}

/** `@swc/core-linux-arm64-gnu`: linux, arm64. */
function platformOf(name: string): Record<string, unknown> | undefined {
  const words = (name.split("/").at(-1) ?? "").split("-");
  const os = systems.find((one) => words.includes(one));
  const cpu = cpus.find((one) => words.includes(one));
  return os === undefined || cpu === undefined
    ? undefined
    : { optional: true, os: [os], cpu: [cpu] };
}

function main(): void {
  const file = join(repository, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  const all = { ...lock.packages, ...missingPlatforms(lock.packages) };
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  writeFileSync(
    file,
    `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
  );
}

if (require.main === module) main();
