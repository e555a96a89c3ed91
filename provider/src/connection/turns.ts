/**
 * Acts on the same thing one after the other: ten nodes that are made at once share one network, and one upload of each
 * program. Another provider's process is not seen; what it does meanwhile is met as a refusal of the engine.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(act, act);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
