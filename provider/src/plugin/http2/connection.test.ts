/** Node's own HTTP/2, which is nghttp2, is the client here: it shall understand us, and we it. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectHttp2, type ClientHttp2Session, type Settings } from "node:http2";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ServerConnection, type ArrivedRequest } from "./connection";
import { encodeHeaders } from "./hpack";
import type { Answer } from "./outgoing";

const folder = mkdtempSync(join(tmpdir(), "http2-"));
const path = join(folder, "socket");
const bodyBytesMax = 12 * 1024 * 1024;
const headers = encodeHeaders([[":status", "200"]]);
const trailers = encodeHeaders([["done", "yes"]]);

/** `/big/N` is answered with N bytes, `/wait` when `release` is called, all else with its path and body. */
let release: () => void = () => undefined;
async function answer({ path: asked, body }: ArrivedRequest): Promise<Answer> {
  if (asked === "/wait") await new Promise<void>((resolve) => (release = resolve));
  const bytes = /^\/big\/(\d+)$/u.exec(asked)?.[1];
  const echo = Buffer.concat([Buffer.from(`${asked} `, "latin1"), body]);
  return { headers, body: bytes === undefined ? echo : Buffer.alloc(Number(bytes), 7), trailers };
}

const tooLarge = {
  headers: encodeHeaders([[":status", "413"]]),
  body: new Uint8Array(0),
  trailers: undefined,
};
const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  new ServerConnection(socket, { answer, tooLarge, bodyBytesMax });
});

beforeAll(() => new Promise<void>((resolve) => server.listen(path, resolve)));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("an HTTP/2 connection", () => {
  let session: ClientHttp2Session;

  beforeEach(() => (session = open()));
  afterEach(() => {
    session.destroy();
  });

  it("answers any path, whatever headers came before: code and tables are right", async () => {
    const letters = fc.string({
      unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
      maxLength: 1500,
    });
    await fc.assert(
      fc.asyncProperty(letters, letters, async (asked, other) => {
        const { body } = await request(session, `/x${asked}`, Buffer.from("?"), { other });
        expect(body.toString("latin1")).toBe(`/x${asked} ?`);
      }),
      { numRuns: 150 },
    );
  });

  it("answers many at a time", async () => {
    const all = Array.from({ length: 300 }, (_, index) =>
      request(session, `/${index}`, Buffer.alloc(index)),
    );
    const lengths = (await Promise.all(all)).map(({ body }) => body.length);
    expect(lengths).toEqual(all.map((_, index) => `/${index} `.length + index));
  });

  it.each([65_535, 1000, 0])(
    "sends more than a window of %d lets through at once",
    async (size) => {
      session.destroy();
      session = open({ initialWindowSize: size });
      await once(session, "localSettings");
      const pending = request(session, "/big/300000");
      if (size === 0) session.settings({ initialWindowSize: 100_000 });
      const { body, trailers: last } = await pending;
      expect([body.length, body.every((byte) => byte === 7), last]).toEqual([300_000, true, "yes"]);
    },
  );

  it("takes more than its own windows let through at once", async () => {
    const sent = Buffer.alloc(9_000_000, 3);
    const { body } = await request(session, "/", sent);
    expect(body.subarray(2).equals(sent)).toBe(true);
  });

  it("refuses a body that is too large, and goes on", async () => {
    const { status } = await request(session, "/", Buffer.alloc(bodyBytesMax + 1));
    expect(status).toBe("413");
    expect((await request(session, "/next")).body.toString()).toBe("/next ");
  });

  it("forgets a request that the client has reset, and answers the others", async () => {
    const waiting = session.request({ ":path": "/wait" });
    waiting.on("error", () => undefined);
    await request(session, "/first");
    waiting.close(8);
    await once(waiting, "close");
    release();
    expect((await request(session, "/second")).body.toString()).toBe("/second ");
  });

  it("answers a ping", async () => {
    await once(session, "connect");
    const sent = Buffer.from("12345678");
    const got = await new Promise<Buffer>((resolve, reject) => {
      session.ping(sent, (error, _ms, payload) => {
        if (error) reject(error);
        else resolve(payload);
      });
    });
    expect(got).toEqual(sent);
  });
});

describe("a peer that does not speak HTTP/2", () => {
  const preface = "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a";
  const settings = "000000 04 00 00000000";

  it.each([
    ["HTTP/1", Buffer.from("GET / HTTP/1.1\r\n\r\n").toString("hex"), 1],
    ["a frame larger than agreed", `${preface}${settings} 004001 00 00 00000001`, 6],
    ["data of no stream", `${preface}${settings} 000001 00 00 00000001 00`, 1],
    ["a stream that is not the client's", `${preface}${settings} 000001 01 04 00000002 84`, 1],
    [
      "a header block that another frame breaks",
      `${preface}000001 01 00 00000001 84 ${settings}`,
      1,
    ],
    ["headers that cannot be read", `${preface}${settings} 000001 01 04 00000001 ff`, 9],
    ["more padding than frame", `${preface}${settings} 000001 01 0c 00000001 09`, 1],
    ["a window beyond its bounds", `${preface}000004 08 00 00000000 7fffffff`, 3],
    ["a push", `${preface}000004 05 04 00000001 00000002`, 1],
  ])("is told why and left: %s", async (_name, bytes, fault) => {
    const answered = await exchange(Buffer.from(bytes.replaceAll(" ", ""), "hex"));
    // GOAWAY is the last frame, the fault its last four bytes.
    expect(answered.subarray(-17, -14).toString("hex")).toBe("000008");
    expect(answered[answered.length - 14]).toBe(7);
    expect(answered.readUInt32BE(answered.length - 4)).toBe(fault);
  });

  it("never ends the process, whatever it sends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, begins) => {
        const start = begins ? Buffer.from(preface, "hex") : Buffer.alloc(0);
        await exchange(Buffer.concat([start, bytes]));
      }),
      { numRuns: 100 },
    );
  });
});

function open(settings: Settings = {}): ClientHttp2Session {
  return connectHttp2("http://localhost", { createConnection: () => connect(path), settings });
}

/** Sends, then closes its half; all that comes back. */
async function exchange(bytes: Buffer): Promise<Buffer> {
  const socket = connect(path);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => undefined);
  socket.end(bytes);
  await once(socket, "close");
  return Buffer.concat(chunks);
}

interface Answered {
  readonly status: string;
  readonly body: Buffer;
  readonly trailers: string | undefined;
}

function request(
  session: ClientHttp2Session,
  asked: string,
  body: Buffer = Buffer.alloc(0),
  more: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":method": "POST", ":path": asked, ...more });
    const chunks: Buffer[] = [];
    let status = "";
    let last: string | undefined;
    stream.on("response", (got) => (status = String(got[":status"])));
    stream.on("trailers", (got: Readonly<Record<string, unknown>>) => (last = String(got["done"])));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("end", () => {
      resolve({ status, body: Buffer.concat(chunks), trailers: last });
    });
    stream.end(body);
  });
}
