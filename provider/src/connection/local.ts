import { execFile, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { constants, createReadStream } from "node:fs";
import {
  access,
  chmod,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, networkInterfaces } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { temporaryPrefix } from "./connection";
import type {
  CommandResult,
  Connection,
  FoundProcess,
  InterfaceAddress,
  Platform,
} from "./connection";
import { DockerEngine } from "./engine";
import type { Engine } from "./engine";
import { InstallError, reasonOf } from "./install-error";

/** What a program started here gets of the provider's environment: Terraform's own secrets are not for it. */
const passedOn = ["PATH", "HOME", "LANG", "TZ", "USER"] as const;

/** The machine the provider runs on. */
export class LocalConnection implements Connection {
  readonly description = "this machine";

  async makeDirectory(path: string, mode: number): Promise<void> {
    await step(`make the directory ${path}`, async () => {
      await mkdir(path, { recursive: true, mode });
      await chmod(path, mode);
    });
  }

  async list(path: string): Promise<readonly string[] | undefined> {
    return step(`list ${path}`, () => unlessMissing(readdir(path)));
  }

  async writeFile(path: string, content: string | Buffer, mode: number): Promise<void> {
    await step(`write ${path}`, () =>
      replacing(path, async (fresh) => {
        await writeFile(fresh, content, { mode, flag: "wx", flush: true });
      }),
    );
  }

  async copyIn(localPath: string, path: string, mode: number): Promise<void> {
    await step(`copy ${localPath} to ${path}`, () =>
      replacing(path, async (fresh) => {
        await copyFile(localPath, fresh, constants.COPYFILE_EXCL);
        await chmod(fresh, mode);
      }),
    );
  }

  async placeProgram(localPath: string, path: string): Promise<void> {
    await step(`copy ${localPath} to ${path}`, () =>
      replacing(path, async (fresh) => {
        try {
          await link(await realpath(localPath), fresh);
        } catch {
          // Another device, or a file this user may not link to.
          await copyFile(localPath, fresh, constants.COPYFILE_EXCL);
          await chmod(fresh, 0o755);
        }
      }),
    );
  }

  async readFile(path: string): Promise<string | undefined> {
    return step(`read ${path}`, () => unlessMissing(readFile(path, "utf8")));
  }

  readFiles(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    return Promise.all(paths.map((path) => this.readFile(path)));
  }

  async readTail(path: string, bytes: number): Promise<string | undefined> {
    return step(`read ${path}`, async () => {
      const file = await unlessMissing(open(path, "r"));
      if (!file) return undefined;
      try {
        const { size } = await file.stat();
        const length = Math.min(size, bytes);
        const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
        return buffer.toString("utf8");
      } finally {
        await file.close();
      }
    });
  }

  async digest(path: string): Promise<string | undefined> {
    return step(`read ${path}`, async () => {
      const hash = createHash("sha256");
      const read = pipeline(createReadStream(path), hash).then(() => hash.digest("hex"));
      return unlessMissing(read);
    });
  }

  digests(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
    return Promise.all(paths.map((path) => this.digest(path)));
  }

  async isExecutable(path: string): Promise<boolean> {
    return access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
  }

  async findProgram(name: string): Promise<string | undefined> {
    for (const directory of (process.env["PATH"] ?? "").split(":")) {
      const path = join(directory, name);
      if (directory.startsWith("/") && (await this.isExecutable(path))) return path;
    }
    return undefined;
  }

  async remove(path: string): Promise<void> {
    await step(`remove ${path}`, () => rm(path, { recursive: true, force: true, maxRetries: 3 }));
  }

  removeEmpty(path: string): Promise<boolean> {
    return rmdir(path).then(
      () => true,
      () => false,
    );
  }

  run(command: string, args: readonly string[], deadlineMs = 30_000): Promise<CommandResult> {
    return step(`run ${command}`, () => runProgram(command, args, deadlineMs));
  }

  async spawnDetached(command: string, args: readonly string[], directory: string): Promise<void> {
    await step(`start ${command}`, async () => {
      const child = spawn(command, [...args], {
        cwd: directory,
        env: environment(),
        detached: true,
        stdio: "ignore",
      });
      await new Promise<void>((resolve, reject) => {
        child.once("error", reject);
        child.once("spawn", resolve);
      });
      child.unref();
    });
  }

  async findByCommandLine(text: string): Promise<readonly FoundProcess[]> {
    const pids = ((await this.list("/proc")) ?? []).filter((name) => /^\d+$/.test(name));
    const lines = await this.readFiles(pids.map((pid) => `/proc/${pid}/cmdline`));
    return pids
      .map((pid, index) => ({ pid: Number(pid), line: lines[index] ?? "" }))
      .filter(({ line }) => line.includes(text))
      .map(({ pid, line }) => ({ pid, words: line.replace(/\0$/, "").split("\0") }));
  }

  signal(pid: number, signal: "TERM" | "KILL"): Promise<boolean> {
    return step(`signal process ${pid}`, () => {
      try {
        return Promise.resolve(process.kill(pid, `SIG${signal}`));
      } catch (error) {
        if (codeOf(error) === "ESRCH") return Promise.resolve(false);
        throw error;
      }
    });
  }

  addresses(): Promise<readonly InterfaceAddress[]> {
    const found = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
      (addresses ?? [])
        .filter(({ family }) => family === "IPv4")
        .map(({ address, cidr }) => ({
          interface: name,
          address,
          prefix: Number(cidr?.split("/")[1] ?? 32),
        })),
    );
    return Promise.resolve(found);
  }

  async whyPortTaken(
    address: string,
    port: number,
    protocol: "tcp" | "udp",
  ): Promise<string | undefined> {
    return new Promise((resolve) => {
      const failed = (error: Error): void => {
        resolve(codeOf(error) === "EADDRINUSE" ? "it is in use" : error.message);
      };
      if (protocol === "tcp") {
        const server = createServer().once("error", failed);
        server.listen(port, address, () =>
          server.close(() => {
            resolve(undefined);
          }),
        );
      } else {
        const socket = createSocket("udp4").once("error", failed);
        socket.bind(port, address, () =>
          socket.close(() => {
            resolve(undefined);
          }),
        );
      }
    });
  }

  cacheDirectory(): Promise<string> {
    const configured = process.env["XDG_CACHE_HOME"];
    return Promise.resolve(configured?.startsWith("/") ? configured : join(homedir(), ".cache"));
  }

  platform(): Promise<Platform> {
    return Promise.resolve({ os: process.platform, arch: process.arch });
  }

  engine(socket: string): Engine {
    return new DockerEngine(socket);
  }
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function runProgram(
  command: string,
  args: readonly string[],
  deadlineMs: number,
): Promise<CommandResult> {
  const options = { env: environment(), timeout: deadlineMs, killSignal: "SIGKILL" } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") resolve({ code: 127, stdout: "", stderr: error.message });
      else if (error?.killed === true)
        reject(new Error(`it did not end within ${deadlineMs / 1000} s`));
      else resolve({ code: child.exitCode ?? 1, stdout, stderr });
    });
  });
}

async function replacing(path: string, write: (fresh: string) => Promise<void>): Promise<void> {
  const fresh = join(dirname(path), `${temporaryPrefix}${randomBytes(6).toString("hex")}`);
  try {
    await write(fresh);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

async function step<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new InstallError(what, `${what} on this machine: ${reasonOf(error)}`, undefined, {
      cause: error,
    });
  }
}

async function unlessMissing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? code : undefined;
}
