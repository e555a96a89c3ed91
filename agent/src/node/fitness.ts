import type { Clock, Timer } from "../ports/clock";

const probeIntervalMs = 5000;
/** A Consul that has just been started is whole within a second or two. */
const faultyIntervalMs = 1000;

/** Asks a thing every few seconds whether it answers, sooner while it does not; remembers the last answer for whoever wants to know. */
export class Fitness {
  private timer: Timer | undefined;
  private stopped = false;
  private answer: string | undefined = "not asked yet";

  constructor(
    private readonly clock: Clock,
    private readonly ping: () => Promise<string | undefined>,
  ) {}

  start(): void {
    void this.probe();
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  /** undefined: it answers; else why not. */
  get fault(): string | undefined {
    return this.answer;
  }

  private async probe(): Promise<void> {
    try {
      this.answer = await this.ping();
    } catch (error) {
      this.answer = String(error);
    }
    if (this.stopped) return;
    const delayMs = this.answer === undefined ? probeIntervalMs : faultyIntervalMs;
    this.timer = this.clock.after(delayMs, () => void this.probe());
  }
}
