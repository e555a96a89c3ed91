import type { Clock } from "../../src/ports/clock";
import type { Prober } from "../../src/ports/prober";

export interface ScriptedProberOptions {
  readonly clock: Clock;
  /** Default 0. */
  readonly latencyMs?: number;
}

/** Answers as told, by port; what was not told is healthy. */
export class ScriptedProber implements Prober {
  /** Every probe, in order: `http 127.0.0.1:80/path`, `tcp 127.0.0.1:80`. */
  readonly journal: string[] = [];
  private readonly answers = new Map<number, () => string | undefined>();

  constructor(private readonly options: ScriptedProberOptions) {}

  /** From now on, of every address. undefined: healthy. */
  set(port: number, answer: string | undefined | (() => string | undefined)): void {
    this.answers.set(port, typeof answer === "function" ? answer : () => answer);
  }

  http(address: string, port: number, path: string): Promise<string | undefined> {
    this.journal.push(`http ${address}:${port}${path}`);
    return this.answer(port);
  }

  grpc(address: string, port: number, service: string): Promise<string | undefined> {
    this.journal.push(`grpc ${address}:${port} ${service}`);
    return this.answer(port);
  }

  tcp(address: string, port: number): Promise<string | undefined> {
    this.journal.push(`tcp ${address}:${port}`);
    return this.answer(port);
  }

  private async answer(port: number): Promise<string | undefined> {
    const { latencyMs = 0, clock } = this.options;
    if (latencyMs > 0)
      await new Promise<void>((resolve) => {
        clock.after(latencyMs, resolve);
      });
    else await Promise.resolve();
    return this.answers.get(port)?.();
  }
}
