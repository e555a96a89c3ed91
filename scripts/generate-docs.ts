/**
 * Writes the provider's pages in the Terraform registry's layout to `docs/`, from its schemas and `examples/`.
 * With `--check` it writes nothing and fails where a page is not current.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { provider } from "../provider/src/main";
import { registryPages } from "./docs/pages";
import { repository } from "./paths";

const docs = join(repository, "docs");
/** Folders that hold generated pages and nothing else. */
const generatedFolders = ["resources", "data-sources", "ephemeral-resources", "functions"];

/** Absolute paths of pages that are missing, differ, or are of nothing that exists any more. */
async function staleFiles(): Promise<ReadonlyMap<string, string | undefined>> {
  const { format } = await import("prettier");
  const pages = registryPages(provider.definition, join(repository, "examples"));
  const stale = new Map<string, string | undefined>();
  for (const [path, markdown] of pages) {
    const file = join(docs, path);
    const text = await format(markdown, { parser: "markdown", printWidth: 100 });
    if (!existsSync(file) || readFileSync(file, "utf8") !== text) stale.set(file, text);
  }
  for (const folder of generatedFolders)
    for (const name of existsSync(join(docs, folder)) ? readdirSync(join(docs, folder)) : [])
      if (!pages.has(`${folder}/${name}`)) stale.set(join(docs, folder, name), undefined);
  return stale;
}

async function main(): Promise<void> {
  const stale = await staleFiles();
  if (process.argv.includes("--check")) {
    for (const file of stale.keys())
      console.error(`${relative(repository, file)} is not current: run 'npm run generate'`);
    process.exitCode = stale.size === 0 ? 0 : 1;
    return;
  }
  for (const [file, text] of stale)
    if (text === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
}

main().catch((error: unknown) => {
  process.stderr.write(`docs: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
