import type { ProblemCode } from "../problem";
import { requestOnce, type Call } from "./attempt";
import {
  ApiError,
  explainFault,
  isCertificateFault,
  UnreachableError,
  type FailedAttempt,
} from "./errors";
import type { Exchange } from "./exchange";

export interface RoundsOptions {
  readonly endpoints: readonly string[];
  readonly token: string;
  readonly exchange: Exchange;
  readonly timeoutMs: number;
}

const firstPauseMs = 100;
const longestPauseMs = 2000;

/** Refusals that pass by themselves, with nothing done: worth another round. */
const passing: ReadonlySet<ProblemCode> = new Set(["no-master", "recovering", "deposed"]);

/**
 * Carries one call to whoever answers it, in rounds over the endpoints. The first to be asked is the one that answered last: the
 * agent for its own affairs, the master (known from the last redirect) for the cluster's.
 */
export class Rounds {
  readonly #options: RoundsOptions;
  readonly #endpoints: readonly string[];
  #lastGood: string | undefined;
  #lastMaster: string | undefined;

  constructor(options: RoundsOptions) {
    if (options.endpoints.length === 0)
      throw new TypeError("no endpoint given: name at least one agent");
    this.#options = options;
    this.#endpoints = options.endpoints.map(originOf);
  }

  /** The answer's JSON; undefined where it has none. */
  async call(call: Call, deadline: AbortSignal | undefined): Promise<unknown> {
    let pauseMs = firstPauseMs;
    for (;;) {
      const failed = await this.#round(call, deadline);
      if (failed.kind === "done") return failed.value;
      const error = failed.error;
      if (deadline === undefined || call.once || !failed.again) throw error;
      if (deadline.aborted) throw error;
      await this.#pause(Math.max(pauseMs, failed.retryAfterMs), deadline, error);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  close(): void {
    this.#options.exchange.close();
  }

  async #round(call: Call, deadline: AbortSignal | undefined): Promise<RoundResult> {
    const attempts: FailedAttempt[] = [];
    let refused: { readonly error: ApiError; readonly retryAfterMs: number } | undefined;
    let cause: unknown = deadline?.reason;
    let again = false;
    for (const endpoint of this.#order(call)) {
      if (deadline?.aborted === true) break;
      try {
        const answer = await requestOnce(endpoint, call, { ...this.#options, deadline });
        if (answer.kind === "value") {
          this.#remember(call, endpoint, answer.origin);
          return { kind: "done", value: answer.value };
        }
        const error = new ApiError(answer.problem, answer.origin);
        if (!passing.has(answer.problem.code)) throw error;
        refused = { error, retryAfterMs: answer.retryAfterMs };
        again = true;
      } catch (error) {
        if (error instanceof ApiError) throw error;
        this.#forget(endpoint);
        attempts.push({ endpoint, reason: explainFault(error) });
        cause = error;
        again ||= !isCertificateFault(error);
      }
      if (call.once) break;
    }
    // That there is no master explains more than that some agent besides did not answer.
    if (refused) return { kind: "failed", again, ...refused };
    return {
      kind: "failed",
      again,
      retryAfterMs: 0,
      error: new UnreachableError(attempts, { cause }),
    };
  }

  #order(call: Call): Set<string> {
    const first = call.of === "master" ? [this.#lastMaster, this.#lastGood] : [this.#lastGood];
    return new Set([...first.filter((origin) => origin !== undefined), ...this.#endpoints]);
  }

  #remember(call: Call, endpoint: string, origin: string): void {
    if (this.#endpoints.includes(endpoint)) this.#lastGood = endpoint;
    if (call.of === "master") this.#lastMaster = origin;
  }

  #forget(endpoint: string): void {
    if (this.#lastGood === endpoint) this.#lastGood = undefined;
    if (this.#lastMaster === endpoint) this.#lastMaster = undefined;
  }

  async #pause(delayMs: number, deadline: AbortSignal, error: Error): Promise<void> {
    try {
      await this.#options.exchange.pause(Math.min(delayMs, longestPauseMs), deadline);
    } catch {
      throw error;
    }
  }
}

type RoundResult =
  | { readonly kind: "done"; readonly value: unknown }
  | {
      readonly kind: "failed";
      readonly error: ApiError | UnreachableError;
      readonly again: boolean;
      readonly retryAfterMs: number;
    };

function originOf(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:")
    throw new TypeError(`endpoint '${endpoint}' must be of the form https://ADDRESS:PORT`);
  return url.origin;
}
