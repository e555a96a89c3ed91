import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import {
  connect as connectHttp2,
  type ClientHttp2Session,
  type IncomingHttpHeaders,
} from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGrpcServer } from "../protocol6/grpc-server";
import { createCertificate, type Certificate } from "./certificate";
import { HandshakeError, handshakeLine, readEnvironment, reattachVariable } from "./environment";

const NOW = new Date();
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

describe("the certificate", () => {
  it("is well-formed, self-signed and for localhost", () => {
    const certificate = createCertificate(new Date("2026-11-23T12:00:00Z"));
    const parsed = new X509Certificate(certificate.pem);
    expect(parsed.checkHost("localhost")).toBe("localhost");
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.validFrom).toBe("Nov 22 12:00:00 2026 GMT");
    expect(parsed.raw.equals(certificate.der)).toBe(true);
  });
});

describe("the server", () => {
  const directory = mkdtempSync(join(tmpdir(), "handshake-"));
  const path = join(directory, "socket");
  const ours = createCertificate(NOW);
  const echo = jest.fn((bytes: Uint8Array) => Promise.resolve(bytes));
  const terraforms = createCertificate(NOW);
  const server = createGrpcServer(new Map([["/test/Echo", echo]]), {
    certificatePem: ours.pem,
    keyPem: ours.key,
    clientCertificatePem: terraforms.pem,
    clientCertificateDer: terraforms.der,
  });

  beforeAll(() => new Promise<void>((resolve) => server.listen(path, resolve)));
  afterAll(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it("answers the client with Terraform's certificate", async () => {
    const { status, body } = await call("/test/Echo", terraforms);
    expect([status, body.toString("hex")]).toEqual(["0", "0000000002abcd"]);
  });

  it("answers UNIMPLEMENTED to methods it does not have", async () => {
    expect((await call("/tfplugin6.Provider/GetMetadata", terraforms)).status).toBe("12");
  });

  it.each([
    ["another certificate", createCertificate(NOW)],
    ["no certificate", undefined],
  ])("refuses a client with %s", async (_name, certificate) => {
    const before = echo.mock.calls.length;
    await expect(call("/test/Echo", certificate)).rejects.toThrow();
    expect(echo).toHaveBeenCalledTimes(before);
  });

  async function call(
    method: string,
    client: Certificate | undefined,
  ): Promise<{ status: string; body: Buffer }> {
    const session = connectHttp2("https://localhost", {
      path,
      ca: ours.pem,
      ...(client === undefined ? {} : { cert: client.pem, key: client.key }),
    } as Parameters<typeof connectHttp2>[1]);
    try {
      return await unary(session, method);
    } finally {
      session.destroy();
    }
  }
});

function unary(
  session: ClientHttp2Session,
  method: string,
): Promise<{ status: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    session.once("error", reject);
    session.once("close", () => {
      reject(new Error("closed"));
    });
    const stream = session.request({ ":method": "POST", ":path": method });
    const chunks: Buffer[] = [];
    let status = "";
    stream.on("response", (headers) => (status = String(headers["grpc-status"] ?? "")));
    stream.on("trailers", (headers: IncomingHttpHeaders) => {
      status = String(headers["grpc-status"]);
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("end", () => {
      if (status === "") reject(new Error("closed without a status"));
      else resolve({ status, body: Buffer.concat(chunks) });
    });
    stream.end(Buffer.from("0000000002abcd", "hex"));
  });
}

describe("the environment", () => {
  const environment = {
    TF_PLUGIN_MAGIC_COOKIE: COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: "6,5",
    PLUGIN_CLIENT_CERT: "pem",
  };

  it("is read when Terraform made it", () => {
    expect(readEnvironment(environment)).toEqual({
      clientCertificatePem: "pem",
      socketDirectory: undefined,
    });
  });

  it.each([
    ["a missing cookie", { ...environment, TF_PLUGIN_MAGIC_COOKIE: undefined }],
    ["a Terraform without protocol 6", { ...environment, PLUGIN_PROTOCOL_VERSIONS: "5" }],
  ])("is refused with %s", (_name, given) => {
    expect(() => readEnvironment(given)).toThrow(HandshakeError);
  });

  it("is answered in one line, the certificate without padding", () => {
    expect(handshakeLine("/s", Buffer.from([1]))).toBe("1|6|unix|/s|grpc|AQ\n");
    expect(handshakeLine("/s", undefined)).toBe("1|6|unix|/s|grpc|\n");
  });

  it("can be replaced by a reattach variable", () => {
    expect(reattachVariable("example.invalid/acme/toy", "/s", 7)).toBe(
      `TF_REATTACH_PROVIDERS='{"example.invalid/acme/toy":{"Protocol":"grpc","ProtocolVersion":6,"Pid":7,"Test":true,"Addr":{"Network":"unix","String":"/s"}}}'`,
    );
  });
});
