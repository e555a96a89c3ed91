import { request } from "node:http";
import { connect } from "node:net";
import type { Prober } from "../../ports/prober";

/** No more of an answer's body is read, so that its sender ends in peace. */
const bodyBytes = 64 * 1024;

/**
 * Docker's proxy, which publishes ports on loopback addresses, takes a connection before it knows whether anything listens in the
 * container, and closes it where nothing does: milliseconds later.
 */
const heldMs = 100;

/** Asks tasks over the network, each time on a connection of its own. gRPC has an adapter of its own. */
export function createProber(): Pick<Prober, "http" | "tcp"> {
  return { http: probeHttp, tcp: probeTcp };
}

function probeHttp(
  address: string,
  port: number,
  path: string,
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asked = request({
      host: address,
      port,
      path,
      agent: false,
      headers: { "user-agent": "covey-health", connection: "close" },
    });
    const timer = setTimeout(() => {
      resolve(`no answer within ${timeoutMs} ms`);
      asked.destroy();
    }, timeoutMs);
    asked.on("response", (response) => {
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 400 ? undefined : `answered ${status}`);
      let read = 0;
      response.on("data", (chunk: Buffer) => {
        read += chunk.length;
        if (read > bodyBytes) asked.destroy();
      });
      response.on("error", () => undefined);
    });
    asked.on("error", (error) => resolve(describe(error)));
    asked.on("close", () => {
      clearTimeout(timer);
      resolve("the connection was closed without an answer");
    });
    asked.end();
  });
}

/** Healthy is who speaks, or holds the connection: see `heldMs`. */
function probeTcp(address: string, port: number, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const decide = (problem: string | undefined): void => {
      clearTimeout(timer);
      resolve(problem);
      socket.destroy();
    };
    let timer = setTimeout(() => decide(`no connection within ${timeoutMs} ms`), timeoutMs);
    socket.on("connect", () => {
      clearTimeout(timer);
      timer = setTimeout(() => decide(undefined), heldMs);
    });
    socket.on("data", () => decide(undefined));
    socket.on("error", (error) => decide(describe(error)));
    socket.on("end", () => decide("the connection was taken and closed at once"));
  });
}

function describe(error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNREFUSED") return "connection refused";
  if (error.code === "ECONNRESET") return "connection reset";
  return error.message;
}
