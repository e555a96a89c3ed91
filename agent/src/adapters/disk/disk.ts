import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Disk } from "../../ports/disk";

const checksumMark = "sha256:";

/**
 * Small JSON files in one folder of the node's own (0700, files 0600): NAME is kept in `DIR/NAME.json`.
 * A write goes to a file beside it that is then renamed over it, both fsynced: after a crash at any moment the
 * old or the new value is there, whole. It is read back, and carries a checksum, as disks also damage what they
 * keep. Only one process may use a folder.
 */
export function openDisk(dir: string): Disk {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    // It may have been there before, and an inherited umask has no say.
    chmodSync(dir, 0o700);
  } catch (cause) {
    throw new Error(
      `cannot use folder ${dir}: ${reasonOf(cause)}; make it writable for this agent`,
      { cause },
    );
  }
  return {
    boot: bootId(),
    read: (name) => readValue(pathOf(dir, name)),
    write: (name, value) => writeValue(dir, pathOf(dir, name), value),
  };
}

function pathOf(dir: string, name: string): string {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name))
    throw new Error(
      `'${name}' is no name of a kept value: 1 to 64 of a-z, 0-9 and '-', a letter first`,
    );
  return join(dir, `${name}.json`);
}

function readValue(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new Error(`cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
  const json = verified(text);
  if (json === undefined) throw damaged(path, text, "its checksum is wrong");
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw damaged(path, text, "no JSON");
  }
}

/** Without a word of the content, which may be secret. */
function damaged(path: string, text: string, fault: string): Error {
  return new Error(
    `${path} is damaged (${fault}, ${text.length} characters): with a majority of the other voters running, stop this agent, ` +
      `remove the file and start the agent again; it then learns from the others what it held`,
  );
}

function writeValue(dir: string, path: string, value: unknown): void {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new Error(`cannot write ${path}: the value has no JSON`);
  const text = `${json}\n${checksumMark}${checksum(json)}\n`;
  const beside = `${path}.new`;
  try {
    const file = openSync(beside, "w", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
    syncFolder(dir);
    if (readFileSync(path, "utf8") !== text) throw new Error("it reads back differently");
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new Error(`cannot write ${path}: ${reasonOf(cause)}; is the disk full or read-only?`, {
      cause,
    });
  }
}

/** The value's JSON; undefined where the second line's checksum is another's. An earlier version wrote no second line. */
function verified(text: string): string | undefined {
  const [json = "", mark = ""] = text.split("\n");
  return mark === "" || mark === `${checksumMark}${checksum(json)}` ? json : undefined;
}

function checksum(json: string): string {
  return createHash("sha256").update(json).digest("hex");
}

/** Linux makes a new one at each boot. */
function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** Makes the rename itself durable. */
function syncFolder(dir: string): void {
  const folder = openSync(dir, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function isMissing(error: unknown): boolean {
  return fieldOf(error, "code") === "ENOENT";
}

function reasonOf(error: unknown): string {
  return String(fieldOf(error, "message") ?? error);
}

function fieldOf(error: unknown, name: "code" | "message"): unknown {
  return typeof error === "object" && error !== null
    ? (error as Record<string, unknown>)[name]
    : undefined;
}
