import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { coveyDir, providerSource, providerVersion, repository, terraformConfig } from "../paths";
import { filesBesideProvider, providerProgram } from "../provider-files";
import type { ProviderFile } from "../provider-files";
import { say } from "./say";

const platform = `linux_${process.arch === "x64" ? "amd64" : process.arch}`;
const mirror = join(coveyDir, "mirror");
const folder = join(mirror, providerSource, providerVersion, platform);

/** Terraform finds the provider, with all that belongs to it, in a filesystem mirror; ours has just that one. */
export function ensureMirror(): void {
  const files = [providerProgram(providerVersion), ...filesBesideProvider()];
  const stale = files.filter((file) => !isCurrent(file));
  if (stale.length > 0) {
    say("putting the provider into the mirror .covey/mirror");
    for (const file of stale) replace(file);
    forgetLocks();
  }
  writeTerraformConfig();
}

function isCurrent({ from, name }: ProviderFile): boolean {
  const installed = join(folder, name);
  return existsSync(installed) && readFileSync(from).equals(readFileSync(installed));
}

/** By renaming, so that a provider that runs keeps its own file. */
function replace({ from, name, mode }: ProviderFile): void {
  const to = join(folder, name);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.new`);
  chmodSync(`${to}.new`, mode);
  renameSync(`${to}.new`, to);
}

/** A lock file pins the provider's hash; after a rebuild under the same version it would be refused. */
function forgetLocks(): void {
  const examples = join(repository, "examples");
  for (const example of readdirSync(examples)) {
    const stacks = join(examples, example, "cdktf.out/stacks");
    if (!existsSync(stacks)) continue;
    for (const stack of readdirSync(stacks))
      rmSync(join(stacks, stack, ".terraform.lock.hcl"), { force: true });
  }
}

function writeTerraformConfig(): void {
  writeFileSync(
    terraformConfig,
    `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["${providerSource}"]
  }
  direct {
    exclude = ["${providerSource}"]
  }
}
`,
  );
}
