import fc from "fast-check";
import { Heap } from "./heap";

describe("the heap", () => {
  it("gives what it holds in order, whatever was pushed and moved back meanwhile", () => {
    const turn = fc.oneof(fc.integer(), fc.constantFrom("pop" as const, "move back" as const));
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(turn), (first, turns) => {
        const heap = new Heap<{ at: number }>(
          (a, b) => a.at < b.at,
          first.map((at) => ({ at })),
        );
        let sorted = [...first];
        for (const one of turns) {
          sorted.sort((a, b) => a - b);
          expect(heap.top()?.at).toBe(sorted[0]);
          if (one === "pop") expect(heap.pop()?.at).toBe(sorted.shift());
          else if (one === "move back") {
            const top = heap.top();
            if (!top) continue;
            top.at += 10;
            heap.topChanged();
            sorted = [top.at, ...sorted.slice(1)];
          } else {
            heap.push({ at: one });
            sorted.push(one);
          }
        }
        expect(heap.size).toBe(sorted.length);
      }),
    );
  });
});
