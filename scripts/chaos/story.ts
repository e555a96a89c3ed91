const kept = 2000;

/** What has happened, with its time in seconds since the beginning: for whoever has to understand a violation. */
export class Story {
  readonly #lines: string[] = [];
  readonly #beganMs = performance.now();

  constructor(
    readonly print: (line: string) => void,
    /** All that is noted is shown too. */
    readonly isVerbose = false,
  ) {}

  note(what: string): string {
    const line = `${((performance.now() - this.#beganMs) / 1000).toFixed(1).padStart(7)} ${what}`;
    this.#lines.push(line);
    if (this.#lines.length > kept) this.#lines.shift();
    if (this.isVerbose) this.print(line);
    return line;
  }

  /** Noted, and shown at once. */
  tell(what: string): void {
    const line = this.note(what);
    if (!this.isVerbose) this.print(line);
  }

  last(count: number): readonly string[] {
    return this.#lines.slice(-count);
  }
}
