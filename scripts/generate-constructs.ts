import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerSource, providerVersion, repository } from "./paths";
import { projectVariables } from "./project-environment";

/** Where the generated constructs are kept. */
const generatedDir = join(repository, "constructs/src/generated");

// The generator writes for laxer compiler options than ours; what uses the files is checked all the same.
const head = `// @ts-nocheck
// Generated from the provider's schema by scripts/generate-constructs.ts; \`npm run generate\` makes it anew.\n`;

/**
 * Asks the built provider (in the mirror, see scripts/setup) for its schema through Terraform and writes one folder for each of
 * its resources and data sources to `target`, whose folders of before go.
 */
async function generateConstructs(target: string): Promise<void> {
  Object.assign(process.env, projectVariables());
  // Only now: they ask for Terraform's version, under this configuration, as soon as they are loaded.
  const { Language, TerraformProviderConstraint } = await import("@cdktf/commons");
  const { ConstructsMaker } = await import("@cdktf/provider-generator");
  const work = mkdtempSync(join(tmpdir(), "covey-generate-"));
  try {
    const maker = new ConstructsMaker({
      codeMakerOutput: work,
      targetLanguage: Language.TYPESCRIPT,
    });
    await maker.generate([new TerraformProviderConstraint(`covey/covey@${providerVersion}`)]);
    const made = join(work, "providers/covey");
    rmSync(target, { recursive: true, force: true });
    for (const folder of foldersOf(made)) {
      cpSync(join(made, folder, "index.ts"), join(target, folder, "index.ts"));
      adapt(join(target, folder, "index.ts"));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function foldersOf(made: string): string[] {
  return readdirSync(made).filter((name) => existsSync(join(made, name, "index.ts")));
}

/** What the engine file does not name would be missed only when a stack is synthesized. */
function checkEngineNames(file: string, text: string): void {
  const engine = readFileSync(join(generatedDir, "../engine.ts"), "utf8");
  const named = new Set(engine.match(/\w+/g));
  const used = new Set([...text.matchAll(/\bcdktf\.(\w+)/g)].map(([, name]) => name ?? ""));
  const missing = [...used].filter((name) => !named.has(name));
  if (missing.length > 0)
    throw new Error(
      `${file} needs ${missing.join(", ")} of the engine: add to constructs/src/engine.ts`,
    );
}

/** The engine is imported in one file only, `engine.ts`; the generated ones go through it like all others. */
function adapt(file: string): void {
  const adapted = readFileSync(file, "utf8")
    .replace("import * as cdktf from 'cdktf';", "import * as cdktf from '../../engine';")
    // With its host: without one, Terraform and OpenTofu would each put in their own.
    .replace(
      "terraformProviderSource: 'covey/covey'",
      `terraformProviderSource: '${providerSource}'`,
    )
    .replace(
      "import { Construct } from 'constructs';",
      "import type { Construct } from '../../engine';",
    )
    .replaceAll(/^\/\/ https:.*\n/gm, "")
    .replaceAll(/^ *\*\n *\* Docs at Terraform Registry: .*\n/gm, "")
    .replaceAll(/^ *\/\*\*\n *\* Docs at Terraform Registry: .*\n *\*\/\n/gm, "")
    .replaceAll(/\{@link https:\S+ ([^}]+)\}/g, "$1")
    .replaceAll(/[ \t]+$/gm, "");
  if (/from '(cdktf|constructs)'/.test(adapted))
    throw new Error(`${file} imports the engine in a way this script does not know; see \`adapt\``);
  checkEngineNames(file, adapted.replaceAll(/\/\/.*|"[^"]*"/g, ""));
  writeFileSync(file, head + adapted);
}

if (require.main === module)
  generateConstructs(process.argv[2] ?? generatedDir).catch((error: unknown) => {
    process.stderr.write(`generate: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
