/** After this it may have come back. */
const silentForMs = 60_000;

/** Clusters that gave no answer lately, by access key: a plan of a thousand services waits for such a one once. */
export class Silences {
  readonly #until = new Map<string, number>();

  constructor(private readonly nowMs: () => number) {}

  has(accessKey: string): boolean {
    return this.nowMs() < (this.#until.get(accessKey) ?? 0);
  }

  add(accessKey: string): void {
    this.#until.set(accessKey, this.nowMs() + silentForMs);
  }
}
