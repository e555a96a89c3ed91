import { Hearing } from "./hearing";

const options = { probeIntervalMs: 500, suspicionMultiplier: 5, deafHoldMs: 45_000 };

function hearing(more: Partial<typeof options> = {}): Hearing {
  const made = new Hearing({ ...options, ...more });
  made.start(0);
  return made;
}

describe("a node that hears nobody", () => {
  it("judges nobody from three silent intervals on, until it gives the others up", () => {
    const node = hearing();
    expect(node.judgesAtMs(1500, 3)).toBe(-Infinity);
    expect(node.judgesAtMs(1501, 3)).toBe(1500 + 45_000);
    expect(node.judgesAtMs(40_000, 3)).toBe(1500 + 45_000);
  });

  it("judges again when those who were waiting had the time to refute", () => {
    const node = hearing();
    node.heard(30_000);
    expect(node.judgesAtMs(30_000, 3)).toBe(30_000 + 5 * 500);
    node.heard(30_400);
    expect(node.judgesAtMs(30_400, 3)).toBe(30_000 + 5 * 500);
  });

  it("judges as ever where it knows two others at most: one death may silence both", () => {
    expect(hearing().judgesAtMs(30_000, 2)).toBe(-Infinity);
  });

  it("judges as ever where that is switched off", () => {
    expect(hearing({ deafHoldMs: 0 }).judgesAtMs(30_000, 9)).toBe(-Infinity);
  });
});
