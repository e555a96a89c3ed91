import { VirtualClock } from "../../test/fakes/virtual-clock";
import { type DesiredState, applyChange, emptyDesiredState } from "../model/desired-state";
import type { Electorate } from "../model/electorate";
import type { Log } from "../ports/log";
import type { Fitness } from "./successor";
import { VoterChanges } from "./voter-changes";

const fit: Fitness = { status: "alive", attached: true, draining: false, unhealthy: undefined };
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silent,
};

/** A master n1 of term 2, whose election does what it is asked the second time. */
class Bench {
  readonly clock = new VirtualClock();
  readonly fitness = new Map(["n1", "n2", "n3", "n4", "n5"].map((name) => [name, fit]));
  readonly proposed: string[] = [];
  readonly handedTo: string[] = [];
  desired: DesiredState | undefined = emptyDesiredState;
  electorate: Electorate = { term: 0, version: 0, voters: ["n1", "n2", "n3"] };
  learner: string | undefined;
  mayAct = true;
  readonly changes: VoterChanges;
  private askedFor = "";

  constructor() {
    this.changes = new VoterChanges({
      clock: this.clock,
      log: silent,
      self: "n1",
      electorate: {
        current: () => this.electorate,
        acknowledged: () => this.electorate,
        propose: (voters) => this.propose(voters),
        prepare: (learner) => (this.learner = learner),
      },
      names: () => [...this.fitness.keys()],
      node: (name) => this.fitness.get(name),
      mayAct: () => this.mayAct,
      desired: () => this.desired,
      commit: (changes) => {
        this.desired = changes.reduce(applyChange, this.desired ?? emptyDesiredState);
        return Promise.resolve();
      },
      handOver: (to) => {
        this.handedTo.push(to);
        return Promise.reject(new Error("it has not stood in time"));
      },
    });
    this.changes.start();
  }

  private propose(voters: readonly string[]): string | undefined {
    const asked = voters.join();
    if (asked !== this.askedFor) {
      this.askedFor = asked;
      return "a majority has yet to keep it";
    }
    if (this.electorate.voters.join() === asked && this.electorate.term === 2) return undefined;
    this.proposed.push(asked);
    this.electorate = { term: 2, version: this.electorate.version + 1, voters };
    return "it is proposed";
  }
}

describe("changes of the voters", () => {
  it("are none while nobody wants any", async () => {
    const { clock, changes, proposed } = new Bench();
    await clock.advanceSettled(60_000);
    expect(proposed).toEqual([]);
    expect(changes.view()).toMatchObject({ wanted: ["n1", "n2", "n3"], doing: undefined });
  });

  it("wait for ten seconds without a break of whoever joins, and say so", async () => {
    const bench = new Bench();
    const { clock, changes } = bench;
    await changes.want(["n1", "n2", "n4"]);
    await clock.advanceSettled(6000);
    expect(changes.view().doing).toBe("n4 has been fit for 6 of 10 s");
    expect(bench.learner).toBe("n4");
    bench.fitness.set("n4", { ...fit, unhealthy: "Docker does not answer" });
    await clock.advanceSettled(1000);
    expect(changes.view().doing).toBe("n4 is unhealthy (Docker does not answer)");
    expect(bench.learner).toBeUndefined();
    bench.fitness.set("n4", fit);
    await clock.advanceSettled(9500);
    expect(bench.proposed).toEqual([]);
    await clock.advanceSettled(2000);
    expect(bench.proposed).toEqual(["n1,n2,n3,n4"]);
  });

  it("go on to the end, one at a time, and are recorded in the store", async () => {
    const bench = new Bench();
    await bench.changes.want(["n1", "n4", "n5"]);
    await bench.clock.advanceSettled(30_000);
    expect(bench.proposed).toEqual(["n1,n2,n3,n4", "n1,n2,n3,n4,n5", "n1,n3,n4,n5", "n1,n4,n5"]);
    expect(bench.desired?.electorate).toEqual(bench.electorate);
    expect(bench.changes.view()).toMatchObject({
      doing: undefined,
      voters: [{ name: "n1", state: "voter", master: true }, { name: "n4" }, { name: "n5" }],
    });
  });

  it("show who joins and who leaves", async () => {
    const bench = new Bench();
    await bench.changes.want(["n1", "n2", "n4"]);
    await bench.clock.advanceSettled(2000);
    expect(bench.changes.view().voters).toMatchObject([
      { name: "n1", state: "voter", fitForMs: undefined },
      { name: "n2", state: "voter" },
      { name: "n3", state: "leaving" },
      { name: "n4", state: "joining", fitForMs: 2000 },
    ]);
  });

  it("refuse a node that is not there, naming those that are", async () => {
    const bench = new Bench();
    await expect(bench.changes.want(["n1", "n2", "n9"])).rejects.toMatchObject({
      fault: "not-found",
      message: "there is no node 'n9', so it cannot become a voter; there are: n1, n2, n3, n4, n5",
    });
    expect(bench.desired?.wantedVoters).toBeUndefined();
  });

  it("hand over where the master is not wanted, and not more often than every ten seconds", async () => {
    const bench = new Bench();
    bench.electorate = { term: 2, version: 4, voters: ["n1", "n2"] };
    await bench.changes.want(["n2"]);
    await bench.clock.advanceSettled(9000);
    expect(bench.handedTo).toEqual(["n2"]);
    expect(bench.changes.view().doing).toMatch(/n1 is not wanted: it hands the office to n2/);
    await bench.clock.advanceSettled(2000);
    expect(bench.handedTo).toEqual(["n2", "n2"]);
  });

  it("rest while the store has not been read in this term, and while the lease is over", async () => {
    const bench = new Bench();
    await bench.changes.want(["n1"]);
    const { desired } = bench;
    bench.desired = undefined;
    await bench.clock.advanceSettled(5000);
    expect(bench.changes.view().doing).toMatch(/the store is yet to be read/);
    bench.desired = desired;
    bench.mayAct = false;
    await bench.clock.advanceSettled(5000);
    expect(bench.proposed).toEqual([]);
    bench.mayAct = true;
    await bench.clock.advanceSettled(5000);
    expect(bench.electorate.voters).toEqual(["n1"]);
  });
});
