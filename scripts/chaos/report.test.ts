import { formatReport, outages, reportOf, type ChaosFigures } from "./report";

const visit = (fromMs: number, failure?: string): ChaosFigures["visits"][number] => ({
  fromMs,
  toMs: fromMs + 100,
  failure,
});
const figures: ChaosFigures = {
  faults: [{ kind: "freeze", beganMs: 1000, endedMs: 2000 }],
  visits: [visit(0), visit(1500, "refused"), visit(1600, "refused"), visit(1700), visit(90_000)],
  convergedMs: [3000, 5000],
  ranMs: 60_000,
};

describe("the report of a chaos run", () => {
  it("counts an outage from the first failure to the next answer", () => {
    expect(outages(figures.visits)).toEqual([300]);
    expect(outages([visit(0, "refused"), visit(200, "refused")])).toEqual([300]);
  });

  it("counts for a kind the visits while its faults are felt", () => {
    expect(reportOf(figures).find(({ kind }) => kind === "freeze")).toEqual({
      kind: "freeze",
      faults: 1,
      visits: 3,
      failed: 2,
      longestMs: 300,
    });
  });

  it("says how many faults there would be in an hour, and how long healing takes", () => {
    const text = formatReport(figures);
    expect(text).toContain("1 faults in 60.0 s: 60 an hour");
    expect(text).toContain("median 4.0 s (3.0 s, 5.0 s)");
    expect(text).toContain("2 of 5 visits failed, 0.3 s at a stretch at most");
  });
});
