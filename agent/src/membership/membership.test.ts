import type { MemberRecord } from "../model/member";
import type { MemberUpdate, MeshPacket } from "../model/mesh-message";
import type { MembershipEffect } from "./membership";
import { Membership } from "./membership";
import { lanMembership } from "./options";

function record(name: string, address: string): MemberRecord {
  const mesh = { address, port: 7442 };
  return { name, mesh, apiPort: 7440, grpcPort: 7441, voter: true, version: "0.1.0" };
}

const a = record("a", "10.0.0.1");
const b = record("b", "10.0.0.2");

function update(of: MemberRecord, status: MemberUpdate["status"], incarnation = 1): MemberUpdate {
  return { status, record: of, incarnation, from: "c" };
}

function gossip(...updates: MemberUpdate[]): MeshPacket {
  return { from: "b", gossip: updates };
}

/** `a`, started, with `b` alive. */
function meshOfTwo(): Membership {
  const mesh = new Membership(lanMembership, a, 1, () => 0.5);
  mesh.start([b.mesh], 0);
  mesh.receive(gossip(update(b, "alive")), b.mesh, 1);
  return mesh;
}

function changes(effects: readonly MembershipEffect[]): string[] {
  return effects.flatMap((effect) =>
    effect.kind === "member" ? [`${effect.member.record.name} ${effect.member.status}`] : [],
  );
}

describe("membership", () => {
  it("asks all seeds but itself to let it in, both ways, and is joined when it knows somebody", () => {
    const mesh = new Membership(lanMembership, a, 1, () => 0.5);
    const asked = mesh.start([a.mesh, b.mesh], 0).filter(({ kind }) => kind === "send");
    const join = { to: b.mesh, packet: { membership: { kind: "join" } } };
    expect(asked).toMatchObject([
      { ...join, over: "datagram" },
      { ...join, over: "stream" },
    ]);
    expect(mesh.joined).toBe(false);
    mesh.receive(gossip(update(b, "alive")), b.mesh, 1);
    expect(mesh.joined).toBe(true);
  });

  it("is joined alone where nobody else is to be joined", () => {
    const mesh = new Membership(lanMembership, a, 1, () => 0.5);
    mesh.start([a.mesh], 0);
    expect(mesh.joined).toBe(true);
  });

  it("tells the mesh when it is no voter any more, or one again, once each time", () => {
    const mesh = meshOfTwo();
    mesh.beVoter(false, 10);
    expect(mesh.member("a")).toMatchObject({ record: { voter: false }, incarnation: 2 });
    const told = mesh.tick(mesh.deadlineMs()).flatMap((effect) => {
      return effect.kind === "send" ? (effect.packet.gossip ?? []) : [];
    });
    expect(told).toContainEqual(
      expect.objectContaining({ incarnation: 2, record: { ...a, voter: false } }),
    );
    mesh.beVoter(false, 20);
    expect(mesh.member("a")?.incarnation).toBe(2);
    mesh.beVoter(true, 30);
    expect(mesh.member("a")).toMatchObject({ record: { voter: true }, incarnation: 3 });
  });

  it.each(["suspect", "dead", "left"] as const)("refutes that it is %s", (status) => {
    const mesh = meshOfTwo();
    mesh.receive(gossip(update(a, status, 5)), b.mesh, 2);
    expect(mesh.member("a")).toMatchObject({ status: "alive", incarnation: 6 });
  });

  it("tells whoever repeats what it has refuted long ago", () => {
    const mesh = meshOfTwo();
    mesh.receive(gossip(update(a, "suspect", 5)), b.mesh, 2);
    expect(mesh.receive(gossip(update(a, "suspect", 5)), b.mesh, 3)).toMatchObject([
      { kind: "send", to: b.mesh, packet: { gossip: [{ status: "alive", incarnation: 6 }] } },
    ]);
  });

  it("does not race another live node for its name, but says so, once in a while", () => {
    const mesh = meshOfTwo();
    const twin = update(record("a", "10.0.0.9"), "alive", 5);
    expect(mesh.receive(gossip(twin), b.mesh, 2)).toMatchObject([{ kind: "conflict", with: a }]);
    expect(mesh.receive(gossip(twin), b.mesh, 3)).toEqual([]);
    expect(mesh.member("a")?.incarnation).toBe(1);
  });

  it("takes a death told by gossip for true, one read in a state for a suspicion", () => {
    const told = meshOfTwo();
    expect(changes(told.receive(gossip(update(b, "dead")), b.mesh, 2))).toEqual(["b dead"]);
    const read = meshOfTwo();
    const state: MeshPacket = {
      from: "c",
      membership: { kind: "state", updates: [update(b, "dead")] },
    };
    expect(changes(read.receive(state, b.mesh, 2))).toEqual(["b suspect"]);
  });

  it("suspects and then buries who never answers, and forgets it after the retention", () => {
    const mesh = meshOfTwo();
    const seen: string[] = [];
    for (let now = 2; now < 6000; now += 5)
      if (mesh.deadlineMs() <= now) seen.push(...changes(mesh.tick(now)));
    expect(seen).toEqual(["b suspect", "b dead"]);
    mesh.tick(lanMembership.deadRetentionMs + 60_000);
    expect(mesh.member("b")).toBeUndefined();
  });

  it("does not bury anybody for its own sleep before it has read what came in", () => {
    const mesh = meshOfTwo();
    mesh.receive(gossip(update(b, "suspect")), b.mesh, 2);
    expect(changes(mesh.tick(10_000))).toEqual([]);
    expect(changes(mesh.receive(gossip(update(b, "alive", 2)), b.mesh, 10_001))).toEqual([
      "b alive",
    ]);
  });

  it("says goodbye and then takes nothing more", () => {
    const mesh = meshOfTwo();
    const sent = mesh.leave(5).filter(({ kind }) => kind === "send");
    expect(sent).toMatchObject([{ to: b.mesh, packet: { gossip: [{ status: "left" }] } }]);
    expect(mesh.receive(gossip(update(b, "dead")), b.mesh, 6)).toEqual([]);
  });

  it("keeps the master of the highest term, and its end", () => {
    const mesh = meshOfTwo();
    const master = { term: 2, name: "b", address: "10.0.0.2", apiPort: 7440, grpcPort: 7441 };
    const news = (term: number, name: string | undefined): boolean =>
      mesh.announce({ ...master, term, name }, 2).length > 0;
    expect([news(2, "b"), news(1, "a"), news(2, "b"), news(2, undefined), news(2, "b")]).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(mesh.master()).toMatchObject({ term: 2, name: undefined });
  });
});
