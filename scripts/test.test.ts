import { addCounts, countsOf, formatCounts } from "./test";

const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 0,
};

describe("the last line of `npm test`", () => {
  it("adds the rounds up", () => {
    expect(formatCounts(addCounts([countsOf(report), countsOf(report)]))).toBe(
      "6 passed, 2 failed, 6 skipped",
    );
  });

  it("counts a file that could not be run as a failure", () => {
    expect(countsOf({ ...report, numRuntimeErrorTestSuites: 1 }).failed).toBe(2);
  });
});
