import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createProber } from "./prober";

const prober = createProber();
const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket: Socket) => sockets.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, "close");
  return port;
}

const tcp = (port: number): Promise<string | undefined> => prober.tcp("127.0.0.1", port, 2000);

describe("a tcp check", () => {
  it("is content with who holds the connection, or speaks at once", async () => {
    expect(await tcp(await listening(createServer()))).toBeUndefined();
    const speaks = createServer((socket) => socket.end("220 ready\r\n"));
    expect(await tcp(await listening(speaks))).toBeUndefined();
  });

  it("is not content with a proxy that takes the connection and finds nothing behind it", async () => {
    const closes = createServer((socket) => socket.end());
    expect(await tcp(await listening(closes))).toBe("the connection was taken and closed at once");
    const resets = createServer((socket) => socket.resetAndDestroy());
    expect(await tcp(await listening(resets))).toBe("connection reset");
  });

  it("says that nothing listens", async () => {
    expect(await tcp(await unusedPort())).toBe("connection refused");
  });
});

describe("an http check", () => {
  const status = async (code: number): Promise<string | undefined> => {
    const server = createHttpServer((_, response) => response.writeHead(code).end("x"));
    return prober.http("127.0.0.1", await listening(server), "/", 2000);
  };

  it.each([
    [200, undefined],
    [302, undefined],
    [404, "answered 404"],
    [503, "answered 503"],
  ])("of an answer %d says %p", async (code, said) => {
    expect(await status(code)).toBe(said);
  });

  it("says that no answer came, and when it gave up", async () => {
    const silent = await listening(createServer());
    expect(await prober.http("127.0.0.1", silent, "/", 50)).toBe("no answer within 50 ms");
    const closes = await listening(createServer((socket) => socket.resume().end()));
    expect(await prober.http("127.0.0.1", closes, "/", 2000)).toMatch(/hang up|reset|closed/);
  });
});
