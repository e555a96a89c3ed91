import { Semaphore } from "./semaphore";

test("so many go on at once, the others in the order they came", async () => {
  const semaphore = new Semaphore(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map((one) =>
    semaphore.run(async () => {
      begun.push(one);
      await new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  expect([semaphore.isExhausted, semaphore.waiting]).toEqual([true, 2]);
  while (ends.length > 0) {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(semaphore.isExhausted).toBe(false);
});

test("one that gives up waiting leaves its place to the next", async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire();
  const interrupt = new AbortController();
  const given = semaphore.acquire(interrupt.signal);
  const next = semaphore.acquire();
  interrupt.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  semaphore.release();
  await next;
  expect(semaphore.waiting).toBe(0);
  await expect(semaphore.acquire(AbortSignal.abort(new Error("late")))).rejects.toThrow("late");
});
