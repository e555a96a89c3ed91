import type Docker from "dockerode";
import { ContainerError } from "../../ports/containers";

const passwdBytes = 1024 * 1024;
const blockBytes = 512;

/**
 * The user's number within a container that is there, started or not: a name is looked up in the container's own /etc/passwd.
 * Throws ContainerError `refused` where there is none of that name.
 */
export async function uidOf(
  docker: Docker,
  containerId: string,
  user: string,
  abortSignal: AbortSignal,
): Promise<number> {
  const [name = ""] = user.split(":", 1);
  if (name === "") return 0;
  if (/^\d+$/.test(name)) return Number(name);
  const asked = { path: "/etc/passwd", abortSignal };
  const archive = await docker.getContainer(containerId).getArchive(asked);
  const uid = uidIn(fileOf(await readBounded(archive as AsyncIterable<Buffer>)), name);
  if (uid !== undefined) return uid;
  throw new ContainerError(
    "refused",
    `user '${name}' is not in the image's /etc/passwd, so nobody can be given the secrets: say its number in container.user`,
  );
}

/** Of the lines `name:x:uid:...` (passwd(5)). */
export function uidIn(passwd: string, name: string): number | undefined {
  const fields = passwd.split("\n").map((line) => line.split(":"));
  const uid = fields.find(([first]) => first === name)?.[2];
  return uid !== undefined && /^\d+$/.test(uid) ? Number(uid) : undefined;
}

/** The one file of a tar archive (POSIX ustar: its size is octal, at 124). */
export function fileOf(archive: Buffer): string {
  const size = Number.parseInt(archive.toString("latin1", 124, 136), 8);
  return archive.toString("utf8", blockBytes, blockBytes + (Number.isFinite(size) ? size : 0));
}

async function readBounded(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > passwdBytes)
      throw new ContainerError("refused", "the image's /etc/passwd is larger than 1 MiB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
