import type { HealthCheck } from "../model/health";
import type { Clock, Timer } from "../ports/clock";
import { describeCheck } from "./probe";
import type { Probe } from "./probe";

export interface ProbePace {
  /** Between probes of a task that has just started, so that its first success is seen at once. */
  readonly quickMs: number;
  /** So long after the start at most; then the check's own interval. */
  readonly quickForMs: number;
}

export interface HealthListener {
  /** After each probe that counts. */
  probed(healthy: boolean, note: string): void;
  /** `maxFailures` in a row. */
  exhausted(note: string): void;
}

/** Asks one of a task's checks again and again, one probe at a time. */
export class HealthWatch {
  private timer: Timer | undefined;
  private stopped = false;
  private failures = 0;
  private successes = 0;
  /** It was healthy once: from then on failures count. */
  private succeeded = false;
  private passing = false;
  private readonly beganMs: number;

  constructor(
    private readonly clock: Clock,
    private readonly ask: Probe,
    private readonly check: HealthCheck & ProbePace,
    private readonly listener: HealthListener,
  ) {
    this.beganMs = clock.nowMs();
  }

  /** `runningForMs`: how long the task has been running already (adopted ones). Resolves after the first probe. */
  async start(runningForMs: number): Promise<void> {
    await this.probe(runningForMs);
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  private async probe(ranBeforeMs: number): Promise<void> {
    const wrong = await this.ask().catch(text);
    if (this.stopped) return;
    if (wrong !== undefined) this.successes = 0;
    const ageMs = ranBeforeMs + this.clock.nowMs() - this.beganMs;
    if (wrong === undefined) this.success();
    else if (this.succeeded || ageMs >= this.check.graceMs) this.failure(wrong);
    if (this.isStopped()) return;
    this.timer = this.clock.after(this.pauseMs(ageMs), () => void this.probe(ranBeforeMs));
  }

  /** A listener may have stopped us. */
  private isStopped(): boolean {
    return this.stopped;
  }

  private success(): void {
    this.failures = 0;
    this.successes++;
    if (!this.passing && this.successes < (this.check.minSuccesses ?? 1)) return;
    this.passing = true;
    this.succeeded = true;
    this.listener.probed(true, "healthy");
  }

  private failure(wrong: string): void {
    this.failures++;
    this.passing = false;
    const note = `${describeCheck(this.check)}: ${wrong}`;
    this.listener.probed(false, note);
    if (this.failures >= this.check.maxFailures)
      this.listener.exhausted(`${this.failures} failed checks in a row; the last: ${note}`);
  }

  private pauseMs(ageMs: number): number {
    const young = ageMs < this.check.graceMs && ageMs < this.check.quickForMs;
    return young && !this.succeeded && this.successes === 0
      ? Math.min(this.check.quickMs, this.check.intervalMs)
      : this.check.intervalMs;
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
