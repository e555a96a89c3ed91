import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * `work` with a temporary directory of its own, for it and all it starts; gone afterwards. Ctrl-C aborts the signal: `work` ends when
 * what it has started has ended, since that would go on writing.
 */
export async function withScratch<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const before = process.env["TMPDIR"];
  const folder = mkdtempSync(join(tmpdir(), "covey-bench-"));
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort(new Error("interrupted"));
  process.env["TMPDIR"] = folder;
  // Not once: a wrapper (npm, tsx) passes on what the terminal has sent to us already, and the second would end us at once.
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    return await work(interrupt.signal);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
