import { atOnce } from "./at-once";

describe("work at once", () => {
  it("is all done, never more than so many at a time", async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await atOnce([0, 1, 2, 3, 4, 5, 6], 3, async (one) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      done.push(one);
    });
    expect(done.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });

  it("ends with the first failure, begins no more, and leaves none running", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (one: number): Promise<void> => {
      begun.push(one);
      await new Promise(setImmediate);
      if (one === 1) throw new Error("no");
      await new Promise(setImmediate);
      ended.push(one);
    };
    await expect(atOnce([0, 1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow("no");
    expect(begun.length).toBeLessThan(5);
    expect(ended.sort()).toEqual(begun.filter((one) => one !== 1).sort());
  });

  it("is nothing where there is nothing", async () => {
    await expect(atOnce([], 3, () => Promise.reject(new Error("no")))).resolves.toBeUndefined();
  });
});
