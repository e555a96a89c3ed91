import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { OsProcess } from "./os-process";
import { findProcess } from "./os-process";
import { processFiles } from "./process-config";

export interface LaunchHandlers {
  exited(): void;
  /** It could not be started at all. */
  failed(reason: string): void;
}

/** Starts `consul agent` so that it outlives us; undefined where it did not start. */
export function launchConsul(
  binary: string,
  dataDir: string,
  handlers: LaunchHandlers,
): OsProcess | undefined {
  const files = processFiles(dataDir);
  const errors = openSync(files.errors, "w", 0o600);
  try {
    const child = spawn(binary, ["agent", `-config-file=${files.config}`], {
      cwd: dataDir,
      // A session of its own: signals to our terminal or group do not reach it.
      detached: true,
      env: {},
      // Its log goes to its own, bounded files; a pipe to us would break when we end.
      stdio: ["ignore", "ignore", errors],
    });
    child.on("error", (error) => handlers.failed(error.message));
    child.once("exit", () => handlers.exited());
    child.unref();
    return child.pid === undefined ? undefined : findProcess(child.pid);
  } finally {
    closeSync(errors);
  }
}
