/** At most so many at once; the others wait in the order they came. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  get isExhausted(): boolean {
    return this.#free === 0;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Rejects with the signal's reason where it is aborted while waiting. */
  async acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abandoned = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1);
        reject(signal?.reason instanceof Error ? signal.reason : new Error("interrupted"));
      };
      const granted = (): void => {
        signal?.removeEventListener("abort", abandoned);
        resolve();
      };
      signal?.addEventListener("abort", abandoned, { once: true });
      this.#waiting.push(granted);
    });
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }

  async run<T>(act: () => Promise<T>): Promise<T> {
    await this.acquire();
    try {
      return await act();
    } finally {
      this.release();
    }
  }
}
