/** Does all of it, so many at a time, as soon as one is done the next. Throws what the first that fails throws; no more are begun then. */
export async function atOnce<T>(
  all: readonly T[],
  most: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = [...all].reverse();
  let failed = false;
  const some = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined && !failed; one = left.pop())
      await work(one).catch((error: unknown) => {
        failed = true;
        throw error;
      });
  };
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, some));
}
