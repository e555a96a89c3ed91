import { build } from "../build";
import { ensureConsul } from "./consul";
import { ensureDocker } from "./docker";
import { writeEnvironment } from "./environment";
import { ensureDemoImage } from "./image";
import { ensureMirror } from "./mirror";
import { ensureRegistry } from "./registry";
import { say } from "./say";

/** What setup does once the npm packages are there. What does not need each other goes on at the same time. */
async function main(): Promise<void> {
  const docker = ensureDocker().then(ensureDemoImage);
  // Two apt-get at once would wait for each other's lock.
  const consulThenRegistry = ensureConsul().then(async (path) => {
    await ensureRegistry();
    return path;
  });
  const [consul, built, image] = await Promise.allSettled([
    consulThenRegistry,
    build({ onBuild: say }),
    docker,
  ]);
  for (const step of [consul, built, image]) if (step.status === "rejected") throw step.reason;
  ensureMirror();
  if (consul.status === "fulfilled") writeEnvironment(consul.value);
}

process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
main().catch((error: unknown) => {
  process.stderr.write(`setup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
