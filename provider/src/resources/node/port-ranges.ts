export interface PortRange {
  readonly begin: number;
  readonly end: number;
}

const rangesMax = 64;

/** `8000-8100,31000-32000`, single ports allowed; undefined where it is something else. */
export function parsePortRanges(text: string): readonly PortRange[] | undefined {
  const parts = text.split(",");
  if (parts.length > rangesMax) return undefined;
  const ranges: PortRange[] = [];
  for (const part of parts) {
    const match = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(part);
    const begin = Number(match?.[1]);
    const end = Number(match?.[2] ?? match?.[1]);
    if (!match || begin < 1 || end > 65535 || begin > end) return undefined;
    ranges.push({ begin, end });
  }
  return ranges;
}
