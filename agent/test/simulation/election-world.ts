import { defaultElection, type ElectionTiming } from "../../src/election/options";
import type { Electorate } from "../../src/model/electorate";
import type { Endpoint } from "../../src/model/endpoint";
import type { MeshTransport } from "../../src/ports/mesh-transport";
import { Ballots } from "../../src/node/ballots";
import { SeededRandom } from "../fakes/seeded-random";
import type { NetworkFaults } from "../fakes/simulated-network";
import { quietNetwork, SimulatedNetwork } from "../fakes/simulated-network";
import { VirtualClock } from "../fakes/virtual-clock";
import { EpochClock, MemoryDisk, traceLog } from "./cluster-process";
import { Violation } from "./invariants";

export interface ElectionWorldOptions {
  readonly seed: number | string;
  readonly voters: number;
  /** Nodes besides, that are no voters yet; default 0. */
  readonly others?: number;
  readonly faults?: NetworkFaults;
  readonly timing?: ElectionTiming;
}

interface Voter {
  readonly ballots: Ballots;
  readonly clock: EpochClock;
  readonly transport: MeshTransport;
}

const silentLog = traceLog(() => undefined);

/**
 * Voters and nothing else: the election as it runs in an agent (`node/ballots.ts`), without mesh and master, so that
 * thousands of elections take seconds. That two never act at once is checked after every timer and every packet.
 */
export class ElectionWorld {
  readonly clock = new VirtualClock();
  readonly random: SeededRandom;
  readonly network: SimulatedNetwork;
  readonly names: readonly string[];
  readonly declared: readonly string[];
  /** When somebody last took office, in ms of `clock`, to the event. */
  tookOfficeAtMs = -Infinity;
  depositions = 0;
  lapses = 0;
  private readonly voters = new Map<string, Voter>();
  private readonly disks = new Map<string, MemoryDisk>();
  private readonly masterOfTerm = new Map<number, string>();
  private lives = 0;

  constructor(private readonly options: ElectionWorldOptions) {
    this.random = new SeededRandom(options.seed);
    const count = options.voters + (options.others ?? 0);
    const faults = options.faults ?? quietNetwork;
    this.network = new SimulatedNetwork(this.clock, this.random.fork("network"), faults);
    this.names = Array.from({ length: count }, (_, index) => `n${index + 1}`);
    this.declared = this.names.slice(0, options.voters);
    for (const name of this.names) this.start(name);
  }

  start(name: string): void {
    if (this.voters.has(name)) return;
    const clock = new EpochClock(this.clock, () => this.check());
    const transport = this.network.open(name, this.endpointOf(name));
    const ballots = new Ballots(
      {
        clock,
        random: this.random.fork(`${name}#${++this.lives}`),
        disk: this.diskOf(name),
        log: silentLog,
        send: (to, election) => transport.send(this.endpointOf(to), { from: name, election }),
      },
      { ...this.timing, voters: this.declared, self: name, knownTerm: 0 },
      {
        elected: (term) => this.elected(name, term),
        lapsed: () => (this.lapses += 1),
        resumed: () => undefined,
        deposed: () => (this.depositions += 1),
        following: () => undefined,
        electorate: () => undefined,
      },
    );
    transport.onPacket(({ from, election }) => {
      if (election) ballots.receive(from, election);
      this.check();
    });
    this.voters.set(name, { ballots, clock, transport });
    ballots.start();
  }

  /** SIGKILL: nothing of it is ever heard again; its disk stays. */
  kill(name: string): void {
    const voter = this.voters.get(name);
    if (!voter) return;
    voter.clock.cut();
    voter.ballots.stop();
    void voter.transport.close();
    this.network.resume(name);
    this.voters.delete(name);
  }

  /** Its machine's power goes: what its disk had not really written is lost. */
  powerOff(name: string): void {
    this.kill(name);
    this.diskOf(name).losePower();
  }

  /** Its event loop stands still: on waking timers run first, then the inbox is read, as in Node. */
  stall(name: string, ms: number): void {
    const voter = this.voters.get(name);
    if (!voter || voter.clock.stalled) return;
    voter.clock.pause();
    this.network.pause(name);
    this.clock.after(ms, () => {
      voter.clock.resume();
      if (this.voters.get(name) === voter) this.network.resume(name);
    });
  }

  /** Who may act now. */
  master(): string | undefined {
    return this.acting()[0];
  }

  /** Of a node that runs. */
  ballotsOf(name: string): Ballots {
    const voter = this.voters.get(name);
    if (!voter) throw new Error(`${name} does not run`);
    return voter.ballots;
  }

  /** What the acting master says of it, or undefined where nobody acts. */
  electorate(): Electorate | undefined {
    const master = this.master();
    return master === undefined ? undefined : this.ballotsOf(master).electorate;
  }

  termOf(name: string): number {
    return this.voters.get(name)?.ballots.term ?? 0;
  }

  diskOf(name: string): MemoryDisk {
    const disk = this.disks.get(name) ?? new MemoryDisk(this.clock);
    this.disks.set(name, disk);
    return disk;
  }

  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** @throws Error where it does not hold by then. */
  advanceUntil(holds: () => boolean, limitMs: number): void {
    const untilMs = this.clock.nowMs() + limitMs;
    while (!holds()) {
      if (this.clock.nowMs() >= untilMs) throw new Error(`never within ${limitMs} ms`);
      this.clock.advance(10);
    }
  }

  get timing(): ElectionTiming {
    return this.options.timing ?? defaultElection;
  }

  private acting(): string[] {
    return [...this.voters].filter(([, { ballots }]) => ballots.mayAct).map(([name]) => name);
  }

  private elected(name: string, term: number): void {
    const before = this.masterOfTerm.get(term);
    if (before !== undefined)
      throw new Violation(`term ${term} has two masters: ${before} and ${name}`);
    this.masterOfTerm.set(term, name);
    this.tookOfficeAtMs = this.clock.nowMs();
  }

  private check(): void {
    const acting = this.acting();
    if (acting.length > 1)
      throw new Violation(`at ${this.clock.nowMs()} ms: ${acting.join(" and ")} both act`);
  }

  private endpointOf(name: string): Endpoint {
    return { address: `10.0.0.${this.names.indexOf(name) + 1}`, port: 7442 };
  }
}
