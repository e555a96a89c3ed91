import { createSocket } from "node:dgram";
import type { Endpoint } from "../../model/endpoint";
import type { MeshPacket } from "../../model/mesh-message";
import { Envelope } from "./envelope";
import { ReplayGuard } from "./replay-guard";
import type { Stamp } from "./session";
import { readStamp, writeStamp } from "./session";
import type { MeshSocketOptions, MeshSockets } from "./transport";
import { openMeshSockets } from "./transport";
import { silentLog } from "../../../test/fakes/silent-log";

const key = Buffer.alloc(32, 1);
const otherKey = Buffer.alloc(32, 2);
const address = "127.77.1.1";
const open: MeshSockets[] = [];

async function transport(more: Partial<MeshSocketOptions> = {}): Promise<MeshSockets> {
  const options = { address, port: 0, cluster: "prod", keys: [key], log: silentLog, ...more };
  const one = await openMeshSockets(options);
  open.push(one);
  return one;
}

/** The next packet. On the loopback, below what a socket holds, none is lost. */
function next(receiver: MeshSockets): Promise<{ packet: MeshPacket; from: Endpoint }> {
  return new Promise((resolve) =>
    receiver.onPacket((packet, from) => {
      resolve({ packet, from });
    }),
  );
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe("datagrams", () => {
  const packet: MeshPacket = {
    from: "a",
    membership: { kind: "ping", seq: 7, target: "b" },
    master: { term: 3, name: "a", address: "10.0.0.1", apiPort: 1, grpcPort: 2 },
  };

  it("carries a packet from one socket to another, and says where answers go", async () => {
    const [a, b] = [await transport(), await transport({ address: "127.77.1.2" })];
    const received = next(b);
    a.send(b.endpoint, packet);
    expect(await received).toEqual({ packet, from: a.endpoint });
  });

  it("decrypts with any key of the ring, so that keys can be changed one node after another", async () => {
    const [a, b] = [
      await transport({ keys: [otherKey, key] }),
      await transport({ keys: [key, otherKey] }),
    ];
    const received = next(b);
    a.send(b.endpoint, packet);
    expect((await received).packet).toEqual(packet);
  });

  it("is never without a key that both know while the ring is rotated, one restart after the other", async () => {
    const restarted = async (old: MeshSockets, keys: readonly Buffer[]): Promise<MeshSockets> => {
      await old.close();
      return transport({ ...old.endpoint, keys });
    };
    const [first, second] = [await transport(), await transport()];
    const ends = { a: first, b: second };
    // Add the new key to all, then send with it, then take the old one away.
    for (const ring of [[key, otherKey], [otherKey, key], [otherKey]])
      for (const end of ["a", "b"] as const) {
        ends[end] = await restarted(ends[end], ring);
        const { a, b } = ends;
        for (const [from, to] of [
          [a, b],
          [b, a],
        ] as const) {
          const received = next(to);
          from.send(to.endpoint, packet);
          expect((await received).packet).toEqual(packet);
        }
        expect([a.dropped.unauthentic, b.dropped.unauthentic]).toEqual([0, 0]);
      }
  });

  it.each([
    ["another key", { keys: [otherKey] }],
    ["another cluster", { cluster: "test" }],
  ])("takes nothing of %s", async (_, foreign) => {
    const [b, stranger, friend] = [await transport(), await transport(foreign), await transport()];
    const received = next(b);
    stranger.send(b.endpoint, { from: "stranger" });
    friend.send(b.endpoint, packet);
    expect((await received).packet).toEqual(packet);
    expect(b.dropped.unauthentic).toBe(1);
  });

  it("drops a packet larger than a datagram, and goes on", async () => {
    const [a, b] = [await transport(), await transport()];
    const record = { name: "x", mesh: a.endpoint, apiPort: 1, grpcPort: 1, voter: false };
    const gossip = Array.from({ length: 40 }, () => ({
      status: "alive" as const,
      record: { ...record, version: "v".repeat(60) },
      incarnation: 1,
      from: "x",
    }));
    const received = next(b);
    a.send(b.endpoint, { from: "a", gossip });
    a.send(b.endpoint, packet);
    expect((await received).packet).toEqual(packet);
    expect(a.dropped["too-large"]).toBe(1);
  });

  it("says which address and port it cannot have, and what to do", async () => {
    const a = await transport();
    await expect(transport({ port: a.endpoint.port })).rejects.toThrow(
      `mesh: cannot listen on udp ${address}:${a.endpoint.port} (EADDRINUSE): another process has that port`,
    );
    await expect(transport({ address: "192.0.2.1" })).rejects.toThrow(/EADDRNOTAVAIL.*`address`/);
    await expect(transport({ address: "0.0.0.0" })).rejects.toThrow(/not 0\.0\.0\.0/);
    await expect(transport({ keys: [Buffer.alloc(16)] })).rejects.toThrow(/16 bytes.*needs 32/);
  });

  it("survives garbage from anybody", async () => {
    const [a, b] = [await transport(), await transport()];
    const received = next(b);
    const stranger = createSocket("udp4");
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(20, 1), Buffer.alloc(2000, 1)])
      await new Promise((sent) => stranger.send(bytes, b.endpoint.port, b.endpoint.address, sent));
    stranger.close();
    a.send(b.endpoint, packet);
    expect((await received).packet).toEqual(packet);
  });
});

describe("envelope", () => {
  it("opens nothing that came by the other path, or is of another cluster", () => {
    const sealed = new Envelope("prod", "datagram", [key]).seal(Buffer.from("hello"));
    expect(new Envelope("prod", "stream", [key]).open(sealed)).toBeUndefined();
    expect(new Envelope("test", "datagram", [key]).open(sealed)).toBeUndefined();
  });

  it("opens nothing that was changed or cut anywhere", () => {
    const envelope = new Envelope("prod", "datagram", [key]);
    const sealed = envelope.seal(Buffer.from("hello"));
    expect(envelope.open(sealed)?.toString()).toBe("hello");
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8((changed.readUInt8(at) ^ 0x10) & 0xff, at);
      expect(envelope.open(changed)).toBeUndefined();
      expect(envelope.open(sealed.subarray(0, at))).toBeUndefined();
    }
  });
});

describe("replay guard", () => {
  const sender = { address: "10.0.0.1", port: 7442 };
  const stamp = (count: number, startedAtMs = 1000, nonce = 1): Stamp => ({
    startedAtMs,
    nonce,
    count,
    sender,
  });

  it("keeps a stamp through bytes", () => {
    expect(readStamp(writeStamp(stamp(2 ** 40)))).toEqual(stamp(2 ** 40));
  });

  it("takes each datagram once, late ones too, very late ones not", () => {
    const guard = new ReplayGuard();
    const take = (count: number): boolean => guard.take("a", stamp(count), 0);
    expect([1, 3, 2, 3, 1, 300, 299, 40, 300].map(take)).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it("takes a restarted sender, and then nothing of its former life", () => {
    const guard = new ReplayGuard();
    expect(guard.take("a", stamp(50), 0)).toBe(true);
    expect(guard.take("a", stamp(1, 2000, 2), 1)).toBe(true);
    expect(guard.take("a", stamp(51), 2)).toBe(false);
  });

  it("takes a sender whose clock went back, after ten seconds of silence", () => {
    const guard = new ReplayGuard();
    expect(guard.take("a", stamp(50), 0)).toBe(true);
    expect(guard.take("a", stamp(1, 500, 2), 9_000)).toBe(false);
    expect(guard.take("a", stamp(2, 500, 2), 10_000)).toBe(true);
  });
});
