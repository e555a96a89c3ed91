import { createHmac, generateKeyPairSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { parseHostKey } from "./host-key-check";
import { hostKeyFingerprint, judgeHostKey, knownKeyTypes, parseKnownHosts } from "./known-hosts";

/** A key as it goes over the wire: type and 32 bytes, each with its length in front. */
function newKey(type = "ssh-ed25519"): Buffer {
  const { publicKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(String(publicKey.export({ format: "jwk" }).x), "base64url");
  return Buffer.concat([type, raw].map((part) => withLength(Buffer.from(part))));
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function lineOf(hosts: string, key: Buffer, type = "ssh-ed25519"): string {
  return `${hosts} ${type} ${key.toString("base64")} a comment\n`;
}

function hashed(name: string): string {
  const salt = randomBytes(20);
  const hash = createHmac("sha1", salt).update(name).digest("base64");
  return `|1|${salt.toString("base64")}|${hash}`;
}

const key = newKey();
const other = newKey();
const judge = (text: string, host = "node1", port = 22): string =>
  judgeHostKey(parseKnownHosts(text), host, port, key);

describe("known_hosts", () => {
  test.each<[string, string, string, number]>([
    ["a name", "node1", "node1", 22],
    ["a name in other letters", "node1", "NODE1", 22],
    ["one of several names", "10.0.0.1,node1", "node1", 22],
    ["a pattern", "*.example.com", "a.example.com", 22],
    ["a pattern of single letters", "node?", "node1", 22],
    ["an address", "10.0.0.*", "10.0.0.7", 22],
    ["another port", "[node1]:2222", "node1", 2222],
    ["another port, by the plain name", "node1", "node1", 2222],
    ["a hashed name", hashed("node1"), "node1", 22],
    ["a hashed name with a port", hashed("[node1]:2222"), "node1", 2222],
  ])("trusts a key that is there under %s", (_what, hosts, host, port) => {
    expect(judge(lineOf(hosts, key), host, port)).toBe("trusted");
  });

  test.each<[string, string, string, number]>([
    ["another name", "node2", "node1", 22],
    ["a longer name", "node1.example.com", "node1", 22],
    ["a pattern that takes it out again", "node*,!node1", "node1", 22],
    ["another port only", "[node1]:2222", "node1", 22],
    ["a hash of another name", hashed("node2"), "node1", 22],
  ])("does not know a key that is there under %s", (_what, hosts, host, port) => {
    expect(judge(lineOf(hosts, key), host, port)).toBe("unknown");
  });

  test("tells a key that has changed from one that is not known", () => {
    expect(judge(lineOf("node1", other))).toBe("changed");
    expect(judge(lineOf("node1", other) + lineOf("node1", key))).toBe("trusted");
    expect(judge("")).toBe("unknown");
  });

  test("refuses a revoked key, whatever else is said of it", () => {
    const revoked = `@revoked ${lineOf("*", key)}`;
    expect(judge(lineOf("node1", key) + revoked)).toBe("revoked");
    expect(judge(`@revoked ${lineOf("node2", key)}${lineOf("node1", key)}`)).toBe("trusted");
  });

  test("passes over authorities, comments, and lines that are none", () => {
    const authority = `@cert-authority ${lineOf("*", key)}`;
    const odd = "# a comment\n\nnode1\nnode1 ssh-ed25519\nnode1 ssh-ed25519 AAAA\n";
    expect(parseKnownHosts(authority + odd)).toEqual([]);
    expect(parseKnownHosts(lineOf("node1", key, "ssh-rsa"))).toEqual([]);
  });

  test("says which types of key are known of a host", () => {
    const rsa = newKey("ssh-rsa");
    const text = lineOf("node1", key) + lineOf("node1", rsa, "ssh-rsa") + lineOf("x", other);
    expect(knownKeyTypes(parseKnownHosts(text), "node1", 22)).toEqual(["ssh-ed25519", "ssh-rsa"]);
  });

  test("is read whatever is in it, and trusts nothing by accident", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(judge(text)).toBe("unknown");
      }),
    );
  });

  test("takes no exponential time over a pattern", () => {
    const pattern = "*a".repeat(200);
    expect(judge(lineOf(`${pattern}b`, key), "a".repeat(250))).toBe("unknown");
  });
});

describe("a host key that is given", () => {
  const fingerprint = hostKeyFingerprint(key);
  test.each([
    ["a fingerprint", fingerprint],
    ["a fingerprint with padding", `${fingerprint}=`],
    ["a .pub file's line", lineOf("", key).trim()],
    ["a line of ssh-keyscan", lineOf("node1", key).trim()],
  ])("may be %s", (_what, text) => {
    expect(parseHostKey(text)?.fingerprint).toBe(fingerprint);
  });

  test.each(["", "SHA256:", "MD5:00:11", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-rsa !!!!"])(
    "may not be '%s'",
    (text) => {
      expect(parseHostKey(text)).toBeUndefined();
    },
  );
});
