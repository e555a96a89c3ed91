import { setTimeout as sleep } from "node:timers/promises";

export interface WaitOptions {
  /** What is waited for, as it goes on "did not ... within": `DNS to answer`. */
  readonly what: string;
  readonly deadlineMs: number;
  /** Default 15 ms. */
  readonly everyMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What was waited for did not come. `last` is what was seen, or went wrong, at the last look. */
export class WaitedInVain extends Error {
  constructor(what: string, deadlineMs: number, last: string) {
    super(`waited ${deadlineMs / 1000} s for ${what}, in vain${last ? `; last: ${last}` : ""}`);
    this.name = "WaitedInVain";
  }
}

/**
 * Asks again and again until the answer is neither undefined nor an error.
 * @throws WaitedInVain after the deadline; the signal's reason when aborted
 */
export async function waitFor<T>(
  options: WaitOptions,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + options.deadlineMs;
  let last = "";
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() >= end) throw new WaitedInVain(options.what, options.deadlineMs, last);
    await sleep(options.everyMs ?? 15, undefined, options.signal ? { signal: options.signal } : {});
  }
}
