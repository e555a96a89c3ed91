import type Docker from "dockerode";
import type { Log } from "../../ports/log";
import { splitLines } from "./split-lines";

export interface EngineEvent {
  readonly action: string;
  readonly containerId: string;
  readonly taskId: string;
  /** Of a `die` event. */
  readonly exitCode: number | undefined;
}

export interface EventStreamOptions {
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly taskLabel: string;
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
}

export interface EventListener {
  event(event: EngineEvent): void;
  /** The stream is there again: anything may have happened in between. */
  reconnected(): void;
}

/** Follows the engine's events until the signal aborts; a stream that breaks is opened again, ever more slowly. */
export async function followEvents(
  docker: Docker,
  options: EventStreamOptions,
  listener: EventListener,
  world: { readonly signal: AbortSignal; readonly log: Log },
): Promise<void> {
  const { signal, log } = world;
  for (let failures = 0; !signal.aborted;) {
    try {
      const stream = await docker.getEvents({
        filters: JSON.stringify(options.filters),
        abortSignal: signal,
      });
      failures = 0;
      listener.reconnected();
      for await (const line of splitLines(stream, 1024 * 1024)) {
        const event = parseEvent(line, options.taskLabel);
        if (event) listener.event(event);
      }
    } catch (error) {
      if (isAborted(signal)) return;
      log.debug("Docker's event stream broke", { error: String(error) });
    }
    const delayMs = Math.min(options.retryMaxMs, options.retryFirstMs * 2 ** failures);
    failures = Math.min(failures + 1, 16);
    await pause(delayMs, signal);
  }
}

function parseEvent(line: string, taskLabel: string): EngineEvent | undefined {
  const raw = JSON.parse(line) as {
    Action?: string;
    Actor?: { ID?: string; Attributes?: Record<string, string> };
  };
  const taskId = raw.Actor?.Attributes?.[taskLabel];
  if (taskId === undefined) return undefined;
  const exitCode = Number.parseInt(raw.Actor?.Attributes?.["exitCode"] ?? "", 10);
  return {
    action: raw.Action ?? "",
    containerId: raw.Actor?.ID ?? "",
    taskId,
    exitCode: Number.isNaN(exitCode) ? undefined : exitCode,
  };
}

/** A function, as the compiler takes a property that was read once for constant. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    timer.unref();
    signal.addEventListener("abort", done, { once: true });
  });
}
