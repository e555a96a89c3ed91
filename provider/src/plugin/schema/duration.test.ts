import { describeDuration, parseDuration } from "./duration";

test.each([
  ["500ms", 500],
  ["90s", 90_000],
  ["1.5m", 90_000],
  ["1h30m", 5_400_000],
])("%s is %i ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "5", "m", "5 m", "-5s", "0s", "5d", "5sx"])("'%s' is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test("is told in the largest unit that fits", () => {
  expect([120_000, 90_000, 1500].map(describeDuration)).toEqual(["2 min", "90 s", "1.5 s"]);
});
