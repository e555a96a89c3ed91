import "reflect-metadata";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as Parsed,
} from "@peculiar/x509";
import { X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { fingerprint, isCurrent, issueNodeCertificate, makeAuthority } from "./certificates";
import type { KeyPair, NodeCertificateRequest } from "./certificates";

const now = new Date("2026-11-22T12:00:00Z");
const request: NodeCertificateRequest = {
  commonName: "n1",
  dnsNames: ["n1", "localhost", "n1.node.dc1.consul"],
  ipAddresses: ["10.77.1.1", "127.0.0.1"],
};

describe("the authority", () => {
  let authority: X509Certificate;
  beforeAll(async () => {
    authority = new X509Certificate((await makeAuthority("Covey prod", now)).certificate);
  });

  test("is an authority that signed itself", () => {
    expect(authority.ca).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(authority.subject).toBe("CN=Covey prod");
  });

  test("may sign certificates, but no further authority", () => {
    const parsed = new Parsed(authority.toString());
    expect(parsed.getExtension(BasicConstraintsExtension)).toMatchObject({
      ca: true,
      pathLength: 0,
      critical: true,
    });
    expect(parsed.getExtension(KeyUsagesExtension)).toMatchObject({
      usages: KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
      critical: true,
    });
  });

  test("is valid for ten years, from an hour before it was made", () => {
    expect(new Date(authority.validFrom).toISOString()).toBe("2026-11-22T11:00:00.000Z");
    expect(new Date(authority.validTo).toISOString()).toBe("2036-11-19T12:00:00.000Z");
  });
});

describe("a node's certificate", () => {
  let authority: KeyPair;
  let node: KeyPair;
  let certificate: X509Certificate;
  beforeAll(async () => {
    authority = await makeAuthority("Covey prod", now);
    node = await issueNodeCertificate(authority, request, now);
    certificate = new X509Certificate(node.certificate);
  });

  test("is signed by the authority and is none itself", () => {
    const issuer = new X509Certificate(authority.certificate);
    expect(certificate.checkIssued(issuer)).toBe(true);
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
  });

  test("carries every name and address, and serves both ends", () => {
    expect(certificate.subject).toBe("CN=n1");
    expect(certificate.subjectAltName).toBe(
      "DNS:n1, DNS:localhost, DNS:n1.node.dc1.consul, IP Address:10.77.1.1, IP Address:127.0.0.1",
    );
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  });

  test("names the authority's key as its issuer's", () => {
    const issuer = new Parsed(authority.certificate);
    const keyId = issuer.getExtension(SubjectKeyIdentifierExtension)?.keyId;
    const parsed = new Parsed(node.certificate);
    expect(keyId).toMatch(/^[0-9a-f]{40}$/);
    expect(parsed.getExtension(AuthorityKeyIdentifierExtension)?.keyId).toBe(keyId);
    expect(parsed.getExtension(KeyUsagesExtension)?.usages).toBe(KeyUsageFlags.digitalSignature);
  });

  test("is accepted by both ends of a connection that verify each other", async () => {
    expect(await handshake(authority, node)).toEqual({ server: "n1", client: "n1" });
  });

  test("is refused by a peer of another cluster of the same name", async () => {
    const other = await makeAuthority("Covey prod", now);
    await expect(handshake(other, node)).rejects.toThrow(/certificate|signature|issuer/);
  });
});

describe("isCurrent", () => {
  let authority: KeyPair;
  let node: KeyPair;
  beforeAll(async () => {
    authority = await makeAuthority("Covey prod", now);
    node = await issueNodeCertificate(authority, request, now);
  });
  const current = (pair: KeyPair, wanted = request, at = now): boolean =>
    isCurrent(pair, authority.certificate, wanted, at);

  test("holds for what was asked for", () => {
    expect(current(node)).toBe(true);
  });

  test.each<[string, NodeCertificateRequest, Date]>([
    ["a name is missing", { ...request, dnsNames: [...request.dnsNames, "x"] }, now],
    ["the address differs", { ...request, ipAddresses: ["10.77.2.1"] }, now],
    ["it ends within half a year", request, new Date("2028-08-01T00:00:00Z")],
  ])("does not when %s", (_why, wanted, at) => {
    expect(current(node, wanted, at)).toBe(false);
  });

  test("does not when the key is another's, or it is no certificate", () => {
    expect(current({ ...node, privateKey: authority.privateKey })).toBe(false);
    expect(current({ certificate: "", privateKey: "" })).toBe(false);
  });

  test("does not when another authority signed it", async () => {
    const other = await makeAuthority("Covey prod", now);
    expect(current(await issueNodeCertificate(other, request, now))).toBe(false);
  });
});

test("fingerprints tell two authorities of one name apart", async () => {
  const one = (await makeAuthority("Covey prod", now)).certificate;
  const other = (await makeAuthority("Covey prod", now)).certificate;
  expect(fingerprint(one)).toBe(fingerprint(one));
  expect(fingerprint(one)).not.toBe(fingerprint(other));
});

async function handshake(
  authority: KeyPair,
  pair: KeyPair,
): Promise<{ server: string; client: string }> {
  const tls = { ca: authority.certificate, cert: pair.certificate, key: pair.privateKey };
  const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const seen = new Promise<string>((resolve) =>
    server.on("secureConnection", (socket) => {
      resolve(String(socket.getPeerCertificate().subject.CN));
    }),
  );
  const socket = connect({ ...tls, host: "127.0.0.1", port });
  try {
    const name = await new Promise<string>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("secureConnect", () => {
        resolve(String(socket.getPeerCertificate().subject.CN));
      });
    });
    return { server: name, client: await seen };
  } finally {
    socket.destroy();
    server.close();
  }
}
