import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

const sshd = "/usr/sbin/sshd";

/** For describeWith: undefined where Debian's openssh-server is there. */
export function sshdProbe(): string | undefined {
  const found = spawnSync(sshd, ["-V"], { stdio: "ignore" }).error === undefined;
  return found ? undefined : `there is no ${sshd}; install openssh-server`;
}

export interface ServerSettings {
  /** Further lines of sshd_config. */
  readonly more?: readonly string[];
}

/** Keys made for one test, in a folder that goes with it. */
export class SshKeys {
  readonly folder = mkdtempSync(join(tmpdir(), "covey-ssh-"));
  readonly user = join(this.folder, "user");
  readonly host = join(this.folder, "host");

  constructor() {
    // sshd refuses to read authorized_keys below a folder that others may write to.
    chmodSync(this.folder, 0o755);
    this.make(this.user);
    this.make(this.host);
    writeFileSync(join(this.folder, "authorized_keys"), this.publicKey(this.user));
  }

  make(path: string, type = "ed25519", passphrase = ""): void {
    const args = ["-q", "-t", type, "-N", passphrase, "-C", "covey test", "-f", path];
    const { status, stderr } = spawnSync("ssh-keygen", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }

  /** `ssh-ed25519 AAAA... covey test`. */
  publicKey(path: string): string {
    return readFileSync(`${path}.pub`, "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Debian's sshd, on a port of its own of the loopback. */
export class SshServer {
  readonly #child: ChildProcess;
  #said = "";

  private constructor(
    readonly port: number,
    private readonly file: string,
  ) {
    this.#child = spawn(sshd, ["-D", "-e", "-f", file], { stdio: ["ignore", "ignore", "pipe"] });
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.#said += chunk.toString()));
  }

  static async start(keys: SshKeys, settings: ServerSettings = {}): Promise<SshServer> {
    if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
    const port = await freePort();
    const file = join(keys.folder, `sshd_config.${port}`);
    const lines = [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${keys.host}`,
      `AuthorizedKeysFile ${join(keys.folder, "authorized_keys")}`,
      "PidFile none",
      "UsePAM no",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "PermitRootLogin prohibit-password",
      "StrictModes no",
      "MaxStartups 100",
      "Subsystem sftp /nonexistent",
      "LogLevel VERBOSE",
      ...(settings.more ?? []),
    ];
    writeFileSync(file, `${lines.join("\n")}\n`);
    const server = new SshServer(port, file);
    await server.#answers();
    return server;
  }

  /** What it has written to its log. */
  get log(): string {
    return this.#said;
  }

  /** Logins so far. */
  get logins(): number {
    return this.#said.match(/Accepted publickey/g)?.length ?? 0;
  }

  /** Kills the processes that serve connections, as a crash would: the server itself goes on. */
  killSessions(): void {
    const listed = spawnSync("ps", ["-o", "pid=", "--ppid", String(this.#child.pid)], {
      encoding: "utf8",
    });
    for (const pid of listed.stdout.split("\n").map(Number)) if (pid > 0) killIfThere(pid);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.killSessions();
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
    rmSync(this.file, { force: true });
  }

  async #answers(): Promise<void> {
    const end = performance.now() + 10_000;
    for (;;) {
      if (this.#child.exitCode !== null) throw new Error(`sshd ended: ${this.#said}`);
      if (await answersAt(this.port)) return;
      if (performance.now() > end) throw new Error(`sshd does not answer: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** A way to a port that can be cut without either end being told. */
export class CuttableWay {
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #bytesLeft = Infinity;
  #onCut: () => void = () => undefined;
  readonly #server = createServer((near) => {
    const far = connect(this.to, "127.0.0.1");
    for (const [from, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on("data", (chunk) => {
        if (!this.#isCut) other.write(chunk);
        if (from === near) this.#count(chunk.length);
      });
      from.on("error", () => other.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        if (!this.#isCut) other.destroy();
      });
    }
  });

  constructor(private readonly to: number) {}

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on nothing arrives any more; new connections are silent too, until it is mended. */
  cut(): void {
    this.#isCut = true;
  }

  /** Cuts once so many bytes more have gone to the machine; resolves then. */
  cutAfter(bytes: number): Promise<void> {
    this.#bytesLeft = bytes;
    return new Promise((resolve) => (this.#onCut = resolve));
  }

  #count(bytes: number): void {
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft > 0) return;
    this.#bytesLeft = Infinity;
    this.cut();
    this.#onCut();
  }

  /** What was begun while it was cut stays lost. */
  mend(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#isCut = false;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => {
      resolve(false);
    });
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** A session whose client has just gone may have ended by itself. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ESRCH") throw error;
  }
}
