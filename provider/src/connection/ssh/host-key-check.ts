import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  hostKeyFingerprint,
  judgeHostKey,
  keyTypeOf,
  knownKeyTypes,
  parseKnownHosts,
} from "./known-hosts";
import type { KnownHost } from "./known-hosts";
import { InstallError, reasonOf } from "../install-error";
import type { SshEndpoint } from "./ssh-target";

/** Says whether a server is the one it is taken for; there is no way to leave it out. */
export interface HostKeyCheck {
  /** Types of key the server is asked for first. */
  readonly preferred: readonly string[];
  /** undefined: it is; else why not, and what to do about it. */
  whyRefused(key: Buffer): string | undefined;
}

/** Throws InstallError where the given key or file cannot be used. */
export async function hostKeyCheck(endpoint: SshEndpoint): Promise<HostKeyCheck> {
  const { hostKey } = endpoint;
  return hostKey === undefined ? byKnownHosts(endpoint) : byGivenKey(endpoint, hostKey.trim());
}

function byGivenKey(endpoint: SshEndpoint, given: string): HostKeyCheck {
  const wanted = parseHostKey(given);
  if (wanted === undefined)
    throw new InstallError(
      "check the host key",
      `host_key is neither a public key ("ssh-ed25519 AAAA...") nor a fingerprint ("SHA256:..."); ${howToSee(endpoint)}`,
      "ssh",
    );
  return {
    preferred: wanted.keyType === undefined ? [] : [wanted.keyType],
    whyRefused: (key) =>
      hostKeyFingerprint(key) === wanted.fingerprint
        ? undefined
        : `${nameOf(endpoint)} shows ${describeKey(key)}, but host_key is ${wanted.fingerprint}. Either the machine was made anew, or somebody is between you and it: compare with 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub' on the machine itself before host_key is changed`,
  };
}

interface GivenKey {
  readonly fingerprint: string;
  readonly keyType?: string;
}

/** undefined: it is none. A line of ssh-keyscan has the host in front, one of a .pub file a comment behind. */
export function parseHostKey(text: string): GivenKey | undefined {
  const fingerprint = /^SHA256:[A-Za-z0-9+/]{43}=?$/.exec(text)?.[0];
  if (fingerprint !== undefined) return { fingerprint: fingerprint.replace("=", "") };
  const words = text.split(/\s+/);
  for (const [index, keyType] of words.entries()) {
    const key = Buffer.from(words[index + 1] ?? "", "base64");
    if (keyTypeOf(key) === keyType) return { fingerprint: hostKeyFingerprint(key), keyType };
  }
  return undefined;
}

async function byKnownHosts(endpoint: SshEndpoint): Promise<HostKeyCheck> {
  const { host, port, knownHostsFile } = endpoint;
  const files =
    knownHostsFile === undefined
      ? [join(process.env["HOME"] ?? homedir(), ".ssh/known_hosts"), "/etc/ssh/ssh_known_hosts"]
      : [knownHostsFile];
  const lines: KnownHost[] = [];
  for (const file of files) lines.push(...(await readLines(file, knownHostsFile !== undefined)));
  const where = files.join(" and ");
  return {
    preferred: knownKeyTypes(lines, host, port),
    whyRefused: (key) => {
      const verdict = judgeHostKey(lines, host, port, key);
      if (verdict === "trusted") return undefined;
      const shown = `${nameOf(endpoint)} shows ${describeKey(key)}`;
      if (verdict === "revoked") return `${shown}, which is marked @revoked in ${where}`;
      if (verdict === "changed")
        return `${shown}, but ${where} knows another key of it. Either the machine was made anew, or somebody is between you and it: compare with 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub' on the machine itself, then drop the old key with 'ssh-keygen -R ${quotedName(endpoint)}'`;
      return `${shown}, and ${where} does not know it; ${howToSee(endpoint)}`;
    },
  };
}

async function readLines(file: string, isNamed: boolean): Promise<readonly KnownHost[]> {
  try {
    return parseKnownHosts(await readFile(file, "utf8"));
  } catch (error) {
    if (!isNamed && (error as { code?: unknown }).code === "ENOENT") return [];
    throw new InstallError("check the host key", `known_hosts_file: ${reasonOf(error)}`, "ssh", {
      cause: error,
    });
  }
}

function howToSee({ host, port, knownHostsFile }: SshEndpoint): string {
  const scan = `ssh-keyscan ${port === 22 ? "" : `-p ${port} `}${host}`;
  return `'${scan}' shows its keys: compare one with the machine itself, then set host_key to it, or add it with '${scan} >> ${knownHostsFile ?? "~/.ssh/known_hosts"}'`;
}

function describeKey(key: Buffer): string {
  return `a ${keyTypeOf(key) ?? "broken"} key ${hostKeyFingerprint(key)}`;
}

function nameOf({ host, port }: SshEndpoint): string {
  return port === 22 ? host : `${host}:${port}`;
}

function quotedName({ host, port }: SshEndpoint): string {
  return port === 22 ? host : `"[${host}]:${port}"`;
}
