import type { MemberRecord } from "../model/member";
import type { MemberUpdate, MeshPacket } from "../model/mesh-message";
import type { MembershipEffect } from "./membership";
import { Membership } from "./membership";
import type { MembershipOptions } from "./options";
import { lanMembership, membershipPresets } from "./options";

const records = new Map(
  ["a", "b", "c", "d", "e"].map((name, index): [string, MemberRecord] => {
    const mesh = { address: `10.0.0.${index + 1}`, port: 7442 };
    return [name, { name, mesh, apiPort: 1, grpcPort: 2, voter: false, version: "1" }];
  }),
);

function record(name: string): MemberRecord {
  return records.get(name) as MemberRecord;
}

function update(status: MemberUpdate["status"], name: string, from = name): MemberUpdate {
  return { status, record: record(name), incarnation: 1, from };
}

const alone = { secondChances: false, streamPing: false };

/** `a` alone in a world where it knows `others`, and nobody ever answers. */
class Lone {
  readonly mesh: Membership;
  private readonly options: MembershipOptions;
  nowMs = 0;

  constructor(others: readonly string[], options: Partial<MembershipOptions> = {}) {
    this.options = { ...lanMembership, stateIntervalMs: 1e9, deafHoldMs: 0, ...options };
    this.mesh = new Membership(this.options, record("a"), 1, () => 0.5);
    this.mesh.start([], 0);
    for (const name of others) this.hear(name, { gossip: [update("alive", name)] });
  }

  hear(from: string, packet: Omit<MeshPacket, "from">): MembershipEffect[] {
    return this.mesh.receive({ from, ...packet }, record(from).mesh, this.nowMs);
  }

  /** What it does until then, each with its time. */
  until(endMs: number): { readonly atMs: number; readonly effect: MembershipEffect }[] {
    const done: { atMs: number; effect: MembershipEffect }[] = [];
    while (this.mesh.deadlineMs() <= endMs) {
      this.nowMs = Math.max(this.nowMs, this.mesh.deadlineMs());
      for (const effect of this.mesh.tick(this.nowMs)) done.push({ atMs: this.nowMs, effect });
    }
    this.nowMs = endMs;
    return done;
  }

  /** When it sends messages of that kind until then, and their first rumour. */
  sent(kind: string, endMs: number): { atMs: number; to: string; rumour: string | undefined }[] {
    return this.until(endMs).flatMap(({ atMs, effect }) => {
      if (effect.kind !== "send" || effect.packet.membership?.kind !== kind) return [];
      const first = effect.packet.gossip?.[0];
      const rumour = first && `${first.record.name} ${first.status}`;
      return [{ atMs: Math.round(atMs), to: effect.to.address, rumour }];
    });
  }
}

describe("local health", () => {
  it("stretches interval and time-out of the probes as long as they fail and nobody says why", () => {
    const lone = new Lone(["b"], { ...alone, suspicionMultiplier: 1000 });
    // Each probe sends two pings: at once, and when the first has not been answered in time.
    const at = lone.sent("ping", 6000).map(({ atMs }) => atMs);
    expect(at).toEqual([250, 450, 750, 1150, 1750, 2350, 3250, 4050, 5250]);
  });

  it("suffers from each relay that is silent, not from those that heard nothing either", () => {
    const lone = new Lone(["b", "c", "d", "e"], { indirectProbes: 2, failOnNacks: false });
    const [seq = 0] = lone.until(250).flatMap(({ effect }) => {
      const message = effect.kind === "send" ? effect.packet.membership : undefined;
      return message?.kind === "ping" ? [message.seq] : [];
    });
    const relays = lone.sent("ping-req", 500).map(({ to }) => to);
    expect(relays).toHaveLength(2);
    for (const [name, { mesh }] of records)
      if (relays.includes(mesh.address)) lone.hear(name, { membership: { kind: "nack", seq } });
    // The next probe, at 750, is as fast as if the first had been answered.
    const asked = lone.sent("ping-req", 1000);
    expect(asked.map(({ atMs }) => atMs)).toEqual([950, 950]);
  });
});

describe("the last nack", () => {
  it.each([
    ["ends the probe at once", { failOnNacks: true }, ["suspect"]],
    ["changes nothing where it is not to", { failOnNacks: false }, []],
  ])("%s", (_, options, statuses) => {
    const lone = new Lone(["b", "c", "d"], { indirectProbes: 2, ...options });
    const asked = lone.until(500).flatMap(({ effect }) => {
      const message = effect.kind === "send" ? effect.packet.membership : undefined;
      return message?.kind === "ping-req" ? [message] : [];
    });
    const [{ seq, target } = { seq: 0, target: "" }] = asked;
    const effects = ["b", "c", "d"]
      .filter((relay) => relay !== target)
      .map((relay) => lone.hear(relay, { membership: { kind: "nack", seq } }));
    expect(effects[0]).toEqual([]);
    expect(effects[1]).toMatchObject(
      statuses.map((status) => ({ kind: "member", member: { status }, by: "a" })),
    );
  });

  it.each(Object.entries(membershipPresets))(
    "leaves time in an interval of %s",
    (_, { probeTimeoutMs, probeIntervalMs }) => {
      expect(1.8 * probeTimeoutMs).toBeLessThan(probeIntervalMs);
    },
  );
});

describe("relay", () => {
  it("says after most of the time-out that it heard nothing, and passes on also a late answer", () => {
    const lone = new Lone(["b", "c"]);
    lone.until(10);
    const [asked] = lone.hear("b", { membership: { kind: "ping-req", seq: 77, target: "c" } });
    const ping = asked?.kind === "send" ? asked.packet.membership : undefined;
    expect(ping).toMatchObject({ kind: "ping", target: "c" });
    expect(lone.sent("nack", 200)).toMatchObject([{ atMs: 170, to: "10.0.0.2" }]);
    const seq = (ping as { seq: number }).seq;
    expect(lone.hear("c", { membership: { kind: "ack", seq } })).toMatchObject([
      { kind: "send", to: record("b").mesh, packet: { membership: { kind: "ack", seq: 77 } } },
    ]);
  });
});

describe("suspicion", () => {
  const deathOf = (lone: Lone): number | undefined =>
    lone
      .until(60_000)
      .find(({ effect }) => effect.kind === "member" && effect.member.status === "dead")?.atMs;
  /** Its own probes tell it nothing. */
  const unprobing = { probeTimeoutMs: 1e6, probeIntervalMs: 1e9 };

  it.each([
    ["by one lasts longest", ["c"], 60],
    ["by one who says it twice, too", ["c", "c"], 60],
    ["by two lasts shorter", ["c", "d"], 28],
    ["by three lasts shortest", ["c", "d", "e"], 10],
    ["by more no shorter", ["c", "d", "e", "a"], 10],
  ])("%s", (_, accusers, intervals) => {
    const lone = new Lone(["b", "c", "d", "e"], {
      ...unprobing,
      probeIntervalMs: 100,
      suspicionMultiplier: 10,
      stallToleranceMs: Infinity,
      awarenessLevels: 1,
    });
    lone.mesh.start([], 1e9);
    for (const by of accusers) lone.hear("c", { gossip: [update("suspect", "b", by)] });
    expect(Math.round((deathOf(lone) ?? 0) / 100)).toBe(intervals);
  });

  it("is passed on with each accuser that counts", () => {
    const lone = new Lone(["b", "c", "d", "e"], { ...unprobing, retransmitMultiplier: 1 });
    lone.until(3000);
    const spread = (by: string): boolean => {
      lone.hear("c", { gossip: [update("suspect", "b", by)] });
      const sent = lone.until(lone.nowMs + 3000);
      return sent.some(
        ({ effect }) =>
          effect.kind === "send" && effect.packet.gossip?.some(({ from }) => from === by),
      );
    };
    expect(["c", "c", "d", "e", "a"].map(spread)).toEqual([true, false, true, true, false]);
  });
});

describe("buddy system", () => {
  it.each([
    ["never", undefined],
    ["in-pings", "b suspect"],
  ] as const)("%s: the suspect hears in a ping: %s", (tellSuspects, rumour) => {
    const lone = new Lone(["b"], { tellSuspects, retransmitMultiplier: 1, awarenessLevels: 1 });
    lone.until(200);
    lone.hear("b", { gossip: [update("suspect", "b", "c")] });
    // By now it has been told to all as often as it may.
    lone.until(1000);
    expect(lone.sent("ping", 1300)[0]).toMatchObject({ rumour });
  });

  it.each([
    ["in-pings", undefined],
    ["in-all-packets", "b suspect"],
  ] as const)("%s: the suspect hears in an answer to it: %s", (tellSuspects, rumour) => {
    const lone = new Lone(["b"], { tellSuspects, retransmitMultiplier: 1 });
    lone.until(200);
    lone.hear("b", { gossip: [update("suspect", "b", "c")] });
    // By now it has been told to all as often as it may.
    lone.until(1000);
    const [answer] = lone.hear("b", { membership: { kind: "ping", seq: 1, target: "a" } });
    const first = answer?.kind === "send" ? answer.packet.gossip?.[0] : undefined;
    expect(first && `${first.record.name} ${first.status}`).toBe(rumour);
  });
});

describe("a node that hears nobody at all", () => {
  const { deafHoldMs } = lanMembership;
  const lasting = { deafHoldMs, suspicionMaxMultiplier: 1, secondChances: false };

  function deaths(done: ReturnType<Lone["until"]>): string[] {
    return done.flatMap(({ atMs, effect }) =>
      effect.kind === "member" && effect.member.status === "dead"
        ? [`${effect.member.record.name} ${Math.floor(atMs / 1000)} s`]
        : [],
    );
  }

  it("buries nobody before it gives all up", () => {
    const lone = new Lone(["b", "c", "d"], lasting);
    expect(deaths(lone.until(46_000))).toEqual([]);
    expect(deaths(lone.until(60_000))).toHaveLength(3);
  });

  it("buries as ever while anybody still speaks", () => {
    const lone = new Lone(["b", "c", "d", "e"], lasting);
    const found: string[] = [];
    for (let atMs = 400; atMs < 20_000; atMs += 400) {
      found.push(...deaths(lone.until(atMs)));
      lone.hear("e", { gossip: [update("alive", "e")] });
    }
    expect(found.map((death) => death.split(" ")[0]).sort()).toEqual(
      expect.arrayContaining(["b", "c", "d"]),
    );
  });

  it("lets those whom it holds for suspects be heard when it wakes", () => {
    const lone = new Lone(["b", "c", "d"], lasting);
    lone.until(30_000);
    for (const name of ["b", "c", "d"])
      lone.hear(name, { gossip: [{ ...update("alive", name), incarnation: 2 }] });
    expect(deaths(lone.until(31_000))).toEqual([]);
    expect(lone.mesh.members().map(({ status }) => status)).toContain("alive");
  });
});
