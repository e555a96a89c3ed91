import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram } from "../bundle";
import { LibrariesBeside } from "../libraries-beside";
import { repository } from "../paths";
import { filesBesideProvider, providerProgram } from "../provider-files";
import { writeArchive, type ArchiveEntry } from "./archive";
import { sign, writeChecksums } from "./checksums";
import { checkNode, launcher } from "./launcher";
import { nodeLicense } from "./node-license";
import { isOurs, type Platform } from "./platform";
import { makeSingleExecutable } from "./single-executable";

export interface ReleaseOptions {
  /** Without the `v`. */
  readonly version: string;
  readonly platforms: readonly Platform[];
  /** Emptied first. */
  readonly directory: string;
  /** Of the gpg key to sign with; undefined: it stays unsigned. */
  readonly fingerprint: string | undefined;
  readonly say: (line: string) => void;
}

/** Makes what the Terraform registry takes as a release, from the bundles as they were built last. Gives the files' paths. */
export async function release(options: ReleaseOptions): Promise<readonly string[]> {
  const { version, platforms, directory, fingerprint, say } = options;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const name = (suffix: string): string =>
    join(directory, `terraform-provider-covey_${version}_${suffix}`);
  const files: string[] = [];
  for (const platform of platforms) {
    const archive = name(`${platform}.zip`);
    say(`${platform}: ${isOurs(platform) ? "single executable" : "needs Node.js where it runs"}`);
    await writePlatform(archive, version, platform);
    if (isOurs(platform) && nodeLicense() === undefined)
      say(`${platform}: holds Node.js without its license text, which was not found: add it`);
    files.push(archive);
  }
  const manifest = name("manifest.json");
  const about = { version: 1, metadata: { protocol_versions: ["6.0"] } };
  writeFileSync(manifest, `${JSON.stringify(about, undefined, 2)}\n`);
  files.push(manifest);
  const sums = name("SHA256SUMS");
  await writeChecksums(sums, files);
  files.push(sums);
  if (fingerprint === undefined)
    say("not signed: set GPG_FINGERPRINT to sign; the registry takes no other release");
  else files.push(await sign(sums, fingerprint));
  return files;
}

async function writePlatform(archive: string, version: string, platform: Platform): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "covey-release-"));
  try {
    const program = isOurs(platform) ? await singleExecutable(version, work) : launched(version);
    const license = { name: "LICENSE", from: join(repository, "LICENSE"), mode: 0o644 };
    await writeArchive(archive, [...program, ...filesBesideProvider(), license]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function singleExecutable(version: string, work: string): Promise<ArchiveEntry[]> {
  const bundle = join(work, "main.js");
  const entry = join(repository, "provider/src/single-executable.ts");
  await bundleProgram(entry, bundle, [new LibrariesBeside().plugin]);
  const program = join(work, "program");
  await makeSingleExecutable(bundle, program);
  const license = nodeLicense();
  return [
    { name: providerProgram(version).name, from: program, mode: 0o755 },
    ...(license === undefined ? [] : [{ name: "LICENSE.node", from: license, mode: 0o644 }]),
  ];
}

function launched(version: string): ArchiveEntry[] {
  const { from, name } = providerProgram(version);
  return [
    { name, text: launcher, mode: 0o755 },
    { name: "provider.js", from, mode: 0o644 },
    { name: "lib/check-node.js", text: checkNode, mode: 0o644 },
  ];
}
