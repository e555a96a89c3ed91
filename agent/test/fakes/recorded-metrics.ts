import type { ApiAnswer, Metrics } from "../../src/ports/metrics";

/** Keeps what it is told. */
export class RecordedMetrics implements Metrics {
  readonly answers: ApiAnswer[] = [];
  private told: () => void = () => undefined;

  answered(answer: ApiAnswer): void {
    this.answers.push(answer);
    this.told();
  }

  /** Resolves when so many answers were told of: a client may have its answer before. */
  async atLeast(count: number): Promise<void> {
    while (this.answers.length < count)
      await new Promise<void>((resolve) => {
        this.told = resolve;
      });
  }

  exposition(): Promise<{ contentType: string; text: string }> {
    return Promise.resolve({ contentType: "text/plain; version=0.0.4", text: "up 1\n" });
  }
}
