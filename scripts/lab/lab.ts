import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { run } from "../command";
import { processes } from "../demo/processes";
import { coveyDir, demoImage } from "../paths";
import { AddressPlan } from "./address-plan";
import { cgroupsOf, removeCgroups } from "./cgroups";
import type { Direction } from "./faults";
import { loopsBelow } from "./host-disk";
import { LabHost } from "./lab-host";
import { readState, writeState, type LabHostState, type LabState } from "./lab-state";
import { LabSwitch } from "./lab-switch";
import { foundPrograms } from "./lab-programs";
import { mountsBelow, unmountBelow } from "./mounts";
import { Registry } from "./registry";
import { pushImage } from "./registry-push";

export interface UpOptions {
  readonly hosts: number;
  /** Size of each host's disk. */
  readonly diskMib: number;
  /** Ends what is waited for; what is there by then is for `down`. */
  readonly signal?: AbortSignal | undefined;
}

/** Where `npm run lab` keeps its lab. */
export const labFolder = join(coveyDir, "lab");

/**
 * Hosts on this machine that look like machines of their own to whoever deploys onto them. All there is of it is found by its
 * folder, so that whoever finds the folder can take it down, whatever became of the process that made it.
 */
export class Lab {
  readonly lan: LabSwitch;

  constructor(readonly folder = labFolder) {
    this.lan = new LabSwitch(folder);
  }

  /** @throws Error where there is none */
  get state(): LabState {
    const state = readState(this.folder);
    if (!state) throw new Error("no lab is up: `npm run lab -- up --hosts 5` makes one");
    return state;
  }

  get plan(): AddressPlan {
    return new AddressPlan(this.state.network);
  }

  get hosts(): readonly LabHost[] {
    const plan = this.plan;
    return this.state.hosts.map(({ name, address }) => this.#host(plan, name, address));
  }

  host(name: string): LabHost {
    const found = this.hosts.find((host) => host.name === name);
    if (found) return found;
    const names = this.state.hosts.map((host) => host.name).join(", ");
    throw new Error(`the lab has no host '${name}'; it has ${names}`);
  }

  /** @throws Error where one is there already, or half of one */
  refuseWhereThere(): void {
    if (existsSync(this.folder))
      throw new Error(
        `a lab is there already (${this.folder}): \`npm run lab -- down\` removes it`,
      );
  }

  /** Whoever calls it calls `down` where it fails. */
  async up({ hosts, diskMib, signal }: UpOptions): Promise<void> {
    this.refuseWhereThere();
    const programs = foundPrograms();
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.lan.create();
    const plan = await this.#connectMachine();
    const keyFile = join(this.folder, "key");
    const state = { network: plan.network, keyFile, registry: Registry.name, hosts: [] };
    // Before anything is there that cannot be found without it.
    writeState(this.folder, state);
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", keyFile]);
    const members = await this.#create(plan, { hosts, diskMib });
    writeState(this.folder, { ...state, hosts: members });
    const registry = new Registry(this.folder, plan.registry);
    await settledAll([
      registry
        .start(programs.registry, this.lan.network, signal)
        .then(() => pushImage(demoImage, registry.url, this.folder)),
      ...this.hosts.map((host) => host.boot(programs.consul, signal)),
    ]);
  }

  #create(plan: AddressPlan, { hosts, diskMib }: UpOptions): Promise<readonly LabHostState[]> {
    const numbers = Array.from({ length: hosts }, (_, index) => index + 1);
    const names = numbers.map((number) => [plan.host(number), `h${number}`] as const);
    const shared = {
      registry: Registry.name,
      authorizedKey: readFileSync(join(this.folder, "key.pub"), "utf8"),
      names: [...names, [plan.registry, Registry.hostName] as const],
    };
    return Promise.all(
      names.map(async ([address, name], index) => {
        const settings = { ...shared, bip: plan.containers(index + 1) };
        const hostKey = await this.#host(plan, name, address).create(settings, diskMib);
        return { name, address, hostKey };
      }),
    );
  }

  /** Of this machine's engine. */
  push(image: string): Promise<void> {
    return pushImage(image, new Registry(this.folder, this.plan.registry).url, this.folder);
  }

  async boot(name: string, signal?: AbortSignal): Promise<void> {
    await this.host(name).boot(foundPrograms().consul, signal);
  }

  /** These from all others and from the machine: both ways as an island of their own, one way each for itself. */
  cut(names: readonly string[], direction?: Direction): void {
    const hosts = names.map((name) => this.host(name));
    if (direction === undefined) this.lan.isolate(names);
    else for (const host of hosts) host.drop(direction);
  }

  /** Takes back every cut, and what slows a cable; of these hosts alone where they are named. */
  heal(names?: readonly string[]): void {
    this.lan.join(names);
    const healed = this.hosts.filter(({ name }) => names === undefined || names.includes(name));
    for (const host of healed) if (host.isUp) host.heal();
  }

  /** Whatever there is of it, also of half of one; nothing where there is none. */
  async down(): Promise<void> {
    const plan = this.#planIfThere();
    await settledAll(this.#leftHosts(plan).map((host) => host.kill()));
    this.lan.disconnectMachine();
    await this.lan.network.endProcesses();
    await unmountBelow(this.folder);
    if (plan) await removeCgroups(plan.cgroup);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What is there of it on this machine. */
  remains(): readonly string[] {
    const plan = this.#planIfThere();
    return [
      ...processes()
        .filter(({ command }) => command.includes(`${this.folder}/`))
        .map(({ pid, command }) => `process ${pid}: ${command}`),
      ...mountsBelow(this.folder).map((point) => `mount ${point}`),
      ...loopsBelow(this.folder).map((device) => `loop device ${device}`),
      ...(plan ? cgroupsOf(plan.cgroup).map((one) => `cgroup ${one}`) : []),
      ...(existsSync(this.folder) ? [`folder ${this.folder}`] : []),
    ];
  }

  /** The first free network: whoever has made its interface has it, so that two labs never share one. */
  async #connectMachine(): Promise<AddressPlan> {
    const routes = JSON.parse(await run("ip", ["-4", "-json", "route", "show"])) as {
      readonly dst: string;
    }[];
    for (const plan of AddressPlan.free(routes.map(({ dst }) => dst))) {
      if (plan.interface in networkInterfaces()) continue;
      try {
        this.lan.connectMachine(plan);
      } catch (error) {
        if (/File exists/.test(String(error))) continue;
        throw error;
      }
      await run("ip", ["address", "add", `${plan.machine}/24`, "dev", plan.interface]);
      await run("ip", ["link", "set", plan.interface, "up"]);
      return plan;
    }
    throw new Error("every network from 10.99.0.0/24 to 10.99.31.0/24 has a lab already");
  }

  /** By their folders: of a lab that was given up half-way nothing else may tell. */
  #leftHosts(plan: AddressPlan | undefined): readonly LabHost[] {
    const folder = join(this.folder, "hosts");
    if (!plan || !existsSync(folder)) return [];
    return readdirSync(folder).map((name) => this.#host(plan, name, ""));
  }

  #planIfThere(): AddressPlan | undefined {
    const state = readState(this.folder);
    return state && new AddressPlan(state.network);
  }

  #host(plan: AddressPlan, name: string, address: string): LabHost {
    const folder = join(this.folder, "hosts", name);
    return new LabHost({ name, address, folder, cgroup: `${plan.cgroup}/${name}` }, this.lan);
  }
}

/** All have come to their end before the first failure is told: nothing goes on behind the caller's back. */
async function settledAll(all: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(all)) if (one.status === "rejected") throw one.reason;
}
