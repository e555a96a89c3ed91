import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleAgent, bundleProvider } from "./bundle";
import { run } from "./command";
import { hashOf } from "./hash";
import { agentBundle, coveyDir, providerBundle, providerLibraries, repository } from "./paths";

export interface BuildOptions {
  /** Build also when nothing has changed. */
  readonly force?: boolean;
  /** Called once, with one line, when there is something to build. */
  readonly onBuild?: (line: string) => void;
}

const stampFile = join(coveyDir, "build-stamp");
const inputs = [
  "agent/src",
  "provider/src",
  "constructs/src",
  "agent/tsconfig.build.json",
  "provider/tsconfig.build.json",
  "constructs/tsconfig.build.json",
  "tsconfig.base.json",
  "tsconfig.build.json",
  "package-lock.json",
  "scripts/build.ts",
  "scripts/bundle.ts",
  "scripts/libraries-beside.ts",
  "agent/package.json",
];
const outputs = [
  agentBundle,
  providerBundle,
  providerLibraries,
  join(repository, "agent/dist/contract/index.js"),
  join(repository, "constructs/dist/index.js"),
];

/** The packages (by tsc, types and all) and the two bundles (by esbuild), unless they are of the same inputs already. */
export async function build(options: BuildOptions = {}): Promise<void> {
  const stamp = hashOf(
    inputs.map((path) => join(repository, path)),
    (path) => path.endsWith(".test.ts"),
  );
  if (options.force !== true && isBuilt(stamp)) return;
  options.onBuild?.("building agent, provider and constructs");
  await Promise.all([compile(), bundleAgent(agentBundle), bundleProvider(providerBundle)]);
  mkdirSync(coveyDir, { recursive: true });
  writeFileSync(`${stampFile}.new`, stamp);
  renameSync(`${stampFile}.new`, stampFile);
}

function isBuilt(stamp: string): boolean {
  if (!outputs.every((path) => existsSync(path))) return false;
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

async function compile(): Promise<void> {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  await run(process.execPath, [tsc, "--build", "tsconfig.build.json"], {
    cwd: repository,
    deadlineMs: 300_000,
  });
}

if (require.main === module)
  build({ force: true }).catch((error: unknown) => {
    process.stderr.write(`build: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
