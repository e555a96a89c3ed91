import type Docker from "dockerode";
import { ContainerError } from "../../ports/containers";
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
  image: string,
  node: string,
  signal: AbortSignal,
): Promise<void> {
  const stream = await docker
    .createImage({ ...imageReference(image), abortSignal: signal })
    .catch((error: unknown) => {
      if (isRegistryRefusal(error)) throw notHad(image, node, error);
      throw error;
    });
  for await (const line of splitLines(stream as AsyncIterable<Buffer>, 1024 * 1024)) {
    const { error } = JSON.parse(line) as { error?: string };
    if (error !== undefined) throw notHad(image, node, new Error(error));
  }
}

/** Anything the daemon answers is about the registry; that it does not answer at all is another matter. */
function isRegistryRefusal(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number";
}

function notHad(image: string, node: string, cause: unknown): ContainerError {
  const said = cause instanceof Error ? cause.message.trim() : String(cause);
  return new ContainerError(
    "image-not-found",
    `image '${image}' is not on node ${node} and could not be pulled: ${said}; correct its name, ` +
      `make its registry reachable from the node, or load it there (\`docker load\`)`,
    { cause },
  );
}
