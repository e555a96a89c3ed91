import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Lines of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). Lines that are none are passed over, as ssh does. */
export interface KnownHost {
  readonly patterns: readonly string[];
  readonly isRevoked: boolean;
  /** `ssh-ed25519`. */
  readonly keyType: string;
  readonly key: Buffer;
}

export type Verdict = "trusted" | "revoked" | "changed" | "unknown";

/** Keys of certificate authorities are left out: hosts that show certificates are verified by their plain keys. */
export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const marker = words[0]?.startsWith("@") === true ? words.shift() : undefined;
    const [hosts, keyType, encoded] = words;
    if (hosts === undefined || hosts.startsWith("#") || encoded === undefined) return [];
    if (keyType === undefined || (marker !== undefined && marker !== "@revoked")) return [];
    const key = Buffer.from(encoded, "base64");
    if (keyTypeOf(key) !== keyType) return [];
    return [{ patterns: hosts.split(","), isRevoked: marker === "@revoked", keyType, key }];
  });
}

/**
 * What the lines say of a host that shows this key. A revoked key is so wherever it is found; one that is known under another
 * key only has changed. Like ssh, a port other than 22 is looked for as `[host]:port`, then under the plain name.
 */
export function judgeHostKey(
  lines: readonly KnownHost[],
  host: string,
  port: number,
  key: Buffer,
): Verdict {
  const about = (name: string): readonly KnownHost[] =>
    lines.filter(({ patterns }) => matches(patterns, name));
  const own = about(nameOf(host, port));
  const plain = port === 22 ? [] : about(host.toLowerCase());
  const isSame = (line: KnownHost): boolean => line.key.equals(key);
  if ([...own, ...plain].some((line) => line.isRevoked && isSame(line))) return "revoked";
  const ownKeys = own.filter(({ isRevoked }) => !isRevoked);
  if (ownKeys.some(isSame)) return "trusted";
  if (ownKeys.length > 0) return "changed";
  return plain.some((line) => !line.isRevoked && isSame(line)) ? "trusted" : "unknown";
}

/** Types of the keys that are known of a host, so that it is asked for one of those. */
export function knownKeyTypes(
  lines: readonly KnownHost[],
  host: string,
  port: number,
): readonly string[] {
  const names = new Set([nameOf(host, port), host.toLowerCase()]);
  const about = lines.filter(
    ({ patterns, isRevoked }) => !isRevoked && [...names].some((name) => matches(patterns, name)),
  );
  return [...new Set(about.map(({ keyType }) => keyType))];
}

/** As `ssh-keygen -l` shows it. */
export function hostKeyFingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** A key begins with its type as a length and text (RFC 4253, 6.6); undefined where it does not. */
export function keyTypeOf(key: Buffer): string | undefined {
  if (key.length < 4) return undefined;
  const length = key.readUInt32BE();
  return length <= 64 && key.length > 4 + length
    ? key.subarray(4, 4 + length).toString("latin1")
    : undefined;
}

function nameOf(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** One pattern must fit, and none of those with `!`. */
function matches(patterns: readonly string[], name: string): boolean {
  let found = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith("!");
    if (!matchesOne(negated ? pattern.slice(1) : pattern, name)) continue;
    if (negated) return false;
    found = true;
  }
  return found;
}

/** `|1|SALT|HASH` is HMAC-SHA1 of the name with the salt as key. */
function matchesOne(pattern: string, name: string): boolean {
  const [, version, salt, hash] = pattern.split("|");
  if (version === "1" && salt !== undefined && hash !== undefined) {
    const wanted = Buffer.from(hash, "base64");
    const found = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
    return wanted.length === found.length && timingSafeEqual(wanted, found);
  }
  return matchesGlob(pattern.toLowerCase(), name);
}

/** `*` and `?`; walks back only to the last star, so that no pattern takes exponential time. */
function matchesGlob(pattern: string, name: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < name.length) {
    if (pattern[at] === "*") {
      star = at++;
      mark = from;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === name[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
