import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import fc from "fast-check";
import type { Endpoint } from "../../model/endpoint";
import type { MemberUpdate, MeshPacket, MeshPath } from "../../model/mesh-message";
import type { DropCause } from "./drops";
import type { FrameStep } from "./frame";
import { FrameReader, maxFramedBytes, writeFrame } from "./frame";
import type { MeshSocketOptions, MeshSockets } from "./transport";
import { openMeshSockets } from "./transport";
import { silentLog } from "../../../test/fakes/silent-log";

const key = Buffer.alloc(32, 1);
const otherKey = Buffer.alloc(32, 2);
const address = "127.77.2.1";
const packet: MeshPacket = { from: "a", membership: { kind: "ack", seq: 7 } };
const open: { close(): unknown }[] = [];

async function transport(more: Partial<MeshSocketOptions> = {}): Promise<MeshSockets> {
  const options = { address, port: 0, cluster: "prod", keys: [key], log: silentLog, ...more };
  const one = await openMeshSockets(options);
  open.push(one);
  return one;
}

function next(
  receiver: MeshSockets,
): Promise<{ packet: MeshPacket; from: Endpoint; over: MeshPath }> {
  return new Promise((resolve) =>
    receiver.onPacket((received, from, over) => resolve({ packet: received, from, over })),
  );
}

/** A stranger's connection. What it is told of errors it does not care for. */
async function dial(to: Endpoint): Promise<Socket> {
  const socket = connect(to.port, to.address);
  socket.on("error", () => undefined);
  open.push({ close: () => socket.destroy() });
  await once(socket, "connect");
  return socket;
}

async function closed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await once(socket, "close");
}

/** Sends all at once; done when the other end has closed. */
async function strangerSends(to: Endpoint, bytes: Uint8Array): Promise<void> {
  const socket = await dial(to);
  socket.write(bytes);
  await closed(socket);
}

async function expectDropped(on: MeshSockets, cause: DropCause, count = 1): Promise<void> {
  while (on.dropped[cause] < count) await new Promise((resolve) => setImmediate(resolve));
  expect(on.dropped).toMatchObject({ [cause]: count });
}

/** Takes connections and does `work` with them. */
async function server(work: (socket: Socket) => void): Promise<Server & { endpoint: Endpoint }> {
  const one = createServer(work);
  one.listen(0, address);
  await once(one, "listening");
  open.push(one);
  const { port } = one.address() as { port: number };
  return Object.assign(one, { endpoint: { address, port } });
}

/** What `from` puts on the wire for a stream. */
async function recorded(from: MeshSockets): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const wire = await server((socket) => {
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => wire.emit("recorded"));
  });
  from.sendStream(wire.endpoint, packet);
  await once(wire, "recorded");
  return Buffer.concat(chunks);
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function updates(count: number): MemberUpdate[] {
  const record = { name: "x", mesh: { address, port: 1 }, apiPort: 1, grpcPort: 1, voter: false };
  return Array.from({ length: count }, () => ({
    status: "alive",
    record: { ...record, version: "v".repeat(60) },
    incarnation: 1,
    from: "x",
  }));
}

describe("streams", () => {
  it("carry a packet far larger than a datagram, say by which path it came and where answers go", async () => {
    const [a, b] = [await transport(), await transport({ address: "127.77.2.2" })];
    const large: MeshPacket = { from: "a", membership: { kind: "state", updates: updates(5001) } };
    const received = next(b);
    a.sendStream(b.endpoint, large);
    expect(await received).toEqual({ packet: large, from: a.endpoint, over: "stream" });
  });

  it("carry nothing above 1 MiB", async () => {
    const [a, b] = [await transport(), await transport()];
    a.sendStream(b.endpoint, {
      from: "a",
      membership: { kind: "state", updates: updates(15_000) },
    });
    expect(a.dropped["too-large"]).toBe(1);
  });

  it("open with any key of the ring", async () => {
    const [a, b] = [
      await transport({ keys: [otherKey] }),
      await transport({ keys: [key, otherKey] }),
    ];
    const received = next(b);
    a.sendStream(b.endpoint, packet);
    expect((await received).packet).toEqual(packet);
  });

  it.each([
    ["another key", { keys: [otherKey] }],
    ["another cluster", { cluster: "test" }],
  ])("take nothing of %s", async (_, foreign) => {
    const [b, stranger] = [await transport(), await transport(foreign)];
    stranger.sendStream(b.endpoint, packet);
    await expectDropped(b, "unauthentic");
  });

  it.each<[string, Uint8Array, DropCause]>([
    ["a length above the limit", Buffer.from([0xff, 0xff, 0xff, 0xff]), "too-large"],
    ["a length no packet has", Buffer.from([0, 0, 0, 7]), "malformed"],
    ["a request of another protocol", Buffer.from("GET / HTTP/1.1\r\n\r\n"), "too-large"],
    ["a frame of noise", writeFrame(Buffer.alloc(500, 1)), "unauthentic"],
    [
      "more than its frame",
      Buffer.concat([writeFrame(Buffer.alloc(90)), Buffer.alloc(1)]),
      "malformed",
    ],
  ])("close on %s, count it, and go on", async (_, bytes, cause) => {
    const [a, b] = [await transport(), await transport()];
    await strangerSends(b.endpoint, bytes);
    await expectDropped(b, cause);
    const received = next(b);
    a.sendStream(b.endpoint, packet);
    expect((await received).packet).toEqual(packet);
  });

  it("take what was recorded once, and of a datagram nothing", async () => {
    const [a, b] = [await transport(), await transport()];
    const frame = await recorded(a);
    const taken = next(b);
    await strangerSends(b.endpoint, frame);
    expect((await taken).packet).toEqual(packet);
    await strangerSends(b.endpoint, frame);
    await expectDropped(b, "replayed");
    const wire = createSocket("udp4");
    open.push(wire);
    wire.bind(0, address);
    await once(wire, "listening");
    const datagram = once(wire, "message") as Promise<[Buffer]>;
    a.send({ address, port: wire.address().port }, packet);
    await strangerSends(b.endpoint, writeFrame((await datagram)[0]));
    await expectDropped(b, "unauthentic");
  });

  it("give nobody more time than the deadline, however busy he looks", async () => {
    const limits = { exchangeDeadlineMs: 150, idleDeadlineMs: 10_000 };
    const b = await transport({ limits });
    const socket = await dial(b.endpoint);
    socket.write(writeFrame(Buffer.alloc(10_000)).subarray(0, 100));
    const dripping = setInterval(() => socket.write(Buffer.alloc(1)), 10);
    await closed(socket);
    clearInterval(dripping);
    await expectDropped(b, "timed-out");
  });

  it("do not wait for who is silent, at either end", async () => {
    const limits = { idleDeadlineMs: 50, exchangeDeadlineMs: 100 };
    const b = await transport({ limits });
    await closed(await dial(b.endpoint));
    await expectDropped(b, "timed-out");
    const silence = await server((socket) => open.push({ close: () => socket.destroy() }));
    b.sendStream(silence.endpoint, packet);
    await expectDropped(b, "timed-out", 2);
  });

  it("count what ends before its packet does, and what nobody takes", async () => {
    const [a, b] = [await transport(), await transport()];
    const socket = await dial(b.endpoint);
    socket.end(writeFrame(Buffer.alloc(500)).subarray(0, 100));
    await expectDropped(b, "cut-short");
    await b.close();
    a.sendStream(b.endpoint, packet);
    await expectDropped(a, "send-failed");
  });

  it("refuse more than so many at once from others, until one of them has ended", async () => {
    const [a, b] = [await transport(), await transport({ limits: { maxIncoming: 2 } })];
    const held = [await dial(b.endpoint), await dial(b.endpoint)];
    await closed(await dial(b.endpoint));
    await expectDropped(b, "too-many");
    held[0]?.destroy();
    await expectDropped(b, "cut-short");
    const received = next(b);
    a.sendStream(b.endpoint, packet);
    expect((await received).packet).toEqual(packet);
  });

  it("send no more than so many at once to others", async () => {
    const [a, b] = [await transport({ limits: { maxOutgoing: 1 } }), await transport()];
    const received = next(b);
    a.sendStream(b.endpoint, packet);
    a.sendStream(b.endpoint, packet);
    expect(a.dropped["too-many"]).toBe(1);
    await received;
  });

  it("all end with close, and the port is free again", async () => {
    const silence = await server((socket) => open.push({ close: () => socket.destroy() }));
    const b = await transport();
    const { port } = b.endpoint;
    const socket = await dial(b.endpoint);
    b.sendStream(silence.endpoint, packet);
    await once(silence, "connection");
    await b.close();
    await closed(socket);
    b.sendStream(silence.endpoint, packet);
    expect(Object.values(b.dropped).filter((count) => count > 0)).toEqual([]);
    expect((await transport({ port })).endpoint.port).toBe(port);
  });

  it("say which port they cannot have, and leave the datagrams' free", async () => {
    const taken = await server(() => undefined);
    const { port } = taken.endpoint;
    await expect(transport({ port })).rejects.toThrow(
      `mesh: cannot listen on tcp ${address}:${port} (EADDRINUSE): another process has that port`,
    );
    await new Promise((resolve) => taken.close(resolve));
    expect((await transport({ port })).endpoint.port).toBe(port);
  });
});

describe("frame", () => {
  const steps = (bytes: Buffer, cuts: readonly number[]): FrameStep[] => {
    const reader = new FrameReader();
    const at = [0, ...cuts.map((cut) => cut % bytes.length), bytes.length].sort((a, b) => a - b);
    return at.slice(1).map((end, index) => reader.take(bytes.subarray(at[index], end)));
  };

  it("is put together from whatever pieces it arrives in", () => {
    const sealed = fc.uint8Array({ minLength: 51, maxLength: 3000 });
    fc.assert(
      fc.property(sealed, fc.array(fc.nat(), { maxLength: 20 }), (content, cuts) => {
        const all = steps(writeFrame(content), cuts);
        expect(all.at(-1)).toEqual({ kind: "whole", sealed: Buffer.from(content) });
        expect(all.slice(0, -1).filter(({ kind }) => kind !== "more")).toEqual([]);
      }),
    );
  });

  it("ends no later than where it says, and holds no more than the limit", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 200 }), (bytes) => {
        const [step] = steps(Buffer.from(bytes), []);
        const length = Buffer.from(bytes).readUInt32BE(0);
        const possible = length >= 51 && length <= maxFramedBytes;
        if (!possible) expect(step?.kind).toBe("broken");
        else expect(step?.kind).toBe(length > bytes.length - 4 ? "more" : "broken");
      }),
    );
  });
});
