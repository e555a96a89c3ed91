import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "../command";
import { dockerSocket } from "../paths";

const callWithinMs = 60_000;
const media = "application/vnd.docker";

interface Saved {
  readonly Config: string;
  readonly Layers: readonly string[];
}

/**
 * An image of this machine's engine into a registry, by the registry's own API: `docker push` would need the engine's settings
 * changed, as the registry has no certificate. What it writes meanwhile is in the lab's folder, to go with it after a SIGKILL.
 */
export async function pushImage(
  image: string,
  registryUrl: string,
  labFolder: string,
): Promise<void> {
  const { repository, tag } = imageName(image);
  const base = `${registryUrl}/v2/${repository}`;
  const folder = mkdtempSync(join(labFolder, "push-"));
  try {
    await run("sh", [
      "-c",
      'docker -H "$1" save "$2" | tar -xf - -C "$3"',
      "sh",
      `unix://${dockerSocket}`,
      image,
      folder,
    ]);
    const [saved] = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Saved[];
    if (!saved) throw new Error(`docker save ${image} left no manifest`);
    const config = await putBlob(base, readFileSync(join(folder, saved.Config)));
    const layers = await Promise.all(
      saved.Layers.map((layer) =>
        putBlob(base, gzipSync(readFileSync(join(folder, layer)), { level: 1 })),
      ),
    );
    const manifest = {
      schemaVersion: 2,
      mediaType: `${media}.distribution.manifest.v2+json`,
      config: { mediaType: `${media}.container.image.v1+json`, ...config },
      layers: layers.map((layer) => ({
        mediaType: `${media}.image.rootfs.diff.tar.gzip`,
        ...layer,
      })),
    };
    const body = Buffer.from(JSON.stringify(manifest));
    await call("PUT", `${base}/manifests/${tag}`, body, manifest.mediaType);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `web`, `team/web:1`. @throws Error for one that names a registry already, or a digest */
export function imageName(image: string): { readonly repository: string; readonly tag: string } {
  const found = /^([a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*)(?::([\w][\w.-]*))?$/.exec(
    image,
  );
  const [, repository = "", tag = "latest"] = found ?? [];
  if (!found || /^[^/]*\.[^/]*\//.test(image))
    throw new Error(`image '${image}' must be one of this machine's engine, as NAME:TAG`);
  return { repository, tag };
}

async function putBlob(
  base: string,
  bytes: Buffer,
): Promise<{ readonly digest: string; readonly size: number }> {
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  const started = await call("POST", `${base}/blobs/uploads/`);
  const place = new URL(started.headers.get("location") ?? "", base);
  place.searchParams.set("digest", digest);
  await call("PUT", place.href, bytes, "application/octet-stream");
  return { digest, size: bytes.length };
}

async function call(method: string, url: string, body?: Buffer, type?: string): Promise<Response> {
  const answer = await fetch(url, {
    method,
    signal: AbortSignal.timeout(callWithinMs),
    ...(body ? { body: new Uint8Array(body), headers: { "content-type": type ?? "" } } : {}),
  });
  if (!answer.ok)
    throw new Error(`registry: ${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}
