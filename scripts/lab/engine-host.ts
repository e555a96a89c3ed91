import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signalProcess } from "../demo/processes";
import { engine, type EngineCall } from "../engine";
import { waitFor } from "../wait";
import { NetworkNamespace } from "./network-namespace";

export interface EngineHostOptions {
  readonly address: string;
  /** Of its own; all that it writes is in it, but for cgroups and the sockets of shims. */
  readonly folder: string;
  /** Cgroup that its containers are in. */
  readonly cgroup: string;
  readonly signal?: AbortSignal | undefined;
}

const answersWithinMs = 20_000;
const logLines = 5;
/** Where containerd has its shims listen, whatever its own folders are. */
const shimSockets = "/run/containerd/s/";
/** Writes to /opt, and to /etc/cni: neither is needed. */
const withoutPlugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"];

/**
 * A host with an engine of its own on this machine: a network namespace, and in it dockerd and containerd with folders,
 * sockets and settings that they share with nobody. Containers have the host's network.
 */
export class EngineHost {
  readonly network: NetworkNamespace;
  readonly #socketPath: string;
  #engine: ChildProcess | undefined;

  constructor(readonly options: EngineHostOptions) {
    this.network = new NetworkNamespace(this.#path("net"));
    this.#socketPath = this.#path("docker.sock");
  }

  get address(): string {
    return this.options.address;
  }

  /** Before anything is connected to its network. */
  create(): void {
    mkdirSync(this.options.folder, { mode: 0o700 });
    this.network.create();
  }

  async start(): Promise<void> {
    this.#startContainerd();
    this.startEngine();
    await this.answers();
  }

  /** dockerd alone. */
  startEngine(): void {
    // The machine's own settings might contradict these.
    writeFileSync(this.#path("docker.json"), "{}");
    const settings = {
      "config-file": this.#path("docker.json"),
      host: `unix://${this.#socketPath}`,
      containerd: this.#path("containerd.sock"),
      "data-root": this.#path("data"),
      "exec-root": this.#path("exec"),
      pidfile: this.#path("docker.pid"),
      "cgroup-parent": `/${this.options.cgroup}`,
      // Which takes such a parent also where systemd would be the default.
      "exec-opt": "native.cgroupdriver=cgroupfs",
      bridge: "none",
      iptables: "false",
      ip6tables: "false",
    };
    this.#engine = this.#spawn("dockerd", settings);
  }

  async answers(): Promise<void> {
    const { signal } = this.options;
    const what = `dockerd of ${this.address} to answer`;
    try {
      await waitFor({ what, deadlineMs: answersWithinMs, everyMs: 50, signal }, () =>
        this.call("GET", "/version"),
      );
    } catch (error) {
      const log = ["containerd", "dockerd"].flatMap((program) => this.#lastOfLog(program));
      throw new Error([what, ...log].join("\n"), { cause: error });
    }
  }

  /** SIGKILL to dockerd; containerd and the containers go on. */
  killEngine(): void {
    const pid = this.#engine?.pid;
    if (pid === undefined || !signalProcess(pid, "SIGKILL"))
      throw new Error(`dockerd of ${this.address} does not run`);
    this.#engine = undefined;
  }

  call(method: string, path: string, call: Omit<EngineCall, "socketPath"> = {}): Promise<unknown> {
    const { signal = this.options.signal } = call;
    return engine(method, path, { ...call, signal, socketPath: this.#socketPath });
  }

  /** Ends its processes; mounts, cgroups and folder are left to whoever made them for several. */
  async close(): Promise<void> {
    const sockets = this.network.sockets().filter((path) => path.startsWith(shimSockets));
    await this.network.endProcesses();
    for (const path of sockets) rmSync(path, { force: true });
  }

  #startContainerd(): void {
    const config = this.#path("containerd.toml");
    writeFileSync(config, `version = 2\ndisabled_plugins = ${JSON.stringify(withoutPlugins)}\n`);
    this.#spawn("containerd", {
      config,
      root: this.#path("containerd-root"),
      state: this.#path("containerd-state"),
      address: this.#path("containerd.sock"),
    });
  }

  #spawn(name: string, settings: Readonly<Record<string, string>>): ChildProcess {
    const args = Object.entries(settings).map(([key, value]) => `--${key}=${value}`);
    const [program, ...rest] = this.network.command(name, ...args);
    const log = openSync(this.#path(`${name}.log`), "a");
    const child = spawn(program, rest, {
      // Ctrl-C is for us alone: we end it, so that nothing is half ended when we look.
      detached: true,
      // No proxy: managers would reach each other through it.
      env: {
        PATH: process.env["PATH"],
        // There is no registry to be asked whether it has a newer image.
        DOCKER_SERVICE_PREFER_OFFLINE_IMAGE: "1",
      },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    return child;
  }

  #lastOfLog(program: string): readonly string[] {
    try {
      const log = readFileSync(this.#path(`${program}.log`), "utf8");
      return log.trim().split("\n").slice(-logLines);
    } catch {
      return [];
    }
  }

  #path(name: string): string {
    return join(this.options.folder, name);
  }
}
