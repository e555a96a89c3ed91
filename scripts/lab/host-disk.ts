import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command";
import { waitFor } from "../wait";

const releasedWithinMs = 10_000;
const blocks = "/sys/block";

/**
 * A file with a filesystem in it, of a fixed size: filling it harms nobody else. It takes room only as it is written to. Only
 * the host mounts it, in its own mount namespace, so it is unmounted when the host's last process ends.
 */
export class HostDisk {
  constructor(readonly file: string) {}

  async create(mebibytes: number): Promise<void> {
    await run("truncate", ["-s", `${mebibytes}M`, this.file]);
    // Nothing is kept back for root, who is the only user here; no journal: the kernel that would crash is the machine's.
    const options = ["-m", "0", "-O", "^has_journal", "-E", "nodiscard"];
    await run("mkfs.ext4", ["-q", "-F", ...options, this.file]);
  }

  /** Loop devices that hold the file: `loop3`. */
  devices(): readonly string[] {
    return loopsBelow(this.file);
  }

  /** The kernel lets go a little after the last process has ended. */
  async released(): Promise<void> {
    const what = `the loop device of ${this.file} to be free`;
    await waitFor({ what, deadlineMs: releasedWithinMs }, () =>
      Promise.resolve(this.devices().length === 0 ? true : undefined),
    );
  }
}

/** Loop devices of this file, or of those in this folder. */
export function loopsBelow(path: string): readonly string[] {
  if (!existsSync(blocks)) return [];
  return readdirSync(blocks).filter((name) => {
    const backing = backingFile(name);
    return backing === path || backing.startsWith(`${path}/`);
  });
}

function backingFile(device: string): string {
  try {
    // A file that has been removed meanwhile has " (deleted)" after it.
    const text = readFileSync(join(blocks, device, "loop/backing_file"), "utf8");
    return text.trim().replace(/ \(deleted\)$/, "");
  } catch {
    return "";
  }
}
