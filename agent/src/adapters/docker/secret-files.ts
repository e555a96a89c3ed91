import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  rmdir,
  statfs,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SecretFile } from "../../model/provision";
import { ContainerError } from "../../ports/containers";

/** Where a node's secrets may be: the first that is in memory. */
const memoryFolders = ["/run", "/dev/shm"] as const;
/** TMPFS_MAGIC and RAMFS_MAGIC of linux/magic.h. */
const inMemory: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

/**
 * The secrets of a node's tasks: a directory each, in memory only, gone with the machine's power. What is above is root's
 * alone; the directory and its files are the task's user's, to read.
 */
export class SecretFiles {
  /** Tasks whose container is being made: theirs is not swept. */
  private readonly making = new Set<string>();

  constructor(private readonly place: { readonly cluster: string; readonly node: string }) {}

  /** Runs `make` with the directory of the task's secrets. Throws ContainerError `refused` where the node has none in memory. */
  async with<T>(
    taskId: string,
    secrets: readonly SecretFile[],
    make: (directory: string) => Promise<T>,
  ): Promise<T> {
    this.making.add(taskId);
    try {
      return await make(await this.write(taskId, secrets));
    } finally {
      this.making.delete(taskId);
    }
  }

  /** From now on it is this user's. */
  async give(taskId: string, uid: number): Promise<void> {
    const directory = join(await this.located(), taskId);
    for (const name of await readdir(directory)) await chown(join(directory, name), uid, 0);
    await chown(directory, uid, 0);
  }

  async remove(taskId: string): Promise<void> {
    const root = await this.located();
    await rm(join(root, taskId), { recursive: true, force: true });
    await leaveEmpty(root);
  }

  /** To be called before the containers are listed; what it returns removes what none of them owns. */
  async sweeping(): Promise<(owners: ReadonlySet<string>) => Promise<void>> {
    const root = await this.located().catch(() => undefined);
    const found = root === undefined ? [] : await readdir(root).catch(() => []);
    const doubtful = found.filter((name) => !this.making.has(name.split("~", 1)[0] ?? ""));
    return async (owners) => {
      if (root === undefined || doubtful.length === 0) return;
      for (const name of doubtful)
        if (!owners.has(name)) await rm(join(root, name), { recursive: true, force: true });
      await leaveEmpty(root);
    };
  }

  /** Whole or not at all; one that is there is of the same task, and may be in use. */
  private async write(taskId: string, secrets: readonly SecretFile[]): Promise<string> {
    const root = await this.located();
    await mkdir(root, { recursive: true, mode: 0o700 });
    const directory = join(root, taskId);
    const draft = await mkdtemp(join(root, `${taskId}~`));
    try {
      for (const { name, value } of secrets)
        await writeFile(join(draft, name), value, { mode: 0o400 });
      await chmod(draft, 0o500);
      await rename(draft, directory);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (!isThere(error)) throw error;
    }
    return directory;
  }

  /** Of a task that is adopted or swept it is where it was: memory stays memory while the machine runs. */
  private async located(): Promise<string> {
    const { cluster, node } = this.place;
    for (const memory of memoryFolders) {
      const found = await statfs(memory).catch(() => undefined);
      if (!found || !inMemory.has(found.type)) continue;
      return join(memory, "covey", "secrets", cluster, node);
    }
    throw new ContainerError(
      "refused",
      `node ${node} has no tmpfs for secrets, which must not be on a disk: mount one on ${memoryFolders.join(" or ")}`,
    );
  }
}

/** Nothing of a node without secrets stays. */
async function leaveEmpty(root: string): Promise<void> {
  await rmdir(root)
    .then(() => rmdir(dirname(root)))
    .catch(() => undefined);
}

function isThere(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOTEMPTY" || code === "EEXIST";
}
