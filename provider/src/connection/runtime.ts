import { stat } from "node:fs/promises";
import type { CommandResult, Connection, Platform } from "./connection";
import { InstallError } from "./install-error";

/** The Node.js program an agent runs on: it is brought along, so that a machine needs none of its own. */
export interface Runtime {
  /** On the machine the provider runs on. */
  readonly path: string;
  /** SHA-256 in hex. */
  readonly hash: string;
  /** What it is for; undefined: whoever named it knows. */
  readonly platform: Platform | undefined;
}

const step = "bring the Node.js program";
/** Its first start reads 99 MB from a disk that may be slow. */
const tryDeadlineMs = 60_000;

/** Puts it there and starts it once. Throws InstallError saying why it cannot run there, and what to do about it. */
export async function placeRuntime(
  connection: Connection,
  path: string,
  runtime: Runtime,
  info: (message: string) => void,
): Promise<void> {
  const { os, arch } = await connection.platform();
  const { platform } = runtime;
  if (platform && (platform.os !== os || platform.arch !== arch))
    throw refused(
      `${connection.description} is ${os}/${arch}, but the provider's own Node.js (${runtime.path}) is for ${platform.os}/${platform.arch}. Set runtime to a Node.js program for ${os}/${arch} on the machine Terraform runs on`,
    );
  const size = await sizeOf(runtime.path);
  info(`${connection.description}: bringing the Node.js program, ${megabytes(size)} MB`);
  const begun = performance.now();
  await connection.placeProgram(runtime.path, path);
  const seconds = (performance.now() - begun) / 1000;
  info(`${connection.description}: the Node.js program is there after ${seconds.toFixed(1)} s`);
  const tried = await connection.run(path, ["--version"], tryDeadlineMs);
  if (tried.code === 0 && /^v\d+\./.test(tried.stdout)) return;
  const why = explain(tried);
  await connection.remove(path);
  throw refused(`${runtime.path} does not run on ${connection.description}: ${why}`);
}

/** Of what the dynamic linker and the shell say (ld.so(8); sh: 126 cannot be run, 127 not found). */
function explain({ code, stdout, stderr }: CommandResult): string {
  const said = `${stderr}${stdout}`.trim();
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(said)?.[1];
  if (library?.startsWith("libstdc++") === true)
    return `it lacks ${library}; install it there (Debian: apt-get install libstdc++6)`;
  if (library !== undefined)
    return `it lacks ${library}; install the package that has it, or set runtime to a Node.js program that needs it not`;
  if (/GLIBC(XX)?_[\d.]+' not found/.test(said))
    return `its C library is too old for it (${said.split("\n")[0] ?? ""}); set runtime to a Node.js program built for an older system`;
  if (/exec format error|cannot execute binary/i.test(said))
    return "it is a program for another kind of processor; set runtime to one for this machine";
  if (code === 127 || /not found|no such file/i.test(said))
    return "its dynamic linker is missing there, so the machine has another C library (musl?); set runtime to a Node.js program built for that";
  if (/permission denied/i.test(said))
    return "it may not be run from the data directory (is it mounted with noexec?); set data_dir to one that allows programs";
  return `'--version' ended with code ${code}: ${said === "" ? "(nothing said)" : said.slice(0, 500)}`;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw new InstallError(step, `runtime: there is no ${path} here`, "runtime", { cause });
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0);
}

function refused(message: string): InstallError {
  return new InstallError(step, message, "runtime");
}
