import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** What says that a file is the one that was hashed; all of it changes with what npm, apt and cp do. */
interface Known {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly hash: string;
}

/**
 * SHA-256 of programs, in hex. Node.js has 99 MB, which take 165 ms: too long for every plan. So each is hashed once, and
 * remembered in the user's cache for as long as path, size, time and inode are the same.
 */
export class ProgramHashes {
  readonly #hashes = new Map<string, Promise<string>>();

  constructor(private readonly folder = join(cacheHome(), "covey/hashes")) {}

  /** Rejects where the file cannot be read. */
  of(path: string): Promise<string> {
    let hash = this.#hashes.get(path);
    if (!hash) this.#hashes.set(path, (hash = this.#find(path)));
    return hash;
  }

  async #find(path: string): Promise<string> {
    const { size, mtimeMs, ino } = await stat(path);
    const file = join(this.folder, createHash("sha256").update(path).digest("hex").slice(0, 32));
    const known = await readKnown(file);
    const isSame =
      known?.path === path && known.size === size && known.mtimeMs === mtimeMs && known.ino === ino;
    if (isSame) return known.hash;
    const hash = await digestOf(path);
    await remember(this.folder, file, { path, size, mtimeMs, ino, hash });
    return hash;
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest("hex");
}

async function readKnown(file: string): Promise<Known | undefined> {
  try {
    const known = JSON.parse(await readFile(file, "utf8")) as Known;
    return /^[0-9a-f]{64}$/.test(known.hash) ? known : undefined;
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written costs time, nothing else. */
async function remember(folder: string, file: string, known: Known): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const fresh = `${file}.${process.pid}`;
    await writeFile(fresh, JSON.stringify(known), { mode: 0o600 });
    await rename(fresh, file);
  } catch {
    return;
  }
}

function cacheHome(): string {
  const configured = process.env["XDG_CACHE_HOME"];
  return configured?.startsWith("/") === true ? configured : join(homedir(), ".cache");
}
