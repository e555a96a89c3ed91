import { describeDuration } from "./duration";

test("a duration is told in the largest unit that fits", () => {
  expect([120_000, 90_000, 1500].map(describeDuration)).toEqual(["2 min", "90 s", "1.5 s"]);
});
