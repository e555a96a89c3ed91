import { setTimeout as delay } from "node:timers/promises";

/** Waits until `look` gives a value (neither undefined nor false); its errors count as not yet, and are told at the deadline. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  deadlineMs = 15_000,
): Promise<Exclude<T, undefined | false>> {
  const untilMs = performance.now() + deadlineMs;
  let last: unknown;
  while (performance.now() < untilMs) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    } catch (error) {
      last = error;
    }
    await delay(20);
  }
  throw new Error(`within ${deadlineMs} ms not: ${what}`, { cause: last });
}
