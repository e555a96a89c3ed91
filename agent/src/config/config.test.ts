import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, configHash, loadConfig } from "./config";

const key = Buffer.alloc(32, 7).toString("base64");
const valid = {
  cluster: "prod",
  node: "n1",
  address: "10.0.0.1",
  voters: { n1: "10.0.0.1", n2: "10.0.0.2", n3: "10.0.0.3" },
  dataDir: "/var/lib/covey",
  gossipKey: key,
  token: "a-token-of-many-letters",
  tls: {
    ca: "-----BEGIN CERTIFICATE-----",
    cert: "-----BEGIN CERTIFICATE-----",
    key: "-----BEGIN PRIVATE KEY-----",
  },
  consul: {
    mode: "managed",
    binary: "/usr/bin/consul",
    gossipKey: key,
    token: "11111111-2222-4333-8444-555555555555",
  },
};

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "covey-config-"));
  file = join(dir, "agent.json");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function write(content: unknown, mode = 0o600): void {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  chmodSync(file, mode);
}

/** The problems of loading, which must fail. */
function refused(content: unknown): ConfigError {
  write(content);
  try {
    loadConfig(file);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("the configuration was taken");
}

describe("a configuration that is right", () => {
  test("is filled with defaults and frozen through and through", () => {
    write(valid);
    const { config } = loadConfig(file);
    expect(config.datacenter).toBe("dc1");
    expect(config.consul).toMatchObject({ httpPort: 8500, dnsPort: 53, recursors: [] });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.tls)).toBe(true);
    expect(Object.isFrozen(config.voters)).toBe(true);
  });

  test("has the digest of its file's bytes", () => {
    write(valid);
    const { hash } = loadConfig(file);
    expect(hash).toBe(configHash(JSON.stringify(valid)));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    write({ ...valid, logLevel: "debug" });
    expect(loadConfig(file).hash).not.toBe(hash);
  });
});

describe("a configuration with faults", () => {
  test("an unknown key is named with the key that was probably meant", () => {
    const { message } = refused({ ...valid, dataDri: "/x" });
    expect(message).toContain(`configuration ${file}: dataDri: is no key the agent knows`);
    expect(message).toContain("did you mean 'dataDir'?");
  });

  test("also deep inside, in a part that has a default, and in the chosen kind of consul", () => {
    const { problems } = refused({
      ...valid,
      ports: { api: 1, grpc: 2, mesh: 3, gprc: 4 },
      consul: { ...valid.consul, dnsprot: 53 },
      resources: { ports: [{ begin: 1, end: 2, edn: 3 }] },
    });
    expect(problems.map(({ field, message }) => `${field} ${message}`)).toEqual([
      expect.stringMatching(/^ports\.gprc .*'grpc'/),
      expect.stringMatching(/^resources\.ports\[0\]\.edn .*'end'/),
      expect.stringMatching(/^consul\.dnsprot .*'dnsPort'/),
    ]);
  });

  test("an unknown key like no other is answered with the keys there are", () => {
    expect(refused({ ...valid, tls: { ...valid.tls, zzzzzzzz: 1 } }).message).toContain(
      "known here: ca, cert, key",
    );
  });

  test("all faults are told at once, each with field, value, rule and way out", () => {
    const { message, problems } = refused({
      ...valid,
      address: "localhost",
      dataDir: "covey",
      node: undefined,
    });
    expect(problems).toHaveLength(3);
    expect(message).toContain("has 3 faults");
    expect(message).toMatch(/ {2}address: "localhost" .*IPv4.*change it/);
    expect(message).toMatch(/ {2}dataDir: "covey" .*start with "\/"/);
    expect(message).toMatch(/ {2}node: is missing: must be string; add it/);
  });

  test.each([
    ["two voters", { voters: { n1: "10.0.0.1", n2: "10.0.0.2" } }, /voters: .*1, 3, 5 or 7 voters/],
    [
      "voters with one address",
      { voters: { n1: "10.0.0.1", n2: "10.0.0.2", n3: "10.0.0.2" } },
      /two voters have the same address/,
    ],
    [
      "a voter's name that is none",
      { voters: { N_1: "10.0.0.1" } },
      /voters: the name 'N_1' must be a DNS label/,
    ],
    [
      "another's address",
      { address: "10.0.0.2" },
      /address: "10.0.0.2" voter 'n1' is declared at 10.0.0.1/,
    ],
    ["an unknown kind of consul", { consul: { mode: "magic" } }, /consul\.mode: "magic"/],
  ])("%s", (_, change, message) => {
    expect(refused({ ...valid, ...change }).message).toMatch(message);
  });

  test("no secret is ever shown", () => {
    const secret = "hush-hush";
    const { message, problems } = refused({
      ...valid,
      token: secret,
      gossipKey: secret,
      otherGossipKeys: [secret],
      tls: { ...valid.tls, key: secret },
      consul: { ...valid.consul, token: { value: secret }, gossipKey: secret },
    });
    expect(problems).toHaveLength(6);
    expect(message).not.toContain(secret);
    expect(message).toContain("token: (a secret, not shown)");
  });

  test("a file that is not JSON is answered with line and column, not with its content", () => {
    const { message } = refused('{\n  "token": "hush-hush-hush-hush",\n  "node": n1\n}');
    expect(message).toContain("line 3, column 11 should have a value");
    expect(message).not.toContain("hush");
  });

  test("a list instead of an object is refused as a whole", () => {
    expect(refused([]).message).toContain("(a list) must be object");
  });
});

describe("the file itself", () => {
  test.each([0o640, 0o604, 0o660, 0o644])(
    "mode %o is refused with the command that mends it",
    (mode) => {
      write(valid, mode);
      expect(() => loadConfig(file)).toThrow(`run  chmod 600 ${file}`);
    },
  );

  test("one that is not there, and a folder, are told with what to do", () => {
    expect(() => loadConfig(file)).toThrow(/cannot be read \(ENOENT.*give the path/);
    mkdirSync(file, { mode: 0o700 });
    expect(() => loadConfig(file)).toThrow(/cannot be read \(EISDIR/);
  });

  test("one that is far too long is not read", () => {
    write(" ".repeat(1024 * 1024 + 1));
    expect(() => loadConfig(file)).toThrow(/at most 1048576 are read/);
  });
});
