import { defaultElection } from "../../src/election/election";
import type { MembershipOptions } from "../../src/membership/membership";
import { lanMembership } from "../../src/membership/options";
import type { Endpoint } from "../../src/model/endpoint";
import type { MemberStatus } from "../../src/model/member";
import { SeededRandom } from "../fakes/seeded-random";
import type { NetworkFaults, PacketCodec } from "../fakes/simulated-network";
import { quietNetwork, SimulatedNetwork } from "../fakes/simulated-network";
import type { ClockView } from "../fakes/virtual-clock";
import { VirtualClock } from "../fakes/virtual-clock";
import { Invariants } from "./invariants";
import type { NodeEvent } from "./mesh-node";
import { MeshNode, NodeDisk } from "./mesh-node";

export interface MeshWorldOptions {
  readonly seed: number | string;
  readonly nodes: number;
  /** The first so many nodes; they are everybody's seeds too. */
  readonly voters: number;
  readonly membership?: MembershipOptions;
  readonly faults?: NetworkFaults;
  readonly codec?: PacketCodec;
}

interface Running {
  readonly node: MeshNode;
  readonly clock: ClockView;
  close(): void;
}

/** N nodes of mesh and election on a simulated network, disks and time, with the invariants watched. */
export class MeshWorld {
  readonly clock = new VirtualClock();
  readonly random: SeededRandom;
  readonly network: SimulatedNetwork;
  readonly invariants: Invariants;
  readonly events: { readonly atMs: number; readonly name: string; readonly event: NodeEvent }[] =
    [];
  private readonly running = new Map<string, Running>();
  private readonly disks = new Map<string, NodeDisk>();
  private readonly lives = new Map<string, number>();
  readonly names: readonly string[];

  constructor(private readonly options: MeshWorldOptions) {
    this.random = new SeededRandom(options.seed);
    this.network = new SimulatedNetwork(
      this.clock,
      this.random.fork("network"),
      options.faults ?? quietNetwork,
      options.codec,
    );
    this.names = Array.from({ length: options.nodes }, (_, index) => `n${index + 1}`);
    this.invariants = new Invariants(() => this.nodes());
  }

  /** All of them, within the first second. */
  startAll(): void {
    for (const name of this.names)
      this.clock.after(this.random.between(0, 1000), () => this.start(name));
    this.clock.advance(1000);
  }

  start(name: string, at: { endpoint?: Endpoint; incarnation?: number } = {}): void {
    const life = (this.lives.get(name) ?? 0) + 1;
    this.lives.set(name, life);
    const endpoint = at.endpoint ?? this.endpointOf(name);
    const clock = this.clock.view();
    const transport = this.network.open(name, endpoint);
    const node = new MeshNode(
      {
        clock,
        transport,
        random: this.random.fork(`${name}#${life}`),
        disk: this.diskOf(name),
        observe: (event) => this.observe(name, node, event),
      },
      {
        record: {
          name,
          mesh: endpoint,
          apiPort: 7440,
          grpcPort: 7441,
          voter: this.voters().includes(name),
          version: "0.1.0",
        },
        incarnation: at.incarnation ?? life,
        seeds: this.voters().map((voter) => this.endpointOf(voter)),
        voters: new Map(this.voters().map((voter) => [voter, this.endpointOf(voter)])),
        membership: this.options.membership ?? lanMembership,
        election: defaultElection,
      },
    );
    this.invariants.reborn(name);
    const close = (): void => void transport.close();
    this.running.set(name, { node, clock, close });
    node.start();
  }

  /** Gone in the middle of whatever it did; its disk stays. */
  crash(name: string): void {
    const running = this.running.get(name);
    if (!running) return;
    running.node.stop();
    running.clock.stop();
    running.close();
    this.network.resume(name);
    this.running.delete(name);
  }

  /** Its event loop stands still for `ms`: timers first run on waking, as in Node, and then the inbox is read. */
  stall(name: string, ms: number): void {
    const running = this.running.get(name);
    running?.clock.pause();
    this.network.pause(name);
    this.clock.after(ms, () => {
      running?.clock.resume();
      if (this.running.get(name) === running) this.network.resume(name);
    });
  }

  advance(ms: number): void {
    this.clock.advance(ms);
  }

  /** Advances in small steps until it holds; how long that took, or undefined where it never did. */
  advanceUntil(holds: () => boolean, limitMs: number): number | undefined {
    const fromMs = this.clock.nowMs();
    while (!holds()) {
      if (this.clock.nowMs() - fromMs >= limitMs) return undefined;
      this.clock.advance(10);
    }
    return this.clock.nowMs() - fromMs;
  }

  nodes(): Map<string, MeshNode> {
    return new Map([...this.running].map(([name, { node }]) => [name, node]));
  }

  node(name: string): MeshNode {
    const running = this.running.get(name);
    if (!running) throw new Error(`${name} does not run`);
    return running.node;
  }

  voters(): string[] {
    return this.names.slice(0, this.options.voters);
  }

  diskOf(name: string): NodeDisk {
    const disk = this.disks.get(name) ?? new NodeDisk();
    this.disks.set(name, disk);
    return disk;
  }

  endpointOf(name: string): Endpoint {
    return { address: `10.0.0.${this.names.indexOf(name) + 1}`, port: 7442 };
  }

  /** Who may act now. */
  master(): string | undefined {
    const now = this.clock.nowMs();
    return [...this.nodes()].find(([, node]) => node.election?.mayAct(now))?.[0];
  }

  statusAt(observer: string, subject: string): MemberStatus | undefined {
    return this.node(observer).membership.member(subject)?.status;
  }

  /** Every running node sees exactly the running ones alive, in the same incarnations, and the same master. */
  converged(): boolean {
    const views = [...this.nodes().values()].map(({ membership }) =>
      JSON.stringify([
        membership
          .members()
          .filter(({ status }) => status === "alive")
          .map(({ record, incarnation }) => [record, incarnation]),
        membership.master()?.term,
        membership.master()?.name,
      ]),
    );
    const [first] = [...this.nodes().values()];
    const alive = first?.membership.members().filter(({ status }) => status === "alive");
    return (
      new Set(views).size === 1 &&
      alive?.length === this.running.size &&
      this.master() !== undefined &&
      this.master() === first?.membership.master()?.name
    );
  }

  private observe(name: string, node: MeshNode, event: NodeEvent): void {
    const nowMs = this.clock.nowMs();
    if (event.kind !== "send" && event.kind !== "called")
      this.events.push({ atMs: nowMs, name, event });
    this.invariants.event(event, { name, node, nowMs });
  }
}
