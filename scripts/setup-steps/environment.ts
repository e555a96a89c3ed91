import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agentBundle, binDir, environmentFile } from "../paths";
import { projectPath, projectVariables } from "../project-environment";

/** `. .covey/env` makes cdktf, covey, terraform and consul usable by hand. */
export function writeEnvironment(consul: string): void {
  mkdirSync(binDir, { recursive: true });
  for (const [name, target] of Object.entries({ covey: agentBundle, consul })) {
    rmSync(join(binDir, name), { force: true });
    symlinkSync(target, join(binDir, name));
  }
  const variables = Object.entries(projectVariables()).map(
    ([name, value]) => `export ${name}=${quote(value)}`,
  );
  const path = `export PATH=${quote(projectPath)}:"$PATH":/usr/sbin:/sbin`;
  writeFileSync(
    environmentFile,
    `# To be sourced: . .covey/env\n${[...variables, path].join("\n")}\n`,
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
