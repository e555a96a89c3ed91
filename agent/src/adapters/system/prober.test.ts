import { createServer } from "node:http";
import type { Server as HttpServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { createProber } from "./prober";

const address = "127.77.3.3";
const prober = createProber();

describe("a prober", () => {
  let server: HttpServer;
  let port: number;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const status = Number(request.url?.slice(1));
      if (request.url === "/silent") return;
      if (request.url === "/endless") {
        response.write("x".repeat(1024 * 1024));
        return;
      }
      response.writeHead(status, status === 302 ? { location: "/500" } : {}).end("body");
    });
    port = await listen(server);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([200, 204, 302])("takes status %d for healthy", async (status) => {
    expect(await prober.http(address, port, `/${status}`, 1000)).toBeUndefined();
  });

  it.each([404, 500, 503])("takes status %d for unhealthy, and says it", async (status) => {
    expect(await prober.http(address, port, `/${status}`, 1000)).toBe(`answered ${status}`);
  });

  it("does not wait longer than its deadline", async () => {
    expect(await prober.http(address, port, "/silent", 50)).toBe("no answer within 50 ms");
  });

  it("does not read a body that never ends", async () => {
    expect(await prober.http(address, port, "/endless", 1000)).toBeUndefined();
  });

  it("says that nobody listens", async () => {
    const closed = createTcpServer();
    const freePort = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect(await prober.http(address, freePort, "/", 1000)).toBe("connection refused");
    expect(await prober.tcp(address, freePort, 1000)).toBe("connection refused");
  });

  it("is content with a TCP connection", async () => {
    expect(await prober.tcp(address, port, 1000)).toBeUndefined();
  });

  it("takes a connection that is closed without an answer for unhealthy", async () => {
    const rude = createTcpServer((socket) => socket.destroy());
    const rudePort = await listen(rude);
    expect(await prober.http(address, rudePort, "/", 1000)).toEqual(expect.any(String));
    rude.close();
  });
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return (server.address() as AddressInfo).port;
}
