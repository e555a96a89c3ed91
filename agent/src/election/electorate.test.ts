import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot, ElectionEffect } from "./election";
import { Election } from "./election";

const timing = { heartbeatMs: 100, timeoutMinMs: 700, timeoutMaxMs: 1400, leaseMs: 600 };
const fresh: Ballot = { term: 0, votedFor: undefined };
const abc = ["a", "b", "c"];

function node(self: string, voters = abc, ballot = fresh): Election {
  return new Election({ ...timing, voters, self }, ballot, () => 0, 0);
}

/** Messages by receiver. */
function sent(effects: readonly ElectionEffect[]): Record<string, ElectionMessage> {
  return Object.fromEntries(
    effects.flatMap((one) => (one.kind === "send" ? [[one.to, one.message] as const] : [])),
  );
}

/** A few nodes and a perfect network without delay; who is not in `reached` neither hears nor is heard. */
class Room {
  readonly nodes = new Map<string, Election>();
  readonly disks = new Map<string, Ballot>();
  /** The next ballot is written, and the node dies before it answers. */
  readonly diesWriting = new Set<string>();
  reached: ReadonlySet<string>;
  nowMs = 0;

  constructor(
    names: readonly string[],
    readonly voters = abc,
  ) {
    this.reached = new Set(names);
    for (const name of names) this.start(name);
  }

  start(name: string): void {
    const ballot = this.disks.get(name) ?? fresh;
    const election = new Election(
      { ...timing, voters: this.voters, self: name },
      ballot,
      () => this.nodes.size / 10,
      this.nowMs,
    );
    this.nodes.set(name, election);
  }

  node(name: string): Election {
    const found = this.nodes.get(name);
    if (!found) throw new Error(`${name} is dead`);
    return found;
  }

  cutOff(...names: readonly string[]): void {
    this.reached = new Set([...this.nodes.keys()].filter((one) => !names.includes(one)));
  }

  acting(): string[] {
    return [...this.nodes].filter(([, one]) => one.mayAct(this.nowMs)).map(([name]) => name);
  }

  advance(ms: number): void {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; this.nowMs += 10)
      for (const [name, one] of [...this.nodes])
        if (one.deadlineMs() <= this.nowMs) this.perform(name, one.tick(this.nowMs));
    expect(this.acting().length).toBeLessThanOrEqual(1);
  }

  /** Asks again until it is done, as the master does. */
  change(master: string, voters: readonly string[], limitMs = 10_000): void {
    for (let tookMs = 0; tookMs < limitMs; tookMs += 100) {
      if (this.propose(master, voters) === undefined) return;
      this.advance(100);
    }
    throw new Error(`${voters.join()} are not the voters after ${limitMs} ms`);
  }

  propose(master: string, voters: readonly string[]): string | undefined {
    const one = this.node(master);
    one.prepare(voters.find((voter) => !one.electorate.voters.includes(voter)));
    const { effects, waits } = one.propose(voters, this.nowMs);
    this.perform(master, effects);
    return waits;
  }

  private perform(from: string, effects: readonly ElectionEffect[]): void {
    for (const effect of effects) {
      if (effect.kind === "persist") this.disks.set(from, effect.ballot);
      if (effect.kind === "persist" && this.diesWriting.delete(from)) {
        this.nodes.delete(from);
        return;
      }
      const to = effect.kind === "send" ? this.nodes.get(effect.to) : undefined;
      const apart = effect.kind === "send" && !this.connected(from, effect.to);
      if (effect.kind === "send" && to && !apart)
        this.perform(effect.to, to.receive(from, effect.message, this.nowMs));
    }
  }

  /** The cut off are together. */
  private connected(a: string, b: string): boolean {
    return this.reached.has(a) === this.reached.has(b);
  }
}

function roomWithMaster(names: readonly string[], voters = abc): { room: Room; master: string } {
  const room = new Room(names, voters);
  room.advance(3000);
  const [master] = room.acting();
  if (master === undefined) throw new Error("no master");
  return { room, master };
}

function others(of: readonly string[], ...not: readonly string[]): string[] {
  return of.filter((name) => !not.includes(name));
}

describe("voters that change one at a time (Raft 4.1)", () => {
  it("are first committed as they are, in the master's own term", () => {
    const { room, master } = roomWithMaster(["a", "b", "c", "d"]);
    expect(room.node(master).electorate).toMatchObject({ term: 0, version: 0 });
    expect(room.propose(master, [...abc, "d"])).toMatch(/electorate 1\.1 on disk for a second/);
    expect(room.node(master).electorate).toEqual({ term: 1, version: 1, voters: abc });
    room.change(master, [...abc, "d"]);
    expect(room.node("d").electorate).toEqual({ term: 1, version: 2, voters: [...abc, "d"] });
    expect(room.node("d").role).toBe("follower");
  });

  it("are on the disk of each before it says so", () => {
    const { room, master } = roomWithMaster(["a", "b", "c", "d"]);
    room.change(master, [...abc, "d"]);
    for (const name of [...abc, "d"])
      expect(room.disks.get(name)?.electorate).toMatchObject({ term: 1, version: 2 });
    const follower = node("b");
    const electorate = { term: 3, version: 7, voters: abc };
    const effects = follower.receive(
      "a",
      { kind: "heartbeat", term: 3, round: 1, electorate },
      100,
    );
    expect(effects.map(({ kind }) => kind)).toEqual(["persist", "electorate", "follow", "send"]);
    expect(effects[0]).toMatchObject({ ballot: { term: 3, electorate } });
    expect(sent(effects)["a"]).toMatchObject({ electorate: { term: 3, version: 7 } });
  });

  it("are named in heartbeats only to those that do not have them", () => {
    const { room, master } = roomWithMaster(["a", "b", "c"]);
    room.change(master, abc);
    const [known] = others(abc, master);
    const one = room.node(master);
    const beat = sent(one.tick(room.nowMs + 100))[known ?? ""];
    expect(beat).toMatchObject({ kind: "heartbeat", electorate: { term: 1, version: 1 } });
    expect(beat).not.toHaveProperty("electorate.voters");
  });

  it("do not change before a majority of them has kept them for a second", () => {
    const { room, master } = roomWithMaster(["a", "b", "c", "d"]);
    room.propose(master, abc);
    room.advance(900);
    expect(room.propose(master, [...abc, "d"])).toMatch(/for a second/);
    room.advance(400);
    expect(room.propose(master, [...abc, "d"])).toMatch(/1\.2 is proposed/);
    room.advance(100);
    expect(room.propose(master, abc)).toMatch(/1\.2 on disk for a second/);
  });

  it("do not become ones of whom no majority answers", () => {
    const { room, master } = roomWithMaster(["a", "b", "c"]);
    const [here = "", gone = ""] = others(abc, master);
    room.change(master, abc);
    room.cutOff(gone);
    room.advance(1000);
    expect(room.propose(master, [master, gone])).toMatch(/no majority of .* answers/);
    expect(room.propose(master, [...abc, "d"])).toMatch(/no majority of .* answers/);
    room.change(master, [master, here]);
    expect(room.acting()).toEqual([master]);
  });

  it("cannot be changed by two at once, to eight, or without the master", () => {
    const { room, master } = roomWithMaster(["a", "b", "c"]);
    room.change(master, abc);
    const one = room.node(master);
    const now = room.nowMs;
    expect(() => one.propose([master], now)).toThrow(/one at a time/);
    expect(() => one.propose(others(abc, master), now)).toThrow(/hands over first/);
    const seven = "a,b,c,d,e,f,g".split(",");
    const large = roomWithMaster(seven, seven);
    large.room.change(large.master, seven);
    expect(() => large.room.propose(large.master, [...seven, "h"])).toThrow(/7 at most/);
  });

  it("are nobody's to change but the acting master's", () => {
    const { room, master } = roomWithMaster(["a", "b", "c"]);
    const [other = ""] = others(abc, master);
    expect(room.propose(other, abc)).toMatch(/not in office/);
    room.cutOff(master);
    room.advance(610);
    expect(room.propose(master, abc)).toMatch(/not in office/);
  });
});

describe("a node that is no voter", () => {
  it("never stands, and answers a master that prepares it", () => {
    const { room, master } = roomWithMaster(["a", "b", "c", "d"]);
    expect([room.node("d").role, room.node("d").deadlineMs()]).toEqual(["observer", Infinity]);
    room.node(master).prepare("d");
    room.advance(300);
    expect(room.node("d").master).toBe(master);
    expect(room.node("d").role).toBe("observer");
  });

  it("votes for a candidate that counts it, though it has not heard that it counts (4.1)", () => {
    const vote: ElectionMessage = { kind: "vote", term: 5, electorate: { term: 4, version: 2 } };
    const answer = sent(node("x").receive("d", vote, 800))["d"];
    expect(answer).toEqual({ kind: "vote-reply", term: 5, granted: true });
  });

  it("is told so when it asks, and falls silent, when it missed that it was removed", () => {
    const { room, master } = roomWithMaster(["a", "b", "c"]);
    const [gone = "", stays = ""] = others(abc, master);
    room.change(master, abc);
    room.cutOff(gone);
    room.advance(300);
    room.change(master, [master, stays]);
    room.advance(3000);
    expect(room.node(gone).role).toBe("pre-candidate");
    room.cutOff();
    room.advance(2000);
    expect([room.node(gone).role, room.node(gone).deadlineMs()]).toEqual(["observer", Infinity]);
    expect([room.acting(), room.node(master).term]).toEqual([[master], 1]);
  });
});

describe("an older electorate", () => {
  const newer: Ballot = {
    term: 4,
    votedFor: undefined,
    electorate: { term: 4, version: 2, voters: [...abc, "d"] },
  };

  it.each(["pre-vote", "vote"] as const)("gets no %s from who has a newer one", (kind) => {
    const voter = node("b", abc, newer);
    const asked = (electorate: ElectionMessage & { kind: "vote" }): unknown =>
      sent(voter.receive("a", { ...electorate, kind }, 800))["a"];
    const older = { kind: "vote", term: 9, electorate: { term: 4, version: 1 } } as const;
    expect(asked(older)).toMatchObject({ granted: false });
    expect(asked({ kind: "vote", term: 9 })).toMatchObject({ granted: false });
    const same = { kind: "vote", term: 9, electorate: { term: 4, version: 2 } } as const;
    expect(asked(same)).toMatchObject({ granted: true });
  });

  it("is not taken from a heartbeat, whose master confirms its own in its term instead", () => {
    const voter = node("c", abc, newer);
    const beat: ElectionMessage = { kind: "heartbeat", term: 6, round: 1 };
    const answer = sent(voter.receive("b", beat, 100))["b"];
    expect(answer).toMatchObject({ electorate: { term: 4, version: 2 } });
    expect(voter.electorate.voters).toHaveLength(4);

    const room = new Room(["a", "b"]);
    room.advance(3000);
    const [master = ""] = room.acting();
    room.disks.set("c", {
      ...newer,
      term: 1,
      electorate: { term: 1, version: 9, voters: ["c", "a"] },
    });
    // A leftover of a master of term 1, which nobody else has: the new master's term is 2.
    room.node(master).stepDown(room.nowMs, "for the test");
    room.advance(4000);
    room.start("c");
    room.cutOff();
    room.advance(500);
    expect(room.node("c").electorate).toEqual({ term: 2, version: 1, voters: abc });
  });
});

describe("never two masters", () => {
  it("when the voter that tips the scale dies between its disk and its answer", () => {
    const { room, master } = roomWithMaster(["a", "b", "c", "d"]);
    room.change(master, abc);
    room.node(master).prepare("d");
    room.advance(300);
    const [first = "", second = ""] = others(abc, master);
    room.diesWriting.add(first);
    room.diesWriting.add(second);
    room.propose(master, [...abc, "d"]);
    room.advance(3000);
    // Two of four: nobody.
    expect(room.acting()).toEqual([]);
    room.start(first);
    expect(room.node(first).electorate.voters).toEqual([...abc, "d"]);
    room.advance(4000);
    expect(room.acting()).toHaveLength(1);
  });

  it("when old voters are cut off together while the others change twice", () => {
    const five = "a,b,c,d,e".split(",");
    const { room, master } = roomWithMaster([...five, "f"], five);
    const rest = others(five, master);
    const [x = "", y = "", ...stay] = rest;
    room.change(master, five);
    room.cutOff(x, y);
    room.change(master, others(five, x));
    room.change(master, [master, ...stay]);
    // They were two of the first five; now three of three are without them.
    room.advance(5000);
    expect(room.acting()).toEqual([master]);
    room.cutOff(master);
    room.cutOff(x, y, master);
    room.advance(5000);
    // The master is with the old ones: three of the first five, which do not count any more.
    expect(room.acting()).toHaveLength(1);
    expect(stay).toContain(room.acting()[0]);
  });

  it("when a change that only its master knew of is overtaken by its successor's", () => {
    const { room, master } = roomWithMaster(["a", "b", "c", "d", "e"]);
    room.change(master, abc);
    room.node(master).prepare("d");
    room.advance(300);
    room.cutOff(master, "d");
    // Known to the master alone: d's road is cut as well, one packet later.
    room.propose(master, [...abc, "d"]);
    room.advance(4000);
    const [next = ""] = room.acting();
    expect(others(abc, master)).toContain(next);
    room.change(next, [...abc, "e"]);
    room.advance(3000);
    expect(room.acting()).toEqual([next]);
    room.cutOff();
    room.advance(3000);
    expect(room.node(master).electorate).toEqual(room.node(next).electorate);
  });

  it("when a new master finishes a change that was half done", () => {
    const { room, master } = roomWithMaster(["a", "b", "c", "d"]);
    room.change(master, abc);
    room.node(master).prepare("d");
    room.advance(300);
    room.propose(master, [...abc, "d"]);
    room.advance(150);
    room.nodes.delete(master);
    room.advance(4000);
    const [next = ""] = room.acting();
    expect(room.node(next).electorate).toEqual({ term: 1, version: 2, voters: [...abc, "d"] });
    expect(room.node(next).isCommitted(room.nowMs)).toBe(false);
    room.change(next, [...abc, "d"]);
    room.change(next, [...others(abc, master), "d"]);
    expect(room.acting()).toEqual([next]);
  });

  it("down to one voter, and back: nobody waits for those that are gone", () => {
    const { room, master } = roomWithMaster(["a", "b", "c"]);
    const [one = "", two = ""] = others(abc, master);
    room.change(master, [master, one]);
    room.change(master, [master]);
    room.nodes.delete(one);
    room.nodes.delete(two);
    room.advance(5000);
    expect(room.acting()).toEqual([master]);
    room.start(one);
    room.change(master, [master, one]);
    expect(room.node(one).electorate.voters).toEqual([master, one]);
  });
});

describe("a disk that fails", () => {
  it("deposes a master that cannot write its electorate, which then nobody has heard of", () => {
    const { room, master } = roomWithMaster(["a", "b", "c"]);
    const one = room.node(master);
    const { effects } = one.propose(abc, room.nowMs);
    expect(effects[0]).toMatchObject({ kind: "persist", ballot: { electorate: { version: 1 } } });
    const told = one.persistFailed(room.nowMs);
    expect(told).toEqual([{ kind: "deposed", term: 1, reason: "its disk cannot be written" }]);
    expect([one.electorate.version, one.role]).toEqual([0, "follower"]);
  });
});
