import { SeededRandom } from "../../../agent/test/fakes/seeded-random";
import type { NetworkFaults } from "../../../agent/test/fakes/simulated-network";
import { SimulatedNetwork } from "../../../agent/test/fakes/simulated-network";
import { VirtualClock } from "../../../agent/test/fakes/virtual-clock";
import type { NodeEvent } from "../../../agent/test/simulation/mesh-node";
import { MeshNode, NodeDisk } from "../../../agent/test/simulation/mesh-node";
import { defaultElection } from "../../../agent/src/election/election";
import type { MembershipOptions } from "../../../agent/src/membership/membership";
import type { Endpoint } from "../../../agent/src/model/endpoint";
import type { Member } from "../../../agent/src/model/member";
import type { MemberUpdate } from "../../../agent/src/model/mesh-message";
import { Meter } from "./meter";

/** One site: what a switched network does, without loss. */
const site: NetworkFaults = { minDelayMs: 0.2, maxDelayMs: 0.5, loss: 0, duplication: 0 };
const seedCount = 3;
const joinWithinMs = 1000;

/** `observer` holds `member` for something else now; `by` says so. */
export interface Sighting {
  readonly atMs: number;
  readonly observer: string;
  readonly member: Member;
  readonly by: string;
}

export interface FieldOptions {
  readonly seed: string;
  readonly members: number;
  readonly membership: MembershipOptions;
  readonly watch: (sighting: Sighting) => void;
  /** All know each other from the start, instead of joining. */
  readonly acquainted?: boolean;
}

/** Members of a mesh and nothing else, in simulated time: the very machine that agents run, on the fakes tests use. */
export class MeshField {
  readonly names: readonly string[];
  readonly meter = new Meter();
  readonly random: SeededRandom;
  private readonly clock = new VirtualClock();
  private readonly network: SimulatedNetwork;
  private readonly nodes = new Map<string, MeshNode>();
  private readonly known: readonly MemberUpdate[];

  constructor(private readonly options: FieldOptions) {
    this.random = new SeededRandom(options.seed);
    this.network = new SimulatedNetwork(this.clock, this.random.fork("network"), site);
    this.network.onSend = (packet, over) => this.meter.count(packet, over);
    this.names = Array.from({ length: options.members }, (_, index) => `n${index + 1}`);
    this.known = options.acquainted ? this.names.map((name) => this.updateOf(name)) : [];
    // Who is known is probed at once, and suspected where it has not begun.
    const withinMs = options.acquainted ? 0 : joinWithinMs;
    for (const name of this.names)
      this.clock.after(this.random.between(0, withinMs), () => this.start(name));
  }

  get nowMs(): number {
    return this.clock.nowMs();
  }

  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** Its messages are held, both ways, its timers run: the anomaly of Lifeguard's experiments. */
  hold(name: string): void {
    this.network.pause(name);
  }

  /** What was held goes, and comes, all at once. */
  release(name: string): void {
    this.network.resume(name);
  }

  crash(name: string): void {
    this.nodes.get(name)?.stop();
    this.nodes.delete(name);
    this.network.pause(name);
  }

  leave(name: string): void {
    this.nodes.get(name)?.leave();
  }

  /** Everybody knows everybody, and holds them for alive. */
  complete(): boolean {
    for (const node of this.nodes.values()) {
      const alive = node.membership.members().filter(({ status }) => status === "alive");
      if (alive.length !== this.nodes.size) return false;
    }
    return this.nodes.size > 0;
  }

  private start(name: string): void {
    const node = new MeshNode(
      {
        clock: this.clock.view(),
        transport: this.network.open(name, this.endpointOf(name)),
        random: this.random.fork(name),
        disk: new NodeDisk(),
        observe: (event) => this.observe(name, event),
      },
      {
        record: this.updateOf(name).record,
        incarnation: 1,
        seeds: this.names.slice(0, seedCount).map((seed) => this.endpointOf(seed)),
        voters: new Map(),
        membership: this.options.membership,
        election: defaultElection,
        known: this.known,
      },
    );
    this.nodes.set(name, node);
    node.start();
  }

  private observe(observer: string, event: NodeEvent): void {
    if (event.kind !== "member") return;
    this.options.watch({ atMs: this.nowMs, observer, member: event.member, by: event.by });
  }

  private updateOf(name: string): MemberUpdate {
    const record = {
      name,
      mesh: this.endpointOf(name),
      apiPort: 7440,
      grpcPort: 7441,
      voter: false,
      version: "0.1.0",
    };
    return { status: "alive", record, incarnation: 1, from: name };
  }

  private endpointOf(name: string): Endpoint {
    const index = Number(name.slice(1));
    return { address: `10.0.${index >> 8}.${index & 255}`, port: 7442 };
  }
}
