/** Thrown by `withDeadline`; the operation itself may still take effect. */
export class DeadlineExceeded extends Error {
  constructor(readonly deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
    this.name = "DeadlineExceeded";
  }
}

/** Runs an operation and gives it up at the deadline: its signal aborts, and the caller hears at once whatever it does then. */
export async function withDeadline<T>(
  deadlineMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const giveUp = new AbortController();
  return await new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new DeadlineExceeded(deadlineMs));
      giveUp.abort();
    }, deadlineMs);
    operation(giveUp.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
      });
  });
}
