/** Machines reached over SSH, against Debian's real sshd on the loopback. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { userInfo } from "node:os";
import { describeWith, dockerProbe } from "../../../agent/test/fakes/needs";
import { Machines } from "../../src/connection";
import type { Connection, SshTarget } from "../../src/connection";
import { CuttableWay, sshdProbe, SshKeys, SshServer } from "./ssh-server";

jest.setTimeout(120_000);

const { username } = userInfo();
/** Seconds, of this run alone: what an earlier one began may still sleep. */
const aLongTime = `60.${process.pid}`;
const dockerSocket = "/var/run/docker.sock";

describeWith("sshd", sshdProbe, "a machine over SSH", () => {
  let keys: SshKeys;
  let server: SshServer;
  let machines: Machines;
  let told: string[];
  let target: SshTarget;

  beforeAll(async () => {
    keys = new SshKeys();
    server = await SshServer.start(keys);
  });
  afterAll(async () => {
    await server.stop();
    for (const pid of sleeping()) process.kill(pid);
    keys.remove();
  });

  beforeEach(() => {
    machines = new Machines();
    told = [];
    target = targetAt(server.port);
  });
  afterEach(() => machines.close());

  function targetAt(port: number, more: Partial<SshTarget> = {}): SshTarget {
    return {
      host: "127.0.0.1",
      port,
      user: username,
      privateKeyFile: keys.user,
      hostKey: keys.publicKey(keys.host),
      sudo: false,
      ...more,
    };
  }

  function use<T>(
    ssh: SshTarget,
    act: (connection: Connection) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const operation = { info: (line: string) => void told.push(line) };
    return machines.use({ kind: "ssh", ssh }, signal ? { ...operation, signal } : operation, act);
  }

  const whoAmI = async (connection: Connection): Promise<string> =>
    (await connection.run("id", ["-un"])).stdout.trim();

  function without(name: keyof SshTarget, more: Partial<SshTarget> = {}): SshTarget {
    const rest = Object.entries(target).filter(([one]) => one !== name);
    return { ...(Object.fromEntries(rest) as unknown as SshTarget), ...more };
  }

  function file(name: string, text: string): string {
    const path = join(keys.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  describe("whose key is", () => {
    test("given in whatever form is let in", async () => {
      const line = keys.publicKey(keys.host).trim();
      const listed = spawnSync("ssh-keygen", ["-lf", `${keys.host}.pub`], { encoding: "utf8" });
      const fingerprint = listed.stdout.split(" ")[1] ?? "";
      for (const hostKey of [line, `[127.0.0.1]:${server.port} ${line}`, fingerprint])
        expect(await use({ ...target, hostKey }, whoAmI)).toBe(username);
    });

    test("another than the given one is refused, and told with both fingerprints", async () => {
      const other = join(keys.folder, "other");
      keys.make(other);
      await expect(use({ ...target, hostKey: keys.publicKey(other) }, whoAmI)).rejects.toThrow(
        /127\.0\.0\.1:\d+ shows a ssh-ed25519 key SHA256:\S+, but host_key is SHA256:.*somebody is between/s,
      );
      await expect(use({ ...target, hostKey: "nonsense" }, whoAmI)).rejects.toThrow(
        /host_key is neither a public key/,
      );
    });

    test("in known_hosts is let in, hashed or plain", async () => {
      const line = `[127.0.0.1]:${server.port} ${keys.publicKey(keys.host)}`;
      const knownHostsFile = file("known_hosts", line);
      expect(await use(without("hostKey", { knownHostsFile }), whoAmI)).toBe(username);
      const hashing = spawnSync("ssh-keygen", ["-H", "-f", knownHostsFile]);
      expect(hashing.status).toBe(0);
      rmSync(`${knownHostsFile}.old`, { force: true });
      expect(readFileSync(knownHostsFile, "utf8")).toMatch(/^\|1\|/);
      await machines.close();
      expect(await use(without("hostKey", { knownHostsFile }), whoAmI)).toBe(username);
    });

    test("not known is refused, with the fingerprint and the way to add it", async () => {
      const knownHostsFile = file("nobody", "");
      await expect(use(without("hostKey", { knownHostsFile }), whoAmI)).rejects.toThrow(
        /shows a ssh-ed25519 key SHA256:.* does not know it; 'ssh-keyscan -p \d+ 127\.0\.0\.1' shows its keys.*>> .*nobody/,
      );
      const missing = join(keys.folder, "missing");
      await expect(use(without("hostKey", { knownHostsFile: missing }), whoAmI)).rejects.toThrow(
        /known_hosts_file: ENOENT/,
      );
    });

    test("revoked, or another than known_hosts has, is refused", async () => {
      const other = join(keys.folder, "changed");
      keys.make(other);
      const name = `[127.0.0.1]:${server.port}`;
      const changed = file("known_changed", `${name} ${keys.publicKey(other)}`);
      const revoked = file("known_revoked", `@revoked * ${keys.publicKey(keys.host)}`);
      await expect(use(without("hostKey", { knownHostsFile: changed }), whoAmI)).rejects.toThrow(
        /knows another key of it.*ssh-keygen -R "\[127\.0\.0\.1\]:\d+"/,
      );
      await expect(use(without("hostKey", { knownHostsFile: revoked }), whoAmI)).rejects.toThrow(
        /marked @revoked/,
      );
    });
  });

  describe("is logged in to", () => {
    test("with the text of a key", async () => {
      const privateKey = readFileSync(keys.user, "utf8");
      expect(await use(without("privateKeyFile", { privateKey }), whoAmI)).toBe(username);
    });

    test("with the keys of an agent", async () => {
      const socket = join(keys.folder, "agent.sock");
      const started = spawnSync("ssh-agent", ["-a", socket, "-s"], { encoding: "utf8" });
      const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started.stdout)?.[1]);
      const before = process.env["SSH_AUTH_SOCK"];
      process.env["SSH_AUTH_SOCK"] = socket;
      try {
        expect(spawnSync("ssh-add", ["-q", keys.user], { env: process.env }).status).toBe(0);
        expect(await use(without("privateKeyFile", { agent: true }), whoAmI)).toBe(username);
      } finally {
        process.kill(pid);
        if (before === undefined) delete process.env["SSH_AUTH_SOCK"];
        else process.env["SSH_AUTH_SOCK"] = before;
      }
    });

    test("not with a key it does not know, nor with none, nor with one behind a passphrase", async () => {
      const stranger = join(keys.folder, "stranger");
      keys.make(stranger);
      await expect(use({ ...target, privateKeyFile: stranger }, whoAmI)).rejects.toThrow(
        /the server refused every key.*authorized_keys/,
      );
      const locked = join(keys.folder, "locked");
      keys.make(locked, "ed25519", "passphrase");
      await expect(use({ ...target, privateKeyFile: locked }, whoAmI)).rejects.toThrow(
        /locked is encrypted with a passphrase: add it to an ssh-agent/,
      );
      await expect(use({ ...target, privateKeyFile: "/nowhere/key" }, whoAmI)).rejects.toThrow(
        /private_key_file: ENOENT/,
      );
    });

    test("not where nothing listens, which is told with host, port and way out", async () => {
      const nobody = targetAt(1, {});
      await expect(use(nobody, whoAmI)).rejects.toThrow(
        /ssh .*@127\.0\.0\.1:1: connect ECONNREFUSED.*Look whether sshd runs there/,
      );
    });
  });

  test("is reached by one connection, however many operations use it", async () => {
    const before = server.logins;
    await Promise.all(
      Array.from({ length: 12 }, () =>
        use(target, (connection) => Promise.all([whoAmI(connection), connection.addresses()])),
      ),
    );
    expect(server.logins - before).toBe(1);
    expect(told).toEqual([expect.stringContaining("connecting")]);
  });

  test("is reached through a jump host, each proving itself", async () => {
    const behind = await SshServer.start(keys);
    try {
      const { hostKey } = target;
      const jump = { host: "127.0.0.1", port: server.port, user: username };
      const through = targetAt(behind.port, { jump: { ...jump, hostKey: hostKey ?? "" } });
      const before = server.logins;
      expect(await use(through, whoAmI)).toBe(username);
      expect([server.logins - before, behind.logins]).toEqual([1, 1]);
      const wrong = { ...jump, hostKey: `SHA256:${"A".repeat(43)}` };
      await expect(use({ ...through, jump: wrong }, whoAmI)).rejects.toThrow(
        new RegExp(`:${server.port} shows a ssh-ed25519 key`),
      );
      await expect(use({ ...through, port: 1 }, whoAmI)).rejects.toMatchObject({
        step: expect.stringMatching(/reach 127\.0\.0\.1:1 through ssh/) as string,
      });
    } finally {
      await behind.stop();
    }
  });

  test("takes a program of Node.js' size, packed or not", async () => {
    const to = join(keys.folder, "program");
    await use(target, (connection) => connection.placeProgram(process.execPath, to));
    const digest = (path: string): string =>
      createHash("sha256").update(readFileSync(path)).digest("hex");
    expect(digest(to)).toBe(digest(process.execPath));
    expect(await use(target, (connection) => connection.digest(to))).toBe(digest(to));
  });

  describe("whose connection breaks", () => {
    test("in the middle of a step fails that step, and is dialled again by the next", async () => {
      await use(target, async (connection) => {
        const broken = connection.run("sleep", [aLongTime]);
        broken.catch(() => undefined);
        await sleepers();
        server.killSessions();
        await expect(broken).rejects.toThrow(
          /run sleep on ssh .*: the connection broke before it had ended/,
        );
        expect(await whoAmI(connection)).toBe(username);
      });
      expect(told.join("\n")).toMatch(/connecting\n.*the connection was lost .*\n.*connecting/);
    });

    test("in the middle of an upload leaves the old file, and nothing beside it", async () => {
      const way = new CuttableWay(server.port);
      const port = await way.open();
      const to = join(keys.folder, "upload");
      writeFileSync(to, "old");
      try {
        await use({ ...target, port }, async (connection) => {
          await whoAmI(connection);
          const isCut = way.cutAfter(4 * 1024 * 1024);
          const sent = connection.placeProgram(process.execPath, to);
          sent.catch(() => undefined);
          await isCut;
          server.killSessions();
          way.mend();
          await expect(sent).rejects.toThrow(/the connection broke/);
          expect(readFileSync(to, "utf8")).toBe("old");
          await connection.writeFile(to, "new", 0o600);
        });
        expect(readFileSync(to, "utf8")).toBe("new");
      } finally {
        way.close();
      }
    });

    test("silently is noticed at the step's deadline, which it names", async () => {
      const way = new CuttableWay(server.port);
      const port = await way.open();
      try {
        await use({ ...target, port }, async (connection) => {
          await whoAmI(connection);
          way.cut();
          await expect(connection.run("true", [], 500)).rejects.toThrow(
            /run true on ssh .*: it did not end within 0\.5 s/,
          );
          way.mend();
          // The end of the old connection may be noticed by the next step only, which then fails.
          const again = whoAmI(connection).catch(() => whoAmI(connection));
          expect(await again).toBe(username);
        });
      } finally {
        way.close();
      }
    });

    test("is let go of at once where the user interrupts", async () => {
      const interrupt = new AbortController();
      const act = use(
        target,
        async (connection) => {
          const run = connection.run("sleep", [aLongTime]);
          await sleepers();
          interrupt.abort();
          await run;
        },
        interrupt.signal,
      );
      await expect(act).rejects.toThrow(/it was interrupted/);
    });
  });

  test("waits for its turn where too many are worked on at once", async () => {
    machines = new Machines({ machinesMax: 2, idleMs: 60_000 });
    let now = 0;
    let most = 0;
    const ways = [0, 1, 2, 3].map(() => new CuttableWay(server.port));
    try {
      const ports = await Promise.all(ways.map((way) => way.open()));
      await Promise.all(
        ports.map((port) =>
          use({ ...target, port }, async (connection) => {
            most = Math.max(most, ++now);
            await whoAmI(connection);
            await sleep(50);
            now--;
          }),
        ),
      );
      expect(most).toBe(2);
      expect(told.filter((line) => line.includes("waiting, because 2 machines"))).toHaveLength(2);
    } finally {
      for (const way of ways) way.close();
    }
  });

  test("refuses sudo where it would ask for a password, saying how to allow it", async () => {
    const folder = join(keys.folder, "bin");
    const fake = "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n";
    spawnSync("mkdir", ["-p", folder]);
    writeFileSync(join(folder, "sudo"), fake, { mode: 0o755 });
    const strict = await SshServer.start(keys, { more: [`SetEnv PATH=${folder}:/usr/bin:/bin`] });
    try {
      await expect(use(targetAt(strict.port, { sudo: true }), whoAmI)).rejects.toThrow(
        new RegExp(
          `sudo refuses \\(sudo: a password is required\\).*${username} ALL=\\(ALL\\) NOPASSWD: ALL`,
        ),
      );
    } finally {
      await strict.stop();
    }
  });

  describeWith("docker", dockerProbe, "with Docker", () => {
    test("lets its engine be spoken to through sshd", async () => {
      const found = await use(target, async (connection) => {
        const engine = connection.engine(dockerSocket);
        return [await engine.whyDown(), (await engine.networks()).map(({ name }) => name)] as const;
      });
      expect(found[0]).toBeUndefined();
      expect(found[1]).toContain("bridge");
      const none = await use(target, (connection) =>
        connection.engine("/nowhere/docker.sock").whyDown(),
      );
      expect(none).toMatch(/\/nowhere\/docker\.sock/);
    });

    test("lets it be spoken to where sshd forwards nothing", async () => {
      const strict = await SshServer.start(keys, { more: ["DisableForwarding yes"] });
      try {
        await use(targetAt(strict.port), async (connection) => {
          expect(await connection.engine(dockerSocket).whyDown()).toBeUndefined();
          const networks = await connection.engine(dockerSocket).networks();
          expect(networks.map(({ name }) => name)).toContain("bridge");
          const none = connection.engine("/nowhere/docker.sock");
          expect(await none.whyDown()).toMatch(/nowhere/);
        });
      } finally {
        await strict.stop();
      }
    });
  });

  /** The processes that the tests began on the far side. */
  function sleeping(): readonly number[] {
    const listed = spawnSync("pgrep", ["-f", `^sleep ${aLongTime}$`], { encoding: "utf8" });
    return listed.stdout.trim().split("\n").filter(Boolean).map(Number);
  }

  /** Until the far side runs what the test is about. */
  async function sleepers(): Promise<void> {
    const end = performance.now() + 10_000;
    while (performance.now() < end) {
      if (sleeping().length > 0) return;
      await sleep(50);
    }
    throw new Error("the command did not begin");
  }
});
