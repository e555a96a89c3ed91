import { isLiveProgram } from "./docker";

describe("the process that a pid file names", () => {
  it("is the daemon where it has its name and lives", () => {
    expect(isLiveProgram("811 (dockerd) S 1 811 811 0 -1", "dockerd")).toBe(true);
  });

  it("is not where it is a zombie, which nobody has waited for", () => {
    expect(isLiveProgram("811 (dockerd) Z 1 811 811 0 -1", "dockerd")).toBe(false);
  });

  it("is not where the number belongs to another program by now, whatever its name", () => {
    expect(isLiveProgram("811 (sleep) S 1 811 811 0 -1", "dockerd")).toBe(false);
    expect(isLiveProgram("811 (a (dockerd) b) S 1 811", "dockerd")).toBe(false);
  });
});
