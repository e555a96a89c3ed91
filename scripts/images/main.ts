/** `npm run images`: the images that Covey itself needs, built and put into this machine's engine. */
import { ensureNodeImage } from "./node-image";

const say = (line: string): void => void process.stdout.write(`images: ${line}\n`);

ensureNodeImage(say).then(
  (image) => {
    say(`${image} is there`);
  },
  (error: unknown) => {
    process.stderr.write(`images: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
