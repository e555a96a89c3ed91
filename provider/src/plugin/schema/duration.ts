import { custom, type Validator } from "./validator";
import { quoted } from "./validators/wording";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The longest that JavaScript's timers take, about 24.8 days; longer ones would fire at once. */
const MAX_DURATION_MS = 2 ** 31 - 1;

/** `1h30m`, `90s`, `500ms` in milliseconds, as Go writes durations; undefined where it is none, zero or too long. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    total += Number(number) * (UNITS[unit ?? ""] ?? 0);
  const ms = Math.round(total);
  return ms > 0 && ms <= MAX_DURATION_MS ? ms : undefined;
}

/** A text that `parseDuration` takes. */
export function duration(): Validator<string> {
  return custom('a duration such as "90s" or "5m", at most 24 days', (value) =>
    parseDuration(value) === undefined
      ? `${quoted(value)} is not a duration such as "90s", "5m" or "1h30m"`
      : undefined,
  );
}
