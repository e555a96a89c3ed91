/** `npm run images`: the images that Covey itself needs, built and put into this machine's engine. */
import { ensureHaproxyImage } from "./haproxy-image";
import { ensureNodeImage } from "./node-image";

const say = (line: string): void => void process.stdout.write(`images: ${line}\n`);

async function main(): Promise<void> {
  for (const ensure of [ensureNodeImage, ensureHaproxyImage]) say(`${await ensure(say)} is there`);
}

main().catch((error: unknown) => {
  process.stderr.write(`images: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
