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
import { join } from "node:path";
import {
  agentBundle,
  coveyDir,
  providerBundle,
  providerSource,
  providerVersion,
  repository,
  terraformConfig,
} from "../paths";
import { say } from "./say";

const platform = `linux_${process.arch === "x64" ? "amd64" : process.arch}`;
const mirror = join(coveyDir, "mirror");
const folder = join(mirror, providerSource, providerVersion, platform);

/** Terraform finds the provider (and the agent it installs, beside it) in a filesystem mirror; ours has just that one. */
export function ensureMirror(): void {
  const files = [
    { from: providerBundle, to: join(folder, `terraform-provider-covey_v${providerVersion}`) },
    { from: agentBundle, to: join(folder, "covey.js") },
  ];
  const stale = files.filter(({ from, to }) => !areEqual(contentOf(from), contentOf(to)));
  if (stale.length > 0) {
    say("putting the provider into the mirror .covey/mirror");
    mkdirSync(folder, { recursive: true });
    for (const { from, to } of stale) replace(from, to);
    forgetLocks();
  }
  writeTerraformConfig();
}

function contentOf(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}

function areEqual(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a !== undefined && b !== undefined && a.equals(b);
}

/** By renaming, so that a provider that runs keeps its own file. */
function replace(from: string, to: string): void {
  copyFileSync(from, `${to}.new`);
  chmodSync(`${to}.new`, 0o755);
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
