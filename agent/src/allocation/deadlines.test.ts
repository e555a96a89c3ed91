import fc from "fast-check";
import { Deadlines } from "./deadlines";

describe("deadlines", () => {
  it("come due in order, as sorting them would have it", () => {
    const entries = fc.array(fc.nat(100), { maxLength: 50 });
    fc.assert(
      fc.property(entries, fc.nat(100), (times, nowMs) => {
        const deadlines = new Deadlines<number>();
        for (const atMs of times) deadlines.add(atMs, atMs);
        const due: number[] = [];
        for (let one = deadlines.takeDue(nowMs); one !== undefined; one = deadlines.takeDue(nowMs))
          due.push(one);
        expect(due).toEqual(times.filter((atMs) => atMs <= nowMs).sort((a, b) => a - b));
        const left = times.filter((atMs) => atMs > nowMs);
        expect(deadlines.size).toBe(left.length);
        expect(deadlines.nextMs()).toBe(left.length > 0 ? Math.min(...left) : undefined);
        deadlines.keep((atMs) => atMs % 2 === 0);
        expect(deadlines.size).toBe(left.filter((atMs) => atMs % 2 === 0).length);
      }),
    );
  });
});
