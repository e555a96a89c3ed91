import { createPrivateKey, KeyObject, webcrypto, X509Certificate } from "node:crypto";
import type * as X509 from "@peculiar/x509";

/**
 * The cluster's certificate authority and the certificates of its nodes (X.509 v3, RFC 5280; P-256, ECDSA with
 * SHA-256). The X.509 library is loaded where a certificate is made: loading takes longer than the provider's whole
 * start, and plans make none.
 */
export interface KeyPair {
  /** PEM. */
  readonly certificate: string;
  /** PKCS#8 PEM. */
  readonly privateKey: string;
}

export interface NodeCertificateRequest {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  /** IPv4. */
  readonly ipAddresses: readonly string[];
}

const dayMs = 86_400_000;
const authorityDays = 3650;
const nodeDays = 730;
/** A certificate with less than this left is renewed when its node is touched. */
const renewBeforeDays = 180;
/** Machines' clocks differ: a certificate is valid from an hour before it was made. */
const skewMs = 3_600_000;
const keyAlgorithm = { name: "ECDSA", namedCurve: "P-256" } as const;
const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" } as const;

/** Self-signed, valid ten years; may sign nodes, but no further authority. */
export async function makeAuthority(commonName: string, now: Date): Promise<KeyPair> {
  const x509 = await loadX509();
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [commonName] }],
      keys,
      ...validity(now, authorityDays),
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
          true,
        ),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return pairOf(certificate, keys.privateKey);
}

/** For both ends of a connection (server and client), valid two years. */
export async function issueNodeCertificate(
  authority: KeyPair,
  request: NodeCertificateRequest,
  now: Date,
): Promise<KeyPair> {
  const x509 = await loadX509();
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: [{ CN: [request.commonName] }],
      issuer: issuer.subjectName,
      publicKey: keys.publicKey,
      signingKey: await importSigningKey(authority.privateKey),
      ...validity(now, nodeDays),
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.serverAuth,
          x509.ExtendedKeyUsage.clientAuth,
        ]),
        new x509.SubjectAlternativeNameExtension([
          ...request.dnsNames.map((value) => ({ type: "dns" as const, value })),
          ...request.ipAddresses.map((value) => ({ type: "ip" as const, value })),
        ]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return pairOf(certificate, keys.privateKey);
}

/** True where the pair still does for the request: same names, signed by this authority, not about to end. */
export function isCurrent(
  pair: KeyPair,
  authorityCertificate: string,
  request: NodeCertificateRequest,
  now: Date,
): boolean {
  try {
    const certificate = new X509Certificate(pair.certificate);
    const authority = new X509Certificate(authorityCertificate);
    return (
      certificate.checkPrivateKey(createPrivateKey(pair.privateKey)) &&
      certificate.verify(authority.publicKey) &&
      commonNameOf(certificate) === request.commonName &&
      sameNames(certificate.subjectAltName ?? "", request) &&
      Date.parse(certificate.validTo) - now.getTime() > renewBeforeDays * dayMs
    );
  } catch {
    return false;
  }
}

/** Throws where the text is no certificate, or the key is not its key. */
export function assertKeyPair(pair: KeyPair): void {
  const certificate = new X509Certificate(pair.certificate);
  if (!certificate.checkPrivateKey(createPrivateKey(pair.privateKey)))
    throw new Error("the private key is not the certificate's");
}

/** SHA-256 of the certificate, so that two clusters of one name can be told apart. */
export function fingerprint(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256;
}

/** The library's containers (tsyringe) refuse to load where Reflect has no metadata. */
async function loadX509(): Promise<typeof X509> {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(keyAlgorithm, true, ["sign", "verify"]);
}

function importSigningKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: "pkcs8", format: "der" });
  return webcrypto.subtle.importKey("pkcs8", der, keyAlgorithm, false, ["sign"]);
}

function validity(now: Date, days: number): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(now.getTime() - skewMs),
    notAfter: new Date(now.getTime() + days * dayMs),
  };
}

function pairOf(certificate: X509.X509Certificate, privateKey: webcrypto.CryptoKey): KeyPair {
  return {
    certificate: `${certificate.toString("pem")}\n`,
    privateKey: KeyObject.from(privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function commonNameOf(certificate: X509Certificate): string {
  const line = certificate.subject.split("\n").find((part) => part.startsWith("CN="));
  return line?.slice(3) ?? "";
}

function sameNames(text: string, request: NodeCertificateRequest): boolean {
  const wanted = [
    ...request.dnsNames.map((name) => `DNS:${name}`),
    ...request.ipAddresses.map((address) => `IP Address:${address}`),
  ];
  const found = text.split(", ");
  return found.length === wanted.length && wanted.every((name) => found.includes(name));
}
