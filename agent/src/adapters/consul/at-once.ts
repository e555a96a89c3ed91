/**
 * Does all of it, so many at a time, as soon as one is done the next. Throws what the first that fails throws; no more are begun then, and
 * all that were begun have ended.
 */
export async function atOnce<T>(
  all: readonly T[],
  most: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = [...all].reverse();
  const errors: unknown[] = [];
  const some = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined && errors.length === 0; one = left.pop())
      await work(one).catch((error: unknown) => errors.push(error));
  };
  await Promise.all(Array.from({ length: Math.min(most, all.length) }, some));
  if (errors.length > 0) throw errors[0];
}
