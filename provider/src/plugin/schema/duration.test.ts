import fc from "fast-check";
import { DYNAMIC } from "../values/type";
import { duration, parseDuration } from "./duration";

test.each([
  ["500ms", 500],
  ["90s", 90_000],
  ["1.5m", 90_000],
  ["1h30m", 5_400_000],
  ["596h", 2_145_600_000],
])("%s is %i ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "5", "m", "5 m", "-5s", "0s", "0.1ms", "5d", "5sx", "597h", `${"9".repeat(400)}s`])(
  "'%s' is no duration",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test("parts add up, in any order", () => {
  const part = fc.nat(500);
  fc.assert(
    fc.property(part, part, part, (h, m, ms) => {
      const sum = h * 3_600_000 + m * 60_000 + ms;
      expect(parseDuration(`${ms}ms${h}h${m}m`)).toBe(sum === 0 ? undefined : sum);
    }),
  );
});

test("what is none is refused with examples", () => {
  const context = { type: DYNAMIC, writeOnlyAllowed: true };
  expect(duration().check("soon", context)).toBe(
    '"soon" is not a duration such as "90s", "5m" or "1h30m"',
  );
  expect(duration().check("2m", context)).toBeUndefined();
});
