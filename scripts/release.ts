/** `npm run release -- [--version V]`: the provider's archives for the Terraform registry, in `dist/release/`. */
import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build";
import { providerVersion, repository } from "./paths";
import { allPlatforms } from "./release/platform";
import { release } from "./release/release";

const semanticVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/u;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { version: { type: "string", default: providerVersion } },
  });
  const { version } = values;
  if (!semanticVersion.test(version))
    throw new Error(`--version '${version}' is no version such as 1.2.3 or 1.2.3-rc1, without a v`);
  const fingerprint = process.env["GPG_FINGERPRINT"];
  await build({ force: true });
  const files = await release({
    version,
    platforms: allPlatforms,
    directory: join(repository, "dist/release"),
    fingerprint: fingerprint === "" ? undefined : fingerprint,
    say: (line) => console.log(line),
  });
  for (const file of files) {
    const megabytes = (statSync(file).size / 1e6).toFixed(2);
    console.log(`${megabytes.padStart(7)} MB  ${relative(repository, file)}`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`release: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
