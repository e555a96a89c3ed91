import type { HealthCheck } from "../model/health";
import type { TaskSpec } from "../model/task";
import type { Clock, Timer } from "../ports/clock";
import type { Prober } from "../ports/prober";

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

/** Asks one task's port again and again, one probe at a time. */
export class HealthWatch {
  private timer: Timer | undefined;
  private stopped = false;
  private failures = 0;
  private succeeded = false;
  private readonly beganMs: number;

  constructor(
    private readonly deps: { readonly prober: Prober; readonly clock: Clock },
    private readonly target: { readonly address: string; readonly port: number },
    private readonly check: HealthCheck & ProbePace,
    private readonly listener: HealthListener,
  ) {
    this.beganMs = deps.clock.nowMs();
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
    const wrong = await this.ask();
    if (this.stopped) return;
    const ageMs = ranBeforeMs + this.deps.clock.nowMs() - this.beganMs;
    if (wrong === undefined) this.success();
    else if (this.succeeded || ageMs >= this.check.graceMs) this.failure(wrong);
    if (this.isStopped()) return;
    this.timer = this.deps.clock.after(this.pauseMs(ageMs), () => void this.probe(ranBeforeMs));
  }

  /** A listener may have stopped us. */
  private isStopped(): boolean {
    return this.stopped;
  }

  private success(): void {
    this.failures = 0;
    this.succeeded = true;
    this.listener.probed(true, "healthy");
  }

  private failure(wrong: string): void {
    this.failures++;
    const note = `${describeCheck(this.check)}: ${wrong}`;
    this.listener.probed(false, note);
    if (this.failures >= this.check.maxFailures)
      this.listener.exhausted(`${this.failures} failed checks in a row; the last: ${note}`);
  }

  private pauseMs(ageMs: number): number {
    const starting = !this.succeeded && ageMs < this.check.graceMs && ageMs < this.check.quickForMs;
    return starting ? Math.min(this.check.quickMs, this.check.intervalMs) : this.check.intervalMs;
  }

  private async ask(): Promise<string | undefined> {
    const { prober } = this.deps;
    const { address, port } = this.target;
    const { kind, path, timeoutMs } = this.check;
    try {
      return kind === "http"
        ? await prober.http(address, port, path, timeoutMs)
        : await prober.tcp(address, port, timeoutMs);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** The host port a task's health is asked on. */
export function probedPort(spec: TaskSpec): number | undefined {
  return spec.ports.find((port) => port.name === spec.health?.port)?.hostPort;
}

function describeCheck(check: HealthCheck): string {
  return check.kind === "http"
    ? `HTTP ${check.path} on port '${check.port}'`
    : `TCP port '${check.port}'`;
}
