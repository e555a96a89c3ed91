/**
 * `work` for 0 to `count` - 1, at most `atOnce` side by side. Throws what the first that fails throws; no more are begun then, and all
 * that began have ended.
 */
export async function inParallel(
  atOnce: number,
  count: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const errors: unknown[] = [];
  const lane = async (): Promise<void> => {
    while (next < count && errors.length === 0)
      await work(next++).catch((error: unknown) => errors.push(error));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (errors.length > 0) throw errors[0];
}
