import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot, ElectionEffect } from "./election";
import { defaultElection, Election, parseBallot } from "./election";

const voters = ["a", "b", "c"];
const fresh: Ballot = { term: 0, votedFor: undefined };

function voter(ballot = fresh, self = "a", of = voters): Election {
  return new Election({ ...defaultElection, voters: of, self }, ballot, () => 0, 0);
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
    const timing = { ...defaultElection, leaseMs: 900 };
    expect(() => new Election({ ...timing, voters, self: "a" }, fresh, () => 0, 0)).toThrow(
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
    expect(kinds(election.tick(1750))).toEqual(["deposed"]);
  });

  it("has ended before anything that waited through a sleep is looked at", () => {
    const effects = master().receive("b", { kind: "heartbeat-reply", term: 1, round: 1 }, 5000);
    expect(kinds(effects)).toEqual(["deposed"]);
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
