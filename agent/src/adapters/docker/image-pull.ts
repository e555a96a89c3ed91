import type Docker from "dockerode";
import { ContainerError } from "../../ports/containers";
import type { ImageWant } from "../../ports/containers";
import type { PullLine } from "./pull-progress";
import { splitLines } from "./split-lines";

/** Name and tag or digest, as `docker pull` reads them: no tag means `latest`. */
export function imageReference(image: string): {
  readonly fromImage: string;
  readonly tag: string;
} {
  const digest = image.indexOf("@");
  if (digest >= 0) return { fromImage: image.slice(0, digest), tag: image.slice(digest + 1) };
  const colon = image.lastIndexOf(":");
  return colon > image.lastIndexOf("/")
    ? { fromImage: image.slice(0, colon), tag: image.slice(colon + 1) }
    : { fromImage: image, tag: "latest" };
}

/** Pulls from the image's registry. Throws ContainerError `image-not-found` where it cannot be had, for whatever reason. */
export async function pullImage(
  docker: Docker,
  want: ImageWant,
  { node, signal, line: heard }: PullTerms,
): Promise<void> {
  const stream = await docker
    .createImage({ ...imageReference(want.image), abortSignal: signal })
    .catch((error: unknown) => {
      if (isRegistryRefusal(error)) throw notHad(want, node, error);
      throw error;
    });
  for await (const text of splitLines(stream as AsyncIterable<Buffer>, 1024 * 1024)) {
    const line = JSON.parse(text) as PullLine;
    if (line.error !== undefined) throw notHad(want, node, new Error(line.error));
    heard(line);
  }
}

interface PullTerms {
  readonly node: string;
  readonly signal: AbortSignal;
  /** Called with each line of the engine's answer that is no error. */
  readonly line: (line: PullLine) => void;
}

/** Anything the daemon answers is about the registry; that it does not answer at all is another matter. */
function isRegistryRefusal(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}

function notHad({ image, always }: ImageWant, node: string, cause: unknown): ContainerError {
  const said = cause instanceof Error ? cause.message.trim() : String(cause);
  const [trouble, wayOut] = always
    ? ["could not be pulled to", "or set pull to 'missing' if the one that is there will do"]
    : ["is not on", "or load it there (`docker load`)"];
  return new ContainerError(
    "image-not-found",
    `image '${image}' ${trouble} node ${node}${always ? "" : " and could not be pulled"}: ${said}; correct its name, ` +
      `make its registry reachable from the node, ${wayOut}`,
    { cause },
  );
}
