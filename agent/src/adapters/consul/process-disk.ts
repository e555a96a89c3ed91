import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { OsProcess } from "./os-process";
import { findByConfig, isRunning, runsWithConfig } from "./os-process";
import { processFiles } from "./process-config";

/** Consul starts a log file anew at every start; those of this many starts are kept. */
const keptLogs = 4;
const toldBytes = 600;

/** What a managed Consul has on disk: its configuration, and the trace by which it is found again. */
export interface ProcessDisk {
  /** Writes configuration and certificates; returns their digest. */
  prepare(
    config: string,
    tls: { readonly ca: string; readonly cert: string; readonly key: string },
  ): string;
  /** Before each start. */
  clearForStart(): void;
  remember(running: OsProcess, digest: string): void;
  /** Our Consul, where it runs, and the digest it was started with (undefined: its pid file is lost). */
  findRunning(): { readonly process: OsProcess; readonly digest: string | undefined } | undefined;
  forget(): void;
  /** Why it ended, as far as it said: the errors at the end of its log, or what it wrote to stderr. */
  lastWords(): string;
}

export function openProcessDisk(dataDir: string): ProcessDisk {
  const files = processFiles(dataDir);
  return {
    prepare: (config, tls) => {
      for (const dir of [dataDir, files.data, files.logs]) {
        mkdirSync(dir, { recursive: true, mode: 0o700 });
        chmodSync(dir, 0o700);
      }
      const contents = [
        [files.config, config],
        [files.ca, tls.ca],
        [files.cert, tls.cert],
        [files.key, tls.key],
      ] as const;
      for (const [path, content] of contents) replaceFile(path, content);
      const digest = createHash("sha256");
      for (const [, content] of contents) digest.update(content).update("\0");
      return digest.digest("hex");
    },
    clearForStart: () => {
      // Consul keeps its gossip keys there and would not look at the configured one again.
      for (const ring of ["local", "remote"])
        rmSync(join(files.data, "serf", `${ring}.keyring`), { force: true });
      const logs = readdirSync(files.logs).filter((name) => name.endsWith(".log"));
      for (const name of logs.sort().slice(0, -keptLogs)) rmSync(join(files.logs, name));
    },
    remember: (running, digest) => replaceFile(files.pid, JSON.stringify({ ...running, digest })),
    findRunning: () => {
      const kept = readPidFile(files.pid);
      if (kept && isRunning(kept) && runsWithConfig(kept.pid, files.config))
        return { process: { pid: kept.pid, startTicks: kept.startTicks }, digest: kept.digest };
      const found = findByConfig(files.config);
      return found && { process: found, digest: undefined };
    },
    forget: () => rmSync(files.pid, { force: true }),
    lastWords: () => lastWords(files.errors) || lastErrors(files.logs),
  };
}

function replaceFile(path: string, content: string): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function readPidFile(path: string): (OsProcess & { readonly digest: string }) | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof kept !== "object" || kept === null) return undefined;
    const { pid, startTicks, digest } = kept as Record<string, unknown>;
    if (typeof pid !== "number" || typeof startTicks !== "number" || typeof digest !== "string")
      return undefined;
    return { pid, startTicks, digest };
  } catch {
    // Not there, or damaged: it is then looked for by its command line.
    return undefined;
  }
}

function lastWords(path: string): string {
  return readText(path).trim().replace(/\s+/g, " ").slice(-toldBytes);
}

function lastErrors(dir: string): string {
  const newest = readdirSync(dir)
    .filter((name) => name.endsWith(".log"))
    .sort()
    .at(-1);
  if (newest === undefined) return "";
  const errors = readText(join(dir, newest)).match(/\[ERROR\].*/g) ?? [];
  return errors.slice(-3).join(" ").slice(-toldBytes);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
