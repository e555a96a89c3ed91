import { formatRows, median, toRow } from "./figure";

describe("a bench figure", () => {
  it("has the middle sample as median, or the mean of the middle two", () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it("meets its goal only when the median is below it", () => {
    expect(toRow({ name: "a", unit: "ms", samples: [10, 20, 90], goal: 21 }).met).toBe(true);
    expect(toRow({ name: "a", unit: "ms", samples: [10, 20, 90], goal: 20 }).met).toBe(false);
  });

  it("is another quantile where it says so: the smallest sample that so many do not exceed", () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(toRow({ name: "a", unit: "ms", samples, quantile: 0.99, goal: 100 })).toMatchObject({
      value: 99,
      min: 1,
      max: 100,
      met: true,
    });
  });

  it("is met without a goal, and missed without samples", () => {
    expect(toRow({ name: "a", unit: "ms", samples: [1] }).met).toBe(true);
    expect(toRow({ name: "a", unit: "ms", samples: [], goal: 1 }).met).toBe(false);
  });

  it("is printed with its goal and its peer, columns aligned", () => {
    const rows = [
      toRow({
        name: "start",
        unit: "ms",
        samples: [100],
        goal: 150,
        peer: { name: "bare node", samples: [70] },
      }),
      toRow({ name: "a longer name", unit: "MB", samples: [1], goal: 1 }),
    ];
    expect(formatRows(rows)).toBe(
      [
        "figure         value   min  max  n  goal   peer",
        "start          100 ms  100  100  1  < 150  bare node: 70  met",
        "a longer name  1 MB    1    1    1  < 1    -              MISSED",
      ].join("\n"),
    );
  });
});
