import { createPrivateKey, KeyObject, webcrypto, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { grpcCall, type ClientIdentity, type GrpcAnswer } from "../../../test/plugin/grpc-call";
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
    const { status, body } = await call("/test/Echo", identity(terraforms));
    expect([status, body.toString("hex")]).toEqual(["0", "0000000002abcd"]);
  });

  it("answers UNIMPLEMENTED to methods it does not have, as those of future protocols", async () => {
    const answer = await call("/tfplugin6.Provider/ListResource", identity(terraforms));
    expect(answer.status).toBe("12");
  });

  it.each<[string, () => Promise<ClientIdentity | undefined>]>([
    ["another self-signed certificate", () => Promise.resolve(identity(createCertificate(NOW)))],
    ["no certificate", () => Promise.resolve(undefined)],
    ["a certificate that Terraform's own has issued", () => issuedBy(terraforms)],
    [
      "Terraform's certificate, but another's key",
      () => Promise.resolve({ pem: terraforms.pem, key: createCertificate(NOW).key }),
    ],
  ])("refuses a client with %s", async (_name, client) => {
    const before = echo.mock.calls.length;
    await expect(client().then((shown) => call("/test/Echo", shown))).rejects.toThrow();
    expect(echo).toHaveBeenCalledTimes(before);
  });

  it("refuses a client that speaks plain text", async () => {
    const before = echo.mock.calls.length;
    const client = connect(path);
    client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    client.resume();
    client.on("error", () => undefined);
    await once(client, "close");
    expect(echo).toHaveBeenCalledTimes(before);
  });

  function call(method: string, client: ClientIdentity | undefined): Promise<GrpcAnswer> {
    const connection = { socket: path, server: ours.pem, client };
    return grpcCall(connection, method, Buffer.from("abcd", "hex"));
  }
});

function identity({ pem, key }: Certificate): ClientIdentity {
  return { pem, key };
}

/** A client certificate whose chain ends in `issuer`: valid for TLS, and yet not the one that is asked for. */
async function issuedBy(issuer: Certificate): Promise<ClientIdentity> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
  const der = createPrivateKey(issuer.key).export({ type: "pkcs8", format: "der" });
  const signingKey = await webcrypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: [{ CN: ["localhost"] }],
      issuer: new x509.X509Certificate(issuer.pem).subjectName,
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: algorithm,
      notBefore: new Date(NOW.getTime() - 60_000),
      notAfter: new Date(NOW.getTime() + 60_000),
    },
    webcrypto,
  );
  const key = KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" });
  return { pem: certificate.toString("pem"), key: key.toString() };
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
