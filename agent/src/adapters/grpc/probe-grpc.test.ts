import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { probeGrpc } from "./probe-grpc";

/** One health service: the bytes it answers to each service's name (grpc.health.v1, HealthCheckResponse). */
const answers: Readonly<Record<string, readonly number[]>> = {
  "": [0x08, 1],
  web: [0x08, 1],
  slow: [],
  down: [0x08, 2],
};

/** The name in a HealthCheckRequest that is shorter than 128 bytes. */
function nameIn(request: Buffer): string {
  return request.subarray(2).toString("utf8");
}

describe("a gRPC health check", () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    server = new Server();
    const bytes = (value: Buffer): Buffer => value;
    const check = {
      path: "/grpc.health.v1.Health/Check",
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    } as const;
    server.addService(
      { check },
      {
        check: (
          call: { readonly request: Buffer },
          answer: (error: object | null, value?: Buffer) => void,
        ) => {
          const name = nameIn(call.request);
          const found = answers[name];
          if (name === "slow") return;
          if (found) answer(null, Buffer.from(found));
          else answer({ code: status.NOT_FOUND, details: "unknown" });
        },
      },
    );
    port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
  });

  afterAll(() => server.forceShutdown());

  it.each<[string, string | undefined]>([
    ["", undefined],
    ["web", undefined],
    ["down", "answered NOT_SERVING"],
    ["stranger", "the server does not know this service"],
  ])("of service '%s' finds: %s", async (service, problem) => {
    expect(await probeGrpc("127.0.0.1", port, service, 2000)).toBe(problem);
  });

  it("ends at its deadline", async () => {
    expect(await probeGrpc("127.0.0.1", port, "slow", 50)).toBe("no answer within 50 ms");
  });

  it("says that nothing listens", async () => {
    const free = await new Promise<number>((resolve) => {
      const once = createServer().listen(0, "127.0.0.1", () => {
        const { port: taken } = once.address() as AddressInfo;
        once.close(() => resolve(taken));
      });
    });
    expect(await probeGrpc("127.0.0.1", free, "", 2000)).toMatch(/ECONNREFUSED|No connection/);
  });
});
