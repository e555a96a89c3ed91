import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path/posix";
import { pipeline } from "node:stream";
import type { Readable } from "node:stream";
import { constants, createGzip } from "node:zlib";
import { temporaryPrefix } from "./connection";
import { reasonOf } from "./install-error";
import type { Shell } from "./shell";
import { newBoundary, splitAt } from "./shell-answer";
import * as scripts from "./shell-scripts";
import { quickMs, ShellSteps } from "./shell-steps";

/** The slowest link a program is sent over, beyond `quickMs`. */
const uploadBytesPerMs = 100;

export interface ShellOptions {
  /** Files that are sent are packed on the way, where the machine can unpack them. Default true. */
  readonly compress?: boolean;
}

/** The files of a machine reached by a shell. */
export abstract class ShellFiles extends ShellSteps {
  constructor(
    shell: Shell,
    private readonly options: ShellOptions = {},
  ) {
    super(shell);
  }

  async makeDirectory(path: string, mode: number): Promise<void> {
    const args = [path, octal(mode), octal(0o777 & ~mode)];
    await this.complete(`make the directory ${path}`, scripts.makeDirectoryScript, args);
  }

  async list(path: string): Promise<readonly string[] | undefined> {
    const result = await this.findBy(`list ${path}`, scripts.listScript, [path]);
    return result?.stdout.toString("utf8").split("\0").slice(0, -1);
  }

  async writeFile(path: string, content: string | Buffer, mode: number): Promise<void> {
    const bytes = Buffer.byteLength(content);
    const args = [path, octal(mode), temporaryBeside(path), String(bytes), "cat"];
    await this.complete(`write ${path}`, scripts.writeScript, args, { stdin: content });
  }

  async copyIn(localPath: string, path: string, mode: number): Promise<void> {
    const step = `copy ${localPath} to ${path}`;
    const size = await stat(localPath).then(
      (found) => found.size,
      (error: unknown) => this.fail(step, reasonOf(error)),
    );
    const packed = this.options.compress !== false && (await this.facts()).canGunzip;
    const args = [path, octal(mode), temporaryBeside(path), String(size)];
    await this.complete(step, scripts.writeScript, [...args, packed ? "gunzip" : "cat"], {
      stdin: packed ? packedFile(localPath) : createReadStream(localPath),
      deadlineMs: quickMs + Math.ceil(size / uploadBytesPerMs),
    });
  }

  placeProgram(localPath: string, path: string): Promise<void> {
    return this.copyIn(localPath, path, 0o755);
  }

  async readFile(path: string): Promise<string | undefined> {
    return (await this.readFiles([path]))[0];
  }

  async readFiles(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    if (paths.length === 0) return [];
    const step = `read ${paths.join(", ")}`;
    const boundary = newBoundary();
    const { stdout } = await this.complete(step, scripts.readScript, [boundary, ...paths]);
    const parts = splitAt(stdout, boundary);
    // Of each file the text before its boundary, whose answer is the first byte after it.
    const texts = parts.slice(0, -1).map((part, index) => {
      const found = parts[index + 1]?.subarray(0, 1).toString() === "y";
      const text = index === 0 ? part : part.subarray(1);
      return found ? text.toString("utf8") : undefined;
    });
    if (texts.length !== paths.length) return this.fail(step, "its answer is cut short");
    return texts;
  }

  async readTail(path: string, bytes: number): Promise<string | undefined> {
    const args = [path, String(bytes)];
    const result = await this.findBy(`read ${path}`, scripts.tailScript, args);
    return result?.stdout.toString("utf8");
  }

  async digest(path: string): Promise<string | undefined> {
    return (await this.digests([path]))[0];
  }

  async digests(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    if (paths.length === 0) return [];
    const step = `read ${paths.join(", ")}`;
    const { stdout } = await this.complete(step, scripts.digestScript, paths);
    const lines = stdout.toString().split("\n").slice(0, -1);
    if (lines.length !== paths.length || !lines.every((line) => /^([0-9a-f]{64})?$/.test(line)))
      return this.fail(step, "its answer is not a list of SHA-256 sums");
    return lines.map((line) => (line === "" ? undefined : line));
  }

  async remove(path: string): Promise<void> {
    await this.complete(`remove ${path}`, scripts.removeScript, [path]);
  }

  async removeEmpty(path: string): Promise<boolean> {
    const { code } = await this.execute(`remove ${path}`, scripts.removeEmptyScript, [path]);
    return code === 0;
  }
}

/** Level 1 keeps up with a fast network: Node.js' program of 99 MB becomes 40 MB. */
function packedFile(path: string): Readable {
  const packer = createGzip({ level: constants.Z_BEST_SPEED });
  // An error of the file ends the packer, whose reader tells it.
  pipeline(createReadStream(path), packer, () => undefined);
  return packer;
}

function temporaryBeside(path: string): string {
  return `${dirname(path)}/${temporaryPrefix}${randomBytes(6).toString("hex")}`;
}

function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}
