import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { bitString, der, integer, objectId, sequence, time } from "./der";

const ECDSA_WITH_SHA256 = "2a8648ce3d040302";
const COMMON_NAME = "550403";
const SUBJECT_ALT_NAME = "551d11";
const EXTENDED_KEY_USAGE = "551d25";
const SERVER_AUTH = "2b06010505070301";
const CLIENT_AUTH = "2b06010505070302";
const BASIC_CONSTRAINTS = "551d13";
const HOST = "localhost";
const DAY_MS = 86_400_000;

export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  /** PKCS 8, PEM. */
  readonly key: string;
}

/**
 * A self-signed P-256 certificate for "localhost", which is the name Terraform verifies. Written by hand because
 * certificate libraries cost more at start than everything else together.
 */
export function createCertificate(now: Date, validDays = 30): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(objectId(ECDSA_WITH_SHA256));
  const name = sequence(der(0x31, sequence(objectId(COMMON_NAME), der(0x0c, Buffer.from(HOST)))));
  const serial = randomBytes(16);
  serial[0] = (serial[0] ?? 0) | 0x40;
  serial[0] &= 0x7f;
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    name,
    sequence(
      time(new Date(now.getTime() - DAY_MS)),
      time(new Date(now.getTime() + validDays * DAY_MS)),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions())),
  );
  const certificate = sequence(body, algorithm, bitString(sign("sha256", body, privateKey)));
  const base64 = certificate
    .toString("base64")
    .replace(/(.{64})/gu, "$1\n")
    .trimEnd();
  return {
    der: certificate,
    pem: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function extensions(): Buffer[] {
  const extension = (id: string, value: Buffer): Buffer => sequence(objectId(id), der(0x04, value));
  return [
    extension(BASIC_CONSTRAINTS, sequence(der(0x01, Buffer.from([0xff])))),
    extension(EXTENDED_KEY_USAGE, sequence(objectId(SERVER_AUTH), objectId(CLIENT_AUTH))),
    extension(SUBJECT_ALT_NAME, sequence(der(0x82, Buffer.from(HOST)))),
  ];
}
