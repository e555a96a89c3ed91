import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consulBinary } from "../../agent/test/consul/consul-binary";
import { docker } from "../../agent/test/docker/engine";
import { TestAuthority } from "../../agent/test/fakes/certificates";
import { httpsExchange } from "../../agent/src/client/index";
import { ApiClient, type RawAgentConfig } from "../../agent/src/contract/index";
import { processesOf, signalProcess, type ProcessSeen } from "../demo/processes";
import { agentBundle } from "../paths";
import { waitFor } from "../wait";

export interface LocalAgent {
  readonly name: string;
  readonly address: string;
  readonly dataDir: string;
}

const upWithinMs = 60_000;
const endsWithinMs = 10_000;
const apiTimeoutMs = 2000;
const commandTimeoutMs = 60_000;
/** Enough for a few tasks, with ports of no other test. */
const fewTasks = { cpus: 2, memMiB: 512, ports: [{ begin: 31_600, end: 31_649 }] };
/** As a node's supervisor starts its agent (provider/src/connection/supervisor-script.ts says why). */
const frugal = { MALLOC_ARENA_MAX: "1", NODE_OPTIONS: "--max-semi-space-size=1" };

export interface LocalAgentsOptions {
  /** Of whom the cluster is, for people who find it. */
  readonly title: string;
  /** The first three bytes of addresses that are nobody else's, as `127.88.4`. */
  readonly net: string;
  readonly count?: number;
  /** The first so many are declared as voters; default all. */
  readonly voters?: number;
  /** What each says it has. */
  readonly resources?: RawAgentConfig["resources"];
  readonly logLevel?: RawAgentConfig["logLevel"];
}

/**
 * Agents of one cluster as real processes on loopback addresses of this machine: the agent's bundle, managed Consul, the
 * machine's Docker. No Terraform and no supervisor, so that who is killed stays dead until `start`. `close` leaves
 * nothing behind: processes, containers, folders.
 */
export class LocalAgents {
  readonly cluster: string;
  readonly token = randomBytes(24).toString("hex");
  readonly consulToken = randomUUID();
  readonly agents: readonly LocalAgent[];
  readonly #root = mkdtempSync(join(tmpdir(), "covey-agents-"));
  readonly #running = new Map<string, ChildProcess>();
  readonly #gossipKeys = [randomBytes(32), randomBytes(32)].map((key) => key.toString("base64"));
  #ca = "";

  constructor(readonly options: LocalAgentsOptions) {
    const { title, net, count = 3 } = options;
    this.cluster = `${title}-${process.pid}`;
    this.agents = Array.from({ length: count }, (_, index) => {
      const name = `n${index + 1}`;
      return { name, address: `${net}.${index + 1}`, dataDir: join(this.#root, name) };
    });
  }

  /** All are started, a master is elected, and every agent is attached to it. */
  async startAll(): Promise<void> {
    const authority = await TestAuthority.make(this.cluster);
    this.#ca = authority.ca;
    for (const agent of this.agents) {
      mkdirSync(agent.dataDir, { mode: 0o700 });
      const tls = await authority.issue(agent.name, agent.address);
      writeFileSync(this.#configFile(agent), JSON.stringify(this.#config(agent, tls)), {
        mode: 0o600,
      });
      this.start(agent.name);
    }
    const what = "all agents to be attached to a master";
    await this.withClient(async (client) => {
      await waitFor({ what, deadlineMs: upWithinMs, everyMs: 100 }, async () => {
        const nodes = await client.nodes();
        const attached = nodes.filter((node) => node.attached);
        return attached.length === this.agents.length ? true : undefined;
      });
    });
  }

  start(name: string): void {
    const agent = this.agent(name);
    const log = openSync(join(agent.dataDir, "agent.log"), "a");
    const child = spawn(
      process.execPath,
      ["--optimize-for-size", agentBundle, "agent", "--config", this.#configFile(agent)],
      { cwd: agent.dataDir, stdio: ["ignore", log, log], env: { ...process.env, ...frugal } },
    );
    closeSync(log);
    this.#running.set(name, child);
  }

  /** The agent itself. @throws Error where it does not run */
  pid(name: string): number {
    const pid = this.#running.get(name)?.pid;
    if (pid === undefined) throw new Error(`agent ${name} does not run`);
    return pid;
  }

  signal(name: string, signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
    if (!signalProcess(this.pid(name), signal)) throw new Error(`agent ${name} does not run`);
    if (signal === "SIGKILL") this.#running.delete(name);
  }

  agent(name: string): LocalAgent {
    const found = this.agents.find((agent) => agent.name === name);
    if (!found) throw new Error(`there is no agent ${name}`);
    return found;
  }

  log(name: string): string {
    return readFileSync(join(this.agent(name).dataDir, "agent.log"), "utf8");
  }

  apiOf(name: string): string {
    return `https://${this.agent(name).address}:7440`;
  }

  /** What a client of one's own needs, besides the token. */
  get ca(): string {
    return this.#ca;
  }

  /** Of all agents, or of those named. */
  client(...names: readonly string[]): ApiClient {
    const asked = names.length > 0 ? names : this.agents.map(({ name }) => name);
    return new ApiClient({
      endpoints: asked.map((name) => this.apiOf(name)),
      token: this.token,
      exchange: httpsExchange(this.#ca),
      timeoutMs: apiTimeoutMs,
    });
  }

  async withClient<T>(use: (client: ApiClient) => Promise<T>, ...names: string[]): Promise<T> {
    const client = this.client(...names);
    try {
      return await use(client);
    } finally {
      client.close();
    }
  }

  /** What the command line prints that is run beside this agent, with its configuration. @throws Error where it fails */
  command(name: string, ...words: readonly string[]): string {
    const args = [agentBundle, ...words, "--config", this.#configFile(this.agent(name))];
    return execFileSync(process.execPath, args, { encoding: "utf8", timeout: commandTimeoutMs });
  }

  /** Consul outlives its agent: of one node, or of all. */
  consuls(name?: string): readonly ProcessSeen[] {
    const folder = name === undefined ? this.#root : this.agent(name).dataDir;
    return processesOf(folder).filter(({ command }) => /(^|\/)consul agent /.test(command));
  }

  /** Running containers of the cluster, `id startedAt`, sorted: equal lists mean that nothing was restarted. */
  containers(): string[] {
    const ids = docker("ps", "-q", "--no-trunc", "--filter", `label=covey.cluster=${this.cluster}`);
    if (ids === "") return [];
    const format = "{{.Id}} {{.State.StartedAt}}";
    return docker("inspect", "--format", format, ...ids.split("\n"))
      .split("\n")
      .sort();
  }

  async close(): Promise<void> {
    for (const child of this.#running.values()) child.kill("SIGKILL");
    await Promise.all([...this.#running.values()].map((child) => ended(child)));
    for (const { pid } of this.consuls()) signalProcess(pid, "SIGKILL");
    const ids = docker("ps", "-aq", "--filter", `label=covey.cluster=${this.cluster}`);
    if (ids !== "") docker("rm", "--force", "--volumes", ...ids.split("\n"));
    await waitFor({ what: "Consul to end", deadlineMs: endsWithinMs }, () =>
      Promise.resolve(this.consuls().length === 0 ? true : undefined),
    );
    rmSync(this.#root, { recursive: true, force: true });
  }

  #configFile(agent: LocalAgent): string {
    return join(agent.dataDir, "agent.json");
  }

  #config(agent: LocalAgent, tls: RawAgentConfig["tls"]): RawAgentConfig {
    const [gossipKey = "", consulGossipKey = ""] = this.#gossipKeys;
    return {
      cluster: this.cluster,
      node: agent.name,
      address: agent.address,
      voters: Object.fromEntries(
        this.agents.slice(0, this.options.voters).map(({ name, address }) => [name, address]),
      ),
      dataDir: agent.dataDir,
      gossipKey,
      token: this.token,
      tls,
      resources: this.options.resources ?? fewTasks,
      consul: {
        mode: "managed",
        binary: consulBinary(),
        dnsPort: 8600,
        gossipKey: consulGossipKey,
        token: this.consulToken,
        recursors: ["127.0.0.1"],
      },
      preset: "local",
      logLevel: this.options.logLevel ?? "debug",
    };
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
