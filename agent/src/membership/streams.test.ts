import fc from "fast-check";
import type { MemberRecord } from "../model/member";
import type { MemberUpdate, MembershipMessage, MeshPath } from "../model/mesh-message";
import type { MembershipEffect } from "./membership";
import { Membership } from "./membership";
import type { MembershipOptions } from "./options";
import { lanMembership } from "./options";

function record(name: string): MemberRecord {
  const mesh = { address: `10.0.0.${name.charCodeAt(0)}`, port: 7442 };
  return { name, mesh, apiPort: 1, grpcPort: 2, voter: false, version: "1" };
}

function update(status: MemberUpdate["status"], name: string, incarnation = 1): MemberUpdate {
  return { status, record: record(name), incarnation, from: name };
}

type Sent = MembershipEffect & { readonly kind: "send" };

function sentOf(effects: readonly MembershipEffect[], kind: MembershipMessage["kind"]): Sent[] {
  return effects.filter(
    (effect) => effect.kind === "send" && effect.packet.membership?.kind === kind,
  ) as Sent[];
}

/** `a`, which knows `others`; they answer its pings over those paths only, and do nothing else. */
class Prober {
  readonly mesh: Membership;
  readonly options: MembershipOptions;
  answers: readonly MeshPath[] = [];
  nowMs = 0;

  constructor(others: readonly string[], options: Partial<MembershipOptions> = {}) {
    this.options = { ...lanMembership, stateIntervalMs: 1e9, ...options };
    this.mesh = new Membership(this.options, record("a"), 1, () => 0.5);
    this.mesh.start([], 0);
    const gossip = others.map((name) => update("alive", name));
    this.mesh.receive({ from: "b", gossip }, record("b").mesh, 0);
  }

  until(endMs: number): MembershipEffect[] {
    const done: MembershipEffect[] = [];
    while (this.mesh.deadlineMs() <= endMs) {
      this.nowMs = Math.max(this.nowMs, this.mesh.deadlineMs());
      for (const effect of this.mesh.tick(this.nowMs)) done.push(effect, ...this.answer(effect));
    }
    this.nowMs = endMs;
    return done;
  }

  private answer(effect: MembershipEffect): MembershipEffect[] {
    if (effect.kind !== "send" || !this.answers.includes(effect.over)) return [];
    const { membership } = effect.packet;
    if (membership?.kind !== "ping") return [];
    const ack = {
      from: membership.target,
      membership: { kind: "ack", seq: membership.seq },
    } as const;
    return this.mesh.receive(ack, effect.to, this.nowMs + 1, effect.over);
  }
}

const kindsOf = (effects: readonly MembershipEffect[]): string[] =>
  effects.flatMap((effect) => {
    if (effect.kind === "send") return [];
    return [effect.kind === "member" ? effect.member.status : effect.kind];
  });

describe("stream ping", () => {
  it("leaves when others are asked, and not at all where it is switched off", () => {
    const paths = (streamPing: boolean): string[] => {
      const prober = new Prober(["b", "c"], { streamPing, indirectProbes: 1 });
      const effects = prober.until(460);
      return [...sentOf(effects, "ping"), ...sentOf(effects, "ping-req")].map(
        ({ over, packet }) => `${packet.membership?.kind} ${over}`,
      );
    };
    const asOf1 = ["ping datagram", "ping datagram"];
    expect(paths(true)).toEqual([...asOf1, "ping stream", "ping-req datagram"]);
    expect(paths(false)).toEqual([...asOf1, "ping-req datagram"]);
  });

  it.each(["datagram", "stream"] as const)("is answered by %s where it came by that", (over) => {
    const { mesh } = new Prober(["b"]);
    const ping = { from: "b", membership: { kind: "ping", seq: 7, target: "a" } } as const;
    const answered = mesh.receive(ping, record("b").mesh, 1, over);
    expect(sentOf(answered, "ack")).toMatchObject([{ over, packet: { membership: { seq: 7 } } }]);
  });

  it("that is answered is no accusation, and no reason to doubt ourselves", () => {
    const prober = new Prober(["b"]);
    prober.answers = ["stream"];
    const effects = prober.until(20_000);
    expect(kindsOf(effects)).toEqual(["datagrams-blocked"]);
    // Two datagrams and a stream each half second: our health stretches nothing.
    expect(sentOf(effects, "ping")).toHaveLength(3 * 40);
  });

  it("brings a suspect the accusation, whom nothing else reaches", () => {
    const prober = new Prober(["b", "c"], { retransmitMultiplier: 1 });
    const accusation = { ...update("suspect", "b"), from: "c" };
    prober.mesh.receive({ from: "c", gossip: [accusation] }, record("c").mesh, 1);
    const [first] = sentOf(prober.until(1500), "ping").filter(
      ({ over, to }) => over === "stream" && to.address === record("b").mesh.address,
    );
    expect(first?.packet.gossip?.[0]).toMatchObject(accusation);
  });
});

describe("blocked datagrams", () => {
  it("are told once, after three probes in a row, and once when they pass again", () => {
    const prober = new Prober(["b"]);
    prober.answers = ["stream"];
    // Probes begin at 250, and each half second after.
    expect(kindsOf(prober.until(1700))).toEqual([]);
    const [blocked] = prober.until(1800).filter(({ kind }) => kind !== "send");
    expect(blocked).toEqual({ kind: "datagrams-blocked", record: record("b") });
    expect(kindsOf(prober.until(60_000))).toEqual([]);
    prober.answers = ["datagram", "stream"];
    expect(kindsOf(prober.until(120_000))).toEqual(["datagrams-restored"]);
  });

  it("are not taken from single losses: one that passes begins the count anew", () => {
    const prober = new Prober(["b"]);
    const seen: string[] = [];
    for (let round = 1; round <= 10; round++)
      for (const answers of [["stream"], ["stream"], ["datagram"]] as const) {
        prober.answers = answers;
        seen.push(...kindsOf(prober.until(prober.nowMs + 500)));
      }
    expect(seen).toEqual([]);
  });

  it("are told of again where the member died meanwhile and came back", () => {
    const prober = new Prober(["b"]);
    prober.answers = ["stream"];
    prober.until(3000);
    const tell = (one: MemberUpdate): void =>
      void prober.mesh.receive({ from: "c", gossip: [one] }, record("c").mesh, prober.nowMs);
    tell({ ...update("dead", "b"), from: "c" });
    tell(update("alive", "b", 2));
    expect(kindsOf(prober.until(6000))).toEqual(["datagrams-blocked"]);
  });

  it("are not told of where others hear the member and we do not at all", () => {
    const prober = new Prober(["b", "c"], { indirectProbes: 1 });
    const seen: string[] = [];
    for (let at = 0; at < 100; at++)
      for (const effect of prober.until(prober.nowMs + 100)) {
        if (effect.kind !== "send") seen.push(effect.kind);
        else if (effect.packet.membership?.kind === "ping-req") {
          const { seq, target } = effect.packet.membership;
          const relay = target === "b" ? "c" : "b";
          const ack = { from: relay, membership: { kind: "ack", seq } } as const;
          prober.mesh.receive(ack, effect.to, prober.nowMs);
        }
      }
    expect(seen).toEqual([]);
  });
});

/** Hands packets between two until there are none, over the paths that are open. */
function talk(
  parties: ReadonlyMap<number, { readonly name: string; readonly mesh: Membership }>,
  first: readonly Sent[],
  open: readonly MeshPath[],
): Sent[] {
  const all: Sent[] = [];
  const waiting = [...first];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (!open.includes(next.over)) continue;
    all.push(next);
    const { packet, to, over } = next;
    const receiver = parties.get(Number(to.address.split(".")[3]));
    const effects = receiver?.mesh.receive(packet, record(packet.from).mesh, 5, over) ?? [];
    waiting.push(...(effects.filter(({ kind }) => kind === "send") as Sent[]));
  }
  return all;
}

/** `x` asks `y`, which it knows. */
function exchange(
  known: { readonly x: readonly MemberUpdate[]; readonly y: readonly MemberUpdate[] },
  open: readonly MeshPath[],
): { readonly views: string[][]; readonly sent: Sent[] } {
  const [x, y] = (["x", "y"] as const).map((name) => {
    const mesh = new Membership(lanMembership, record(name), 1, () => 0.5);
    mesh.acquaint(known[name], 0);
    return { name, mesh };
  }) as [{ name: string; mesh: Membership }, { name: string; mesh: Membership }];
  const parties = new Map([x, y].map((one) => [one.name.charCodeAt(0), one]));
  const asked = sentOf(x.mesh.start([record("y").mesh], 0), "join");
  const sent = talk(parties, asked, open);
  const views = [x, y].map(({ mesh }) =>
    mesh.members().map((one) => `${one.record.name} ${one.status} ${one.incarnation}`),
  );
  return { views, sent };
}

describe("state exchange", () => {
  const names = Array.from("bcdefghijklmnopqrstuvw");
  const claims = fc.array(
    fc
      .tuple(fc.constantFrom(...names), fc.integer({ min: 1, max: 3 }))
      .map(([name, incarnation]) => update("alive", name, incarnation)),
    { maxLength: 30 },
  );

  it("over a stream makes both know the same, whatever each knew", () => {
    fc.assert(
      fc.property(claims, claims, (x, y) => {
        const { views, sent } = exchange({ x, y }, ["stream"]);
        expect(views[0]).toEqual(views[1]);
        expect(sent.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it("by datagram tells the one that asks, in as many packets as it takes", () => {
    const y = names.map((name) => update("alive", name));
    const { views, sent } = exchange({ x: [update("alive", "z")], y }, ["datagram"]);
    expect(views[0]).toEqual(
      [...y.map(({ record: of }) => of.name), "x", "y", "z"].map((name) => `${name} alive 1`),
    );
    expect(views[1]).not.toContain("z alive 1");
    expect(sentOf(sent, "state").length).toBeGreaterThan(1);
  });

  it("brings both ways at once what one way alone brings", () => {
    const x = [update("alive", "b"), update("alive", "c", 2)];
    const y = [update("alive", "c"), update("alive", "d")];
    const { views } = exchange({ x, y }, ["datagram", "stream"]);
    expect(views[0]).toEqual(views[1]);
  });

  it("asks a friend over a stream, and each third time by datagram, as streams may be blocked", () => {
    const prober = new Prober(["b"], { stateIntervalMs: 1000 });
    prober.answers = ["datagram"];
    const paths = sentOf(prober.until(6400), "join").map(({ over }) => over);
    const three = ["stream", "stream", "datagram"];
    expect(paths).toEqual([...three, ...three]);
  });

  it("answers no more than so many a gossip interval, and pushes no more", () => {
    const { mesh, options } = new Prober(["b"]);
    const digest = new Array<number>(32).fill(1);
    const state = { kind: "state", updates: [], digest } as const;
    const pushed = Array.from({ length: 30 }, () =>
      sentOf(
        mesh.receive({ from: "b", membership: state }, record("b").mesh, 5, "stream"),
        "state",
      ),
    ).flat();
    expect(pushed).toHaveLength(options.maxStateAnswers);
  });
});
