import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../ports/log";
import type { ConsulAnswer, ConsulCall } from "./http";
import { ConsulError, explainAnswer } from "./http";

export interface WatchTarget {
  readonly call: ConsulCall;
  readonly address: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export interface WatchHandlers {
  /** Each new answer, 200 or 404 (nothing there). What it throws is logged, the watch goes on. */
  onAnswer(answer: ConsulAnswer): void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const waitSeconds = 30;
/** Consul adds up to a sixteenth of the wait. */
const deadlineMs = (waitSeconds + waitSeconds / 16 + 10) * 1000;
const firstBackOffMs = 200;
const maxBackOffMs = 5000;

/**
 * Follows a KV path by blocking queries until the signal aborts; never rejects. Consul's rules for the index:
 * start anew when it goes back (a restored or emptied server), never wait on 0.
 */
export async function watchPrefix(target: WatchTarget, handlers: WatchHandlers): Promise<void> {
  const { signal, log } = handlers;
  let index = 0;
  let backOffMs = 0;
  for (;;) {
    if (isOver(signal)) return;
    try {
      const answer = await ask(target, index, signal);
      if (backOffMs > 0) log.info("the store answers again", { address: target.address });
      backOffMs = 0;
      if (answer.index !== index || index === 0) handlers.onAnswer(answer);
      index = answer.index < index ? 0 : answer.index;
      // Without an index the next query would not wait.
      if (answer.index === 0) await pause(maxBackOffMs, signal);
    } catch (error) {
      if (isOver(signal)) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (backOffMs === 0) log.warn("the store cannot be watched; trying again", { reason });
      index = 0;
      backOffMs = Math.min(maxBackOffMs, Math.max(firstBackOffMs, backOffMs * 2));
      await pause(backOffMs, signal);
    }
  }
}

async function ask(target: WatchTarget, index: number, signal: AbortSignal): Promise<ConsulAnswer> {
  const waiting: Record<string, string> =
    index > 0 ? { index: String(index), wait: `${waitSeconds}s` } : {};
  const answer = await target.call({
    method: "GET",
    path: target.path,
    query: { ...target.query, ...waiting },
    deadlineMs,
    signal,
  });
  if (answer.status !== 200 && answer.status !== 404)
    throw new ConsulError("unreachable", explainAnswer(answer, target.address));
  return answer;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal, ref: false });
  } catch {
    // Aborted: the loop looks at the signal itself.
  }
}

/** A function, or the compiler takes the first answer to hold on. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
