import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { attempt, run, type CommandResult } from "../command";
import { engine } from "../engine";
import { waitFor } from "../wait";
import { removeCgroups } from "./cgroups";
import {
  dropRule,
  directions,
  fastCommand,
  fillScript,
  freeScript,
  hostInterface,
  slowCommand,
  type Direction,
} from "./faults";
import { HostDisk } from "./host-disk";
import { etcFiles, hostKeyFile, writeEtc, type HostSettings } from "./host-files";
import { hostInit } from "./host-init";
import { HostProcesses } from "./host-processes";
import type { LabSwitch } from "./lab-switch";
import { unmountBelow } from "./mounts";
import { NetworkNamespace } from "./network-namespace";
import { greeting } from "./ssh-greeting";

const answersWithinMs = 20_000;
const execWithinMs = 60_000;
const logLines = 8;

export interface LabHostOptions {
  readonly name: string;
  readonly address: string;
  /** Of its own: its disk, what is put into its /etc, its network's file. */
  readonly folder: string;
  readonly cgroup: string;
}

/**
 * A machine of the lab, with sshd and Docker and nothing else: network, processes, mounts and hostname of its own, and a disk.
 * It has the programs of the machine that the lab runs on, but whatever is written goes to its own disk.
 */
export class LabHost {
  readonly disk: HostDisk;
  readonly processes: HostProcesses;
  readonly #network: NetworkNamespace;

  constructor(
    readonly options: LabHostOptions,
    readonly lan: LabSwitch,
  ) {
    this.disk = new HostDisk(this.#path("disk.img"));
    this.#network = new NetworkNamespace(this.#path("net"));
    this.processes = new HostProcesses(this.#network);
  }

  get name(): string {
    return this.options.name;
  }

  get address(): string {
    return this.options.address;
  }

  get isUp(): boolean {
    return this.processes.first() !== undefined;
  }

  /** An empty disk, keys of its own. @returns its public key */
  async create(settings: Omit<HostSettings, "name" | "cgroup">, diskMib: number): Promise<string> {
    for (const folder of ["disk", "root", "etc/ssh"])
      mkdirSync(this.#path(folder), { recursive: true, mode: 0o700 });
    const { name, cgroup } = this.options;
    writeEtc(this.#path("etc"), etcFiles({ ...settings, name, cgroup }));
    writeFileSync(this.#path("init.sh"), hostInit);
    const key = this.#path(`etc/${hostKeyFile}`);
    const quiet = ["-q", "-t", "ed25519", "-N", "", "-C", name];
    await Promise.all([run("ssh-keygen", [...quiet, "-f", key]), this.disk.create(diskMib)]);
    return readFileSync(`${key}.pub`, "utf8").trim().split(" ").slice(0, 2).join(" ");
  }

  /** Until sshd and Docker answer; with the disk as it was left. @throws Error where it runs */
  async boot(consul: string | undefined, signal?: AbortSignal): Promise<void> {
    if (this.isUp) throw new Error(`host ${this.name} is up already`);
    await this.kill();
    this.#network.create();
    this.lan.connect(this.#network, this.name, this.address);
    this.#startInit(consul ?? "");
    const options = { deadlineMs: answersWithinMs, everyMs: 25, signal };
    try {
      await waitFor({ ...options, what: `sshd of ${this.name} to answer` }, () =>
        greeting(this.address),
      );
      await waitFor({ ...options, what: `Docker of ${this.name} to answer` }, () =>
        this.engine("GET", "/version"),
      );
    } catch (error) {
      throw new Error(`host ${this.name} does not boot:\n${await this.#lastOfLogs()}`, {
        cause: error,
      });
    }
  }

  /**
   * As a power cut: first the cable goes, so that no connection of its is closed in an orderly way, then everything at once. The
   * disk stays.
   */
  async kill(): Promise<void> {
    this.lan.disconnect(this.name);
    await this.processes.end();
    await unmountBelow(this.options.folder);
    await this.disk.released();
    await removeCgroups(this.options.cgroup);
  }

  freeze(): Promise<void> {
    return this.processes.freeze();
  }

  thaw(): void {
    this.processes.thaw();
  }

  /** Nothing comes in any more, or nothing goes out. */
  drop(direction: Direction): void {
    if (!this.#drops(direction)) this.#network.run(...dropRule("-I", direction));
  }

  /** Which ways are cut. */
  drops(): readonly Direction[] {
    return directions.filter((direction) => this.#drops(direction));
  }

  /** Takes back what `drop` and `slow` did. */
  heal(): void {
    for (const direction of this.drops()) this.#network.run(...dropRule("-D", direction));
    for (const undo of [
      () => this.#network.run(...fastCommand(hostInterface)),
      () => {
        this.lan.fast(this.name);
      },
    ])
      quietly(undo);
  }

  /** Both ways. */
  slow(mbit: number): void {
    this.#network.run(...slowCommand(hostInterface, mbit));
    this.lan.slow(this.name, mbit);
  }

  /** @returns the bytes that are left */
  async fillDisk(): Promise<number> {
    return Number((await this.exec(["sh", "-c", fillScript])).stdout.trim());
  }

  async freeDisk(): Promise<void> {
    await this.exec(["sh", "-c", freeScript]);
  }

  /** In its namespaces, as root, without SSH: works on a host that is cut off. */
  exec(command: readonly string[]): Promise<CommandResult> {
    const [program, ...args] = this.enterCommand(command);
    return attempt(program, args, { deadlineMs: execWithinMs });
  }

  enterCommand(command: readonly string[]): readonly [string, ...string[]] {
    const first = this.processes.first();
    if (first === undefined)
      throw new Error(`host ${this.name} is off: \`npm run lab -- boot ${this.name}\` starts it`);
    return ["nsenter", "-t", String(first), "-m", "-u", "-i", "-n", "-p", "-r", "-w", ...command];
  }

  /** Its engine, by the socket in its own file tree. */
  engine(method: string, path: string): Promise<unknown> {
    const first = this.processes.first();
    if (first === undefined) return Promise.reject(new Error(`host ${this.name} is off`));
    return engine(method, path, { socketPath: `/proc/${first}/root/run/docker.sock` });
  }

  #startInit(consul: string): void {
    const own = ["--mount", "--uts", "--ipc", "--pid", "--fork"];
    const init = ["unshare", ...own, "sh", this.#path("init.sh"), this.options.folder, consul];
    const [program, ...args] = this.#network.command(...init);
    const log = openSync(this.#path("log"), "a");
    const child = spawn(program, args, {
      // It outlives whoever boots it, and Ctrl-C is not for it.
      detached: true,
      cwd: "/",
      // No proxy, nothing of whoever calls: a machine that boots has none of it.
      env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root" },
      stdio: ["ignore", log, log],
    });
    child.on("error", () => undefined);
    child.unref();
    closeSync(log);
  }

  #drops(direction: Direction): boolean {
    return quietly(() => this.#network.run(...dropRule("-C", direction)));
  }

  async #lastOfLogs(): Promise<string> {
    const files = ["/var/log/dockerd.log", "/var/log/sshd.log"];
    const inside = this.isUp
      ? (await this.exec(["tail", "-n", String(logLines), ...files])).stdout
      : "";
    const own = readFileSync(this.#path("log"), "utf8").trim().split("\n").slice(-logLines);
    return [...own, inside].join("\n");
  }

  #path(name: string): string {
    return join(this.options.folder, name);
  }
}

/** Whether it could be done. */
function quietly(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
