/** A registry of the test's own, Debian's docker-registry, behind a gate that sees and may hold what is asked of it. */
import { execFile, spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { docker, eventually } from "./engine";

/** Of the password `right`, by bcrypt. */
const rightPassword = "$2b$04$abcdefghijklmnopqrstuuFmEfrkTQnczNzw475xE2VhDrK1uwJiC";
const installed = "docker-registry";
const cached = join(
  process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
  "covey/bin/docker-registry",
);

function program(): string | undefined {
  const { status } = spawnSync(installed, ["--version"], { stdio: "ignore" });
  if (status === 0) return installed;
  return existsSync(cached) ? cached : undefined;
}

export function registryProbe(): string | undefined {
  return program() === undefined
    ? "no docker-registry on PATH or in ~/.cache/covey/bin; run scripts/setup"
    : undefined;
}

export class TestRegistry {
  /** `METHOD path` of what engines have asked. */
  readonly asked: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "covey-registry-"));
  private readonly gate: Server;
  private process: ChildProcess | undefined;
  private held: Promise<void> | undefined;

  /** The gate listens on `port`, the registry on the next one; `auth`: `someone` must say `right`. */
  constructor(
    private readonly address: string,
    private readonly port: number,
    private readonly auth = false,
  ) {
    this.gate = createServer((question, answer) => void this.pass(question, answer));
  }

  /** How engines call it. */
  get host(): string {
    return `${this.address}:${this.port}`;
  }

  async start(): Promise<void> {
    const users = join(this.folder, "users");
    writeFileSync(users, `someone:${rightPassword}\n`);
    const config = join(this.folder, "registry.json");
    const settings = {
      version: "0.1",
      log: { level: "error" },
      storage: { filesystem: { rootdirectory: join(this.folder, "images") } },
      http: { addr: `${this.address}:${this.port + 1}` },
      ...(this.auth && { auth: { htpasswd: { realm: "test", path: users } } }),
    };
    writeFileSync(config, JSON.stringify(settings));
    this.process = spawn(program() ?? installed, ["serve", config], {
      stdio: "ignore",
      env: {},
    });
    await eventually("the registry to listen", 20_000, async () => {
      const answer = await fetch(`http://${this.address}:${this.port + 1}/v2/`).catch(() => null);
      return answer ? true : undefined;
    });
    await this.listen();
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.gate.listen(this.port, this.address, resolve));
  }

  /** As if it were down; `listen` lets engines in again. */
  async refuse(): Promise<void> {
    this.gate.closeAllConnections();
    await new Promise((resolve) => this.gate.close(resolve));
  }

  /** Puts a local image under this name there, and takes the name away from the engine. */
  async push(local: string, name: string): Promise<string> {
    const image = `${this.host}/${name}`;
    const login = Buffer.from("someone:right").toString("base64");
    writeFileSync(
      join(this.folder, "config.json"),
      JSON.stringify({ auths: { [this.host]: { auth: login } } }),
    );
    docker("tag", local, image);
    // Not within this thread: the gate is in it.
    const push = ["--config", this.folder, "push", "--quiet", image];
    await promisify(execFile)("docker", push, { timeout: 60_000 });
    docker("rmi", image);
    this.asked.length = 0;
    return image;
  }

  /** Layers come half, and the rest when what this returns is called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  async stop(): Promise<void> {
    await this.refuse();
    const ended = new Promise((resolve) => this.process?.once("exit", resolve));
    this.process?.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async pass(question: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = question;
    this.asked.push(`${method} ${url}`);
    const target = { host: this.address, port: this.port + 1, method, path: url, headers };
    const onward = request(target, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      void this.give(given, answer, url.includes("/blobs/sha256:"));
    });
    onward.on("error", () => answer.destroy());
    question.pipe(onward);
    await Promise.resolve();
  }

  private async give(given: IncomingMessage, answer: ServerResponse, blob: boolean): Promise<void> {
    const length = Number(given.headers["content-length"] ?? 0);
    let sent = 0;
    for await (const chunk of given as AsyncIterable<Buffer>) {
      answer.write(chunk);
      sent += chunk.length;
      if (blob && length > 100_000 && sent > length / 2) await this.held;
    }
    answer.end();
  }
}
