/** Lets at most `width` operations run at once; the others wait in order. Callers bound the queue: one operation a task. */
export class Lane {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly width: number) {}

  async run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.running >= this.width)
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    else this.running++;
    try {
      return await operation();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
