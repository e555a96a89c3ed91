import type { Catalog } from "../../src/ports/catalog";
import type { Containers } from "../../src/ports/containers";
import type { Control, MasterControl } from "../../src/ports/control";
import type { MeshTransport } from "../../src/ports/mesh-transport";
import type { ServiceSpec } from "../../src/model/service";
import { CoveyNode } from "../../src/node/node";
import { MemoryCatalog, MemoryCatalogWorld } from "../fakes/memory-catalog";
import { MemoryStore } from "../fakes/memory-store";
import { SeededRandom } from "../fakes/seeded-random";
import { quietNetwork, SimulatedNetwork, type NetworkFaults } from "../fakes/simulated-network";
import { inOwnTurn, VirtualClock } from "../fakes/virtual-clock";
import { storeDoor } from "./cluster-doors";
import { ClusterInvariants } from "./cluster-invariants";
import { ClusterLinks, type LinkEnd, type Reach } from "./cluster-links";
import { Machine } from "./cluster-machine";
import { meshPort, nodeOptions } from "./cluster-options";
import { EpochClock, Life, traceLog } from "./cluster-process";

export interface ClusterOptions {
  readonly seed: number | string;
  readonly nodes: number;
  /** The first so many; default 3. */
  readonly voters?: number;
  readonly faults?: NetworkFaults;
}

interface Agent {
  readonly node: CoveyNode;
  readonly life: Life;
  readonly clock: EpochClock;
  readonly transport: MeshTransport;
  readonly end: LinkEnd;
}

/**
 * A whole cluster in one process and in simulated time: real agents on machines with engines and disks of their
 * own, one store, one catalog, roads between them that can be cut. The invariants are watched throughout.
 */
export class ClusterWorld {
  readonly clock = new VirtualClock();
  readonly random: SeededRandom;
  readonly network: SimulatedNetwork;
  readonly links: ClusterLinks;
  readonly store = new MemoryStore(this.clock, 4);
  readonly catalogWorld = new MemoryCatalogWorld();
  readonly invariants: ClusterInvariants;
  readonly names: readonly string[];
  readonly voters: readonly string[];
  readonly machines = new Map<string, Machine>();
  readonly left = new Set<string>();
  private readonly agents = new Map<string, Agent>();
  private readonly catalogs = new Map<string, MemoryCatalog>();
  private readonly cuts = new Set<string>();
  private readonly lives = new Map<string, number>();
  private runningNames: readonly string[] | undefined;
  private readonly check = (): void => this.invariants.check();

  constructor(options: ClusterOptions) {
    this.random = new SeededRandom(options.seed);
    this.network = new SimulatedNetwork(
      this.clock,
      this.random.fork("network"),
      options.faults ?? quietNetwork,
    );
    this.names = Array.from({ length: options.nodes }, (_, index) => `n${index + 1}`);
    this.voters = this.names.slice(0, options.voters ?? 3);
    this.links = new ClusterLinks(this.clock, (a, b) => this.reach(a, b));
    this.invariants = new ClusterInvariants(this);
    this.links.onDelivery = (node, message) => this.invariants.delivered(node, message);
    for (const name of this.names) {
      const machine = new Machine(name, this.addressOf(name), this.clock);
      this.machines.set(name, machine);
      this.invariants.watch(machine);
      const { clock, catalogWorld } = this;
      const catalog = new MemoryCatalog({ clock, node: name, world: catalogWorld, latencyMs: 3 });
      this.catalogs.set(name, catalog);
    }
  }

  /** All of them, within the first second. */
  async startAll(): Promise<void> {
    for (const name of this.names)
      this.clock.after(this.random.between(0, 1000), () => this.startAgent(name));
    await this.advance(1000);
  }

  startAgent(name: string): void {
    const machine = this.machine(name);
    if (this.agents.has(name) || !machine.up) return;
    const ran = (): void => this.invariants.ran(name);
    const life = new Life(ran);
    const clock = new EpochClock(this.clock, ran);
    const lifeNumber = (this.lives.get(name) ?? 0) + 1;
    this.lives.set(name, lifeNumber);
    const transport = this.network.open(name, { address: machine.address, port: meshPort });
    const end: LinkEnd = {
      node: name,
      get lives() {
        return life.lives;
      },
      run: (work) => life.run(work),
    };
    const node = new CoveyNode(
      {
        clock,
        random: this.random.fork(`${name}#${lifeNumber}`),
        log: traceLog((level, message, fields) =>
          this.invariants.line(name, level, message, fields),
        ),
        disk: machine.disk,
        transport: {
          send: (to, packet) => transport.send(to, packet),
          sendStream: (to, packet) => transport.sendStream(to, packet),
          onPacket: (receive) => transport.onPacket(life.heard(receive)),
          close: () => transport.close(),
        },
        containers: life.guard<Containers>(machine.engine),
        prober: life.guard(machine.prober()),
        catalog: life.guard<Catalog>(this.catalog(name)),
        store: life.guard(storeDoor(this.store, clock, () => this.storeAway(name))),
        gate: this.links.gate(end, machine.address),
        dialer: this.links.dialer(end),
      },
      nodeOptions(
        { name, names: this.names, voters: this.voters, addressOf: (one) => this.addressOf(one) },
        () => {
          this.left.add(name);
          this.killAgent(name);
        },
      ),
    );
    this.agents.set(name, { node, life, clock, transport, end });
    this.runningNames = undefined;
    this.invariants.born(name);
    void node.start();
  }

  /** SIGKILL of the agent alone: its containers run on. */
  killAgent(name: string): void {
    const agent = this.agents.get(name);
    if (!agent) return;
    this.agents.delete(name);
    this.runningNames = undefined;
    agent.life.end();
    agent.clock.cut();
    void agent.transport.close();
    this.network.resume(name);
    this.links.died(agent.end);
  }

  /** The whole machine loses its power: agent, containers, and whatever it was about to do. */
  powerOff(name: string): void {
    const machine = this.machine(name);
    if (!machine.up) return;
    machine.powerOff();
    this.killAgent(name);
    this.roadsChanged();
  }

  powerOn(name: string): void {
    const machine = this.machine(name);
    if (machine.up) return;
    machine.powerOn();
    this.roadsChanged();
    this.startAgent(name);
  }

  /** Its event loop stands still: timers and what arrives wait; then timers run first, as in Node. */
  stall(name: string, ms: number): void {
    const agent = this.agents.get(name);
    if (!agent || agent.clock.stalled) return;
    agent.clock.pause();
    agent.life.pause();
    this.network.pause(name);
    this.clock.after(ms, () => {
      agent.clock.resume();
      agent.life.resume();
      if (this.agents.get(name) === agent) this.network.resume(name);
    });
  }

  /** What it sends and receives is held, its timers run (Lifeguard's anomaly). Links to the master are as before. */
  slow(name: string, ms: number): void {
    if (this.agents.get(name)?.clock.stalled !== false) return;
    this.network.pause(name);
    this.clock.after(ms, () => this.network.resume(name));
  }

  /** Packets and streams pass within each group only. */
  partition(...groups: readonly (readonly string[])[]): void {
    this.network.partition(...groups);
    for (const [index, group] of groups.entries())
      for (const other of groups.filter((_, at) => at !== index))
        for (const a of group) for (const b of other) this.cuts.add(`${a}>${b}`);
    this.roadsChanged();
  }

  isolate(name: string): void {
    const others = this.names.filter((other) => other !== name);
    this.partition([name], others);
  }

  heal(): void {
    this.network.heal();
    this.cuts.clear();
    this.roadsChanged();
  }

  /** Promises settle in between. */
  advance(ms: number): Promise<void> {
    return inOwnTurn(() => this.step(ms));
  }

  /** How long it took until it held, and undefined where it never did. */
  async until(holds: () => boolean, limitMs: number, lookMs = 10): Promise<number | undefined> {
    if (holds()) return 0;
    const fromMs = this.clock.nowMs();
    return inOwnTurn(() => {
      while (this.clock.nowMs() - fromMs < limitMs) {
        this.step(lookMs);
        if (holds()) return this.clock.nowMs() - fromMs;
      }
      return undefined;
    });
  }

  /** Time goes on until the promise is settled. */
  async settled<T>(promise: Promise<T>, limitMs = 15_000): Promise<T> {
    const progress = { done: false };
    const done = (): void => void (progress.done = true);
    promise.then(done, done);
    if ((await this.until(() => progress.done, limitMs)) === undefined)
      throw new Error(`no answer within ${limitMs} ms`);
    return promise;
  }

  async put(spec: ServiceSpec): Promise<void> {
    await this.settled(this.masterControl().putService(spec));
  }

  running(): readonly string[] {
    return (this.runningNames ??= [...this.agents.keys()].sort());
  }

  control(name: string): Control | undefined {
    return this.agents.get(name)?.node.control();
  }

  term(name: string): number {
    return this.agents.get(name)?.node.term ?? 0;
  }

  acts(name: string): boolean {
    return this.control(name)?.master !== undefined;
  }

  master(): string | undefined {
    return this.running().find((name) => this.acts(name));
  }

  masterControl(): MasterControl {
    const control = this.control(this.master() ?? "")?.master;
    if (!control) throw new Error("there is no master");
    return control;
  }

  machine(name: string): Machine {
    const machine = this.machines.get(name);
    if (!machine) throw new Error(`no machine ${name}`);
    return machine;
  }

  catalog(name: string): MemoryCatalog {
    const catalog = this.catalogs.get(name);
    if (!catalog) throw new Error(`no machine ${name}`);
    return catalog;
  }

  /** What DNS would answer. */
  passing(service: string): string[] {
    return this.catalog("n1").passing(service);
  }

  addressOf(name: string): string {
    return `10.0.0.${this.names.indexOf(name) + 1}`;
  }

  private step(ms: number): void {
    for (let left = ms; left > 0; left -= 10) {
      this.clock.runSettled(Math.min(10, left), this.check);
    }
  }

  private reach(a: string, b: string): Reach {
    if (!this.machine(a).up || !this.machine(b).up) return "no-machine";
    return this.cuts.has(`${a}>${b}`) || this.cuts.has(`${b}>${a}`) ? "lost" : "open";
  }

  /** Consul's servers are on the voters' machines: a node reaches a majority of them, or none of Consul. */
  private hasQuorum(name: string): boolean {
    const reached = this.voters.filter((voter) => this.reach(name, voter) === "open");
    return reached.length * 2 > this.voters.length;
  }

  private storeAway(name: string): string | undefined {
    return this.store.away ?? (this.hasQuorum(name) ? undefined : "No cluster leader");
  }

  private roadsChanged(): void {
    for (const name of this.names) this.catalog(name).down = !this.hasQuorum(name);
    this.links.changed();
  }
}
