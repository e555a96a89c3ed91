import { createHash } from "node:crypto";
import { createReadStream, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { run } from "../command";

/** A line for each file, as `sha256sum` writes and checks them. */
export async function writeChecksums(to: string, files: readonly string[]): Promise<void> {
  const lines: string[] = [];
  for (const file of files) lines.push(`${await sha256(file)}  ${basename(file)}\n`);
  writeFileSync(to, lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join(""));
}

/**
 * Detached and binary, as the registry wants it, by gpg's key of this fingerprint (RSA or DSA; the registry takes no other).
 * @param keyring gpg's directory; the user's own unless given
 */
export async function sign(file: string, fingerprint: string, keyring?: string): Promise<string> {
  const signature = `${file}.sig`;
  rmSync(signature, { force: true });
  await run("gpg", [
    ...(keyring === undefined ? [] : ["--homedir", keyring]),
    "--batch",
    "--local-user",
    fingerprint,
    "--output",
    signature,
    "--detach-sign",
    file,
  ]);
  return signature;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
