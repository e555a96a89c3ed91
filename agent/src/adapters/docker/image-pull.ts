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
    .createImage({
      ...imageReference(want.image),
      ...(want.auth && { authconfig: { ...want.auth } }),
      abortSignal: signal,
    })
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

function notHad(want: ImageWant, node: string, cause: unknown): ContainerError {
  const said = cause instanceof Error ? cause.message.trim() : String(cause);
  const { image, always } = want;
  const trouble = always
    ? `could not be pulled to node ${node}`
    : `is not on node ${node} and could not be pulled`;
  return new ContainerError(
    "image-not-found",
    `image '${image}' ${trouble}: ${said}; ${wayOut(want, said)}`,
    { cause },
  );
}

/** The engine hands the registry's refusal on in the registry's words. */
const refusedSomebody =
  /unauthorized|authentication required|no basic auth|incorrect username or password|access denied/i;

function wayOut({ always, auth }: ImageWant, said: string): string {
  if (refusedSomebody.test(said))
    return auth
      ? `its registry refuses user '${auth.username}' with this password, or the image to that user: correct registry_auth, or the image's name`
      : "its registry wants to know who asks, or has no such image: give the service registry_auth, or correct the image's name";
  const last = always
    ? "or set pull to 'missing' if the one that is there will do"
    : "or load it there (`docker load`)";
  return `correct its name, make its registry reachable from the node, ${last}`;
}
