import { childrenCpuMs } from "./plan-run";
import { ratios } from "./provider-start";

describe("what a plan cost", () => {
  it.each([
    ["dash", "0m0.000000s 0m0.010000s\n1m2.500000s 0m0.250000s\n"],
    ["bash", "0m0.000s 0m0.010s\n1m2.500s 0m0.250s\n"],
    ["a shell of another language", "0m0,000s 0m0,010s\n1m2,500s 0m0,250s\n"],
  ])("is read off the children's times as %s prints them", (_shell, times) => {
    expect(childrenCpuMs(times)).toBe(62_750);
  });

  it("is never guessed", () => {
    expect(() => childrenCpuMs("1.2 0.3")).toThrow(/not understood/u);
  });

  it("is compared with what was measured in the same round", () => {
    expect(ratios([10, 30], [5, 10])).toEqual([2, 3]);
  });
});
