import { planVoters, type Standing, type VoterStep } from "./voter-plan";

const fit: Standing = { unfit: undefined, fitForMs: 60_000 };

function plan(
  voters: readonly string[],
  wanted: readonly string[],
  standings: Readonly<Record<string, Partial<Standing>>> = {},
): VoterStep {
  const standing = (name: string): Standing => ({ ...fit, ...standings[name] });
  return planVoters({ self: "n1", voters, wanted, standing });
}

describe("the way to other voters", () => {
  it("is at its end where they are those that are wanted, in whatever order", () => {
    expect(plan(["n1", "n2", "n3"], ["n3", "n2", "n1"])).toEqual({ kind: "settled" });
  });

  it("adds one that has been fit for ten seconds, before it removes one", () => {
    const step = plan(["n1", "n2", "n3"], ["n1", "n2", "n4"]);
    expect(step).toEqual({ kind: "propose", voters: ["n1", "n2", "n3", "n4"] });
  });

  it("waits for those that are not yet fit for so long, and says of each why", () => {
    const step = plan(["n1"], ["n1", "n4", "n5"], {
      n4: { unfit: "is draining", fitForMs: 0 },
      n5: { fitForMs: 9999 },
    });
    expect(step).toEqual({
      kind: "wait",
      learner: "n5",
      why: "n4 is draining, n5 has been fit for 9 of 10 s",
    });
  });

  it("does not wait for one that is not fit while another is", () => {
    const step = plan(["n1"], ["n1", "n4", "n5"], {
      n4: { unfit: "is dead in the mesh", fitForMs: 0 },
    });
    expect(step).toEqual({ kind: "propose", voters: ["n1", "n5"] });
  });

  it("removes none while one that is wanted is missing, unless there are seven", () => {
    const seven = ["n1", "n2", "n3", "n4", "n5", "n6", "n7"];
    const waiting = { n8: { fitForMs: 0 } };
    expect(plan(["n1", "n2", "n3"], ["n1", "n2", "n8"], waiting).kind).toBe("wait");
    const others = [...seven.filter((name) => name !== "n3"), "n8"];
    expect(plan(seven, others, waiting)).toEqual({
      kind: "propose",
      voters: seven.filter((name) => name !== "n3"),
    });
  });

  it("removes a dead voter before a living one", () => {
    const step = plan(["n1", "n2", "n3"], ["n1"], { n3: { unfit: "is dead in the mesh" } });
    expect(step).toEqual({ kind: "propose", voters: ["n1", "n2"] });
  });

  it("ends with the master's own removal, which its successor does", () => {
    expect(plan(["n1", "n2", "n3"], ["n3"])).toEqual({ kind: "propose", voters: ["n1", "n3"] });
    expect(plan(["n1", "n3"], ["n3"])).toEqual({ kind: "hand-over", to: "n3" });
  });

  it("waits where nobody that is wanted could be master instead", () => {
    expect(plan(["n1", "n3"], ["n3"], { n3: { unfit: "is not attached to the master" } })).toEqual({
      kind: "wait",
      learner: undefined,
      why: "the master n1 is not wanted and has nobody to hand over to: n3 is not attached to the master",
    });
  });
});
