import type Docker from "dockerode";
import { InstallError, reasonOf } from "../install-error";
import type { OuterEngine } from "./outer-engine";

/** What `npm run images` builds for this version. */
export const defaultNodeImage = "covey/node:0.1.0";

const step = "find the node's image";
const pullDeadlineMs = 300_000;

/** The image is on the engine afterwards: it was, or it is pulled. */
export async function ensureImage(
  engine: OuterEngine,
  image: string,
  note: (message: string) => void,
): Promise<void> {
  const found = await engine.find(step, (docker) => docker.getImage(image).inspect());
  if (found) return;
  note(`pulling image ${image} to Docker at ${engine.description}`);
  try {
    await engine.call(step, (docker) => pull(docker, image), pullDeadlineMs);
  } catch (error) {
    throw new InstallError(
      step,
      `there is no image ${image} at Docker at ${engine.description}, and it could not be pulled (${reasonOf(error)}). In Covey's repository 'npm run images' builds it for this machine's engine; 'docker save ${image} | docker -H ${engine.description} load' brings it to another one`,
      "docker",
      { cause: error },
    );
  }
}

async function pull(docker: Docker, image: string): Promise<void> {
  const stream: NodeJS.ReadableStream = await docker.pull(image);
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
