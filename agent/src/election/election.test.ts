import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot, ElectionEffect } from "./election";
import { Election, parseBallot } from "./election";

const voters = ["a", "b", "c"];
const fresh: Ballot = { term: 0, votedFor: undefined };

/** Round numbers of its own, so that tuning the defaults touches no test. */
const timing = { heartbeatMs: 150, timeoutMinMs: 900, timeoutMaxMs: 1800, leaseMs: 700 };

function voter(ballot = fresh, self = "a", of = voters): Election {
  return new Election({ ...timing, voters: of, self }, ballot, () => 0, 0);
}

function kinds(effects: readonly ElectionEffect[]): string[] {
  return effects.map((effect) =>
    effect.kind === "send" ? `${effect.message.kind} to ${effect.to}` : effect.kind,
  );
}

function grant(kind: "vote-reply" | "pre-vote-reply", term: number): ElectionMessage {
  return { kind, term, granted: true };
}

/** Elected in term 1 at 900 ms, with its first lease from there. */
function master(): Election {
  const election = voter();
  election.tick(900);
  election.receive("b", grant("pre-vote-reply", 1), 900);
  election.receive("b", grant("vote-reply", 1), 900);
  election.receive("b", { kind: "heartbeat-reply", term: 1, round: 1 }, 901);
  return election;
}

describe("election (Raft 3.4)", () => {
  it("asks before it stands, stands when a majority would vote, acts when a majority has answered", () => {
    const election = voter();
    expect(election.deadlineMs()).toBe(900);
    expect(kinds(election.tick(900))).toEqual(["pre-vote to b", "pre-vote to c"]);
    expect(election.term).toBe(0);
    expect(kinds(election.receive("b", grant("pre-vote-reply", 1), 901))).toEqual([
      "persist",
      "vote to b",
      "vote to c",
    ]);
    expect(kinds(election.receive("c", grant("vote-reply", 1), 902))).toEqual([
      "heartbeat to b",
      "heartbeat to c",
    ]);
    expect(election.mayAct(902)).toBe(false);
    const answer: ElectionMessage = { kind: "heartbeat-reply", term: 1, round: 1 };
    expect(kinds(election.receive("c", answer, 903))).toEqual(["master"]);
    expect(election.mayAct(903)).toBe(true);
  });

  it("makes a single voter master at once", () => {
    const election = voter(fresh, "a", ["a"]);
    expect(election.deadlineMs()).toBe(0);
    expect(kinds(election.tick(0))).toEqual(["persist", "master"]);
  });

  it("stores its vote before it answers, and votes once a term, also after a restart", () => {
    const effects = voter().receive("b", { kind: "vote", term: 1 }, 900);
    expect(kinds(effects)).toEqual(["persist", "vote-reply to b"]);
    const reborn = voter({ term: 1, votedFor: "b" });
    expect(reborn.receive("c", { kind: "vote", term: 1 }, 900)).toEqual([
      { kind: "send", to: "c", message: { kind: "vote-reply", term: 1, granted: false } },
    ]);
    expect(reborn.receive("b", { kind: "vote", term: 1 }, 901)).toEqual([
      { kind: "send", to: "b", message: { kind: "vote-reply", term: 1, granted: true } },
    ]);
  });

  it("ignores who is no voter, and is silent where it is none itself", () => {
    expect(voter().receive("stranger", { kind: "vote", term: 9 }, 900)).toEqual([]);
    const observer = voter(fresh, "x");
    expect([observer.role, observer.deadlineMs(), observer.tick(9999)]).toEqual([
      "observer",
      Infinity,
      [],
    ]);
  });

  it("refuses a timing with which two masters could act at once", () => {
    const wrong = { ...timing, leaseMs: 900 };
    expect(() => new Election({ ...wrong, voters, self: "a" }, fresh, () => 0, 0)).toThrow(
      /leaseMs 900 < timeoutMinMs 900/,
    );
  });
});

describe("lease (Raft 6.4.1, 4.2.3)", () => {
  it.each(["vote", "pre-vote"] as const)("refuses a %s while a master is heard", (kind) => {
    const election = voter();
    election.receive("b", { kind: "heartbeat", term: 1, round: 1 }, 100);
    const asked = { kind, term: 5 };
    expect(election.receive("c", asked, 999)).toEqual([
      {
        kind: "send",
        to: "c",
        message: { kind: `${kind}-reply`, term: 1, granted: false },
      },
    ]);
    expect(election.term).toBe(1);
    const [last] = election.receive("c", asked, 1000).slice(-1);
    expect(last).toEqual({
      kind: "send",
      to: "c",
      message: { kind: `${kind}-reply`, term: 5, granted: true },
    });
  });

  it("votes for nobody just after its start: it may have promised a master in its former life", () => {
    expect(kinds(voter().receive("b", { kind: "vote", term: 1 }, 899))).toEqual([
      "vote-reply to b",
    ]);
    expect(voter().receive("b", { kind: "vote", term: 1 }, 899)[0]).toMatchObject({
      message: { granted: false },
    });
  });

  it("ends leaseMs after the last round a majority answered was sent, however late the answers come", () => {
    const election = master();
    election.tick(1050);
    election.receive("c", { kind: "heartbeat-reply", term: 1, round: 2 }, 1500);
    expect(election.mayAct(1749)).toBe(true);
    expect(election.mayAct(1750)).toBe(false);
    expect(kinds(election.tick(1750))).toEqual(["lapsed", "heartbeat to b", "heartbeat to c"]);
    expect(election.role).toBe("elected");
  });

  it("has ended before anything that waited through a sleep is looked at", () => {
    const election = master();
    const effects = election.receive("b", { kind: "heartbeat-reply", term: 1, round: 1 }, 5000);
    expect(kinds(effects)).toEqual(["lapsed"]);
    expect([election.mayAct(5000), election.deadlineMs()]).toEqual([false, 5000]);
  });

  it("is renewed in the same term when a majority answers what was asked after the sleep", () => {
    const election = master();
    expect(kinds(election.tick(5000))).toEqual(["lapsed", "heartbeat to b", "heartbeat to c"]);
    const effects = election.receive("c", { kind: "heartbeat-reply", term: 1, round: 2 }, 5001);
    expect(kinds(effects)).toEqual(["resumed"]);
    expect([election.mayAct(5699), election.mayAct(5700)]).toEqual([true, false]);
  });

  it("that is not renewed within two heartbeats ends the term", () => {
    const election = master();
    election.tick(5000);
    election.tick(5150);
    expect(election.deadlineMs()).toBe(5300);
    expect(kinds(election.tick(5300))).toEqual(["deposed"]);
    expect(election.role).toBe("follower");
  });

  it("that lapsed because another was elected ends with the other's term", () => {
    const election = master();
    election.tick(5000);
    const effects = election.receive("b", { kind: "heartbeat-reply", term: 2, round: 2 }, 5001);
    expect(kinds(effects)).toEqual(["persist", "deposed"]);
  });

  it("a term is won once, however many votes come", () => {
    const election = voter(fresh, "a", ["a", "b", "c", "d"]);
    election.tick(900);
    for (const from of ["b", "c", "d"]) election.receive(from, grant("pre-vote-reply", 1), 900);
    election.receive("b", grant("vote-reply", 1), 901);
    expect(kinds(election.receive("c", grant("vote-reply", 1), 901))).toHaveLength(3);
    expect(election.receive("d", grant("vote-reply", 1), 902)).toEqual([]);
  });
});

describe("hand-over (Raft 3.10)", () => {
  it("gives up the lease at once, and asks the successor to stand until it does", () => {
    const election = master();
    expect(kinds(election.transfer("b", 1000))).toEqual(["lapsed", "stand-now to b"]);
    expect(election.mayAct(1000)).toBe(false);
    expect(kinds(election.tick(1150))).toEqual(["stand-now to b"]);
    const effects = election.receive("b", { kind: "vote", term: 2, handedOverAt: 1 }, 1151);
    expect(kinds(effects)).toEqual(["persist", "deposed", "vote-reply to b"]);
    expect(effects[2]).toMatchObject({ message: { term: 2, granted: true } });
  });

  it("counts no answer to an older heartbeat for a lease any more", () => {
    const election = master();
    election.transfer("b", 1000);
    election.receive("c", { kind: "heartbeat-reply", term: 1, round: 1 }, 1001);
    expect(election.mayAct(1001)).toBe(false);
  });

  it("is given up, and the office kept, where the successor has not stood in time", () => {
    const election = master();
    election.transfer("b", 1000);
    expect(election.deadlineMs()).toBe(1150);
    // In time for no other voter to stand: 900 less two heartbeats.
    expect(kinds(election.tick(1600))).toEqual(["lapsed", "heartbeat to b", "heartbeat to c"]);
    const effects = election.receive("c", { kind: "heartbeat-reply", term: 1, round: 2 }, 1601);
    expect(kinds(effects)).toEqual(["resumed"]);
  });

  it("lets the successor stand without asking first, as the master's own choice", () => {
    const successor = voter(fresh, "b");
    successor.receive("a", { kind: "heartbeat", term: 1, round: 7 }, 100);
    expect(successor.receive("c", { kind: "stand-now", term: 1, round: 7 }, 101)).toEqual([]);
    const effects = successor.receive("a", { kind: "stand-now", term: 1, round: 7 }, 101);
    expect(kinds(effects)).toEqual(["persist", "vote to a", "vote to c"]);
    expect(effects[1]).toMatchObject({ message: { term: 2, handedOverAt: 7 } });
  });

  it("is not obeyed after a later heartbeat: the master has taken it back", () => {
    const successor = voter(fresh, "b");
    successor.receive("a", { kind: "heartbeat", term: 1, round: 8 }, 100);
    expect(successor.receive("a", { kind: "stand-now", term: 1, round: 7 }, 101)).toEqual([]);
  });

  it("frees the other voters of what they owe the master, but not one that heard a later heartbeat, or has just started", () => {
    const vote: ElectionMessage = { kind: "vote", term: 2, handedOverAt: 7 };
    const heard = (round: number): Election => {
      const election = voter(fresh, "c");
      election.receive("a", { kind: "heartbeat", term: 1, round }, 100);
      return election;
    };
    const answer = (election: Election): unknown => election.receive("b", vote, 101).at(-1);
    expect(answer(heard(7))).toMatchObject({ message: { term: 2, granted: true } });
    expect(answer(heard(8))).toMatchObject({ message: { term: 1, granted: false } });
    expect(answer(voter({ term: 1, votedFor: "a" }, "c"))).toMatchObject({
      message: { granted: false },
    });
  });

  it("is nothing for who is not in office, and to nobody who is no voter", () => {
    expect(voter().transfer("b", 100)).toEqual([]);
    expect(master().transfer("x", 1000)).toEqual([]);
  });
});

describe("higher terms", () => {
  it("depose a master", () => {
    const election = master();
    const effects = election.receive("c", { kind: "heartbeat-reply", term: 4, round: 1 }, 950);
    expect(kinds(effects)).toEqual(["persist", "deposed"]);
    expect([election.term, election.role]).toEqual([4, "follower"]);
  });

  it("are taken over from whoever is trusted to know, and never fall", () => {
    const election = voter({ term: 3, votedFor: "b" });
    expect(election.observeTerm(7, 10)).toEqual([
      { kind: "persist", ballot: { term: 7, votedFor: undefined } },
    ]);
    expect(election.observeTerm(5, 11)).toEqual([]);
    expect(election.term).toBe(7);
  });

  it("are told to a master that was replaced", () => {
    const election = voter({ term: 3, votedFor: "b" });
    expect(election.receive("c", { kind: "heartbeat", term: 2, round: 9 }, 10)).toEqual([
      { kind: "send", to: "c", message: { kind: "heartbeat-reply", term: 3, round: 9 } },
    ]);
    expect(election.master).toBeUndefined();
  });
});

describe("a disk that fails", () => {
  it("leaves the voter where its disk is, asking to store the vote again", () => {
    const election = voter();
    election.receive("b", { kind: "vote", term: 1 }, 900);
    election.persistFailed(900);
    expect(election.term).toBe(0);
    const again = election.receive("b", { kind: "vote", term: 1 }, 901);
    expect(kinds(again)).toEqual(["persist", "vote-reply to b"]);
  });

  it("does not keep a deposed master in office", () => {
    const election = master();
    election.observeTerm(4, 950);
    expect(kinds(election.persistFailed(950))).toEqual(["deposed"]);
    expect([election.term, election.role]).toEqual([1, "follower"]);
  });
});

describe("parseBallot", () => {
  it("reads what was stored, and nothing at all as a voter that never voted", () => {
    expect(parseBallot(undefined)).toEqual(fresh);
    const ballot = { term: 4, votedFor: "b" };
    expect(parseBallot(JSON.parse(JSON.stringify(ballot)))).toEqual(ballot);
    expect(parseBallot({ term: 4 })).toEqual({ term: 4, votedFor: undefined });
  });

  it.each([[null], ["x"], [{}], [{ term: -1 }], [{ term: 1.5 }], [{ term: 1, votedFor: 7 }]])(
    "refuses %j rather than guess",
    (stored) => {
      expect(() => parseBallot(stored)).toThrow(/ballot .* is damaged/);
    },
  );
});
