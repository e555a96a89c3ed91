import { Readable } from "node:stream";
import { InstallError } from "../install-error";
import type { Shell } from "../shell";
import type { OuterEngine } from "./outer-engine";

const lookDeadlineMs = 30_000;
const copyDeadlineMs = 300_000;

export interface CopyImages {
  readonly from: OuterEngine;
  /** In the node's container. */
  readonly to: Shell;
  readonly dockerSocket: string;
  readonly images: readonly string[];
  readonly note: (message: string) => void;
}

/** Brings images that the outer engine has to the node's own, where they are not there already with the same content. */
export async function copyImages(options: CopyImages): Promise<void> {
  for (const image of options.images) await copyImage(options, image);
}

async function copyImage(
  { from, to, dockerSocket, note }: CopyImages,
  image: string,
): Promise<void> {
  const step = `copy image ${image}`;
  const found = await from.find(step, (docker) => docker.getImage(image).inspect());
  if (!found)
    throw new InstallError(
      step,
      `docker.images names ${image}, but Docker at ${from.description} does not have it; pull or build it there, or leave it out: the node pulls what it lacks from its registry`,
      "docker",
    );
  const engine = `unix://${dockerSocket}`;
  const present = await to.run(
    'docker -H "$1" image inspect --format "{{.Id}}" "$2"',
    [engine, image],
    { step, deadlineMs: lookDeadlineMs },
  );
  if (present.stdout.toString().trim() === found.Id) return;
  note(`copying image ${image} to ${to.description}`);
  const archive = await from.call(step, (docker) => docker.getImage(image).get());
  const { code, stderr } = await to.run('docker -H "$1" load -q', [engine], {
    step,
    stdin: Readable.from(archive),
    deadlineMs: copyDeadlineMs,
  });
  if (code !== 0)
    throw new InstallError(
      step,
      `${step} to ${to.description}: ${stderr.trim() || `docker load ended with code ${code}`}`,
      "docker",
    );
}
