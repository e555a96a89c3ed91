import type { ElectionOptions } from "../election/election";
import { Master } from "../master/master";
import { Membership, type MembershipOptions } from "../membership/membership";
import type { MasterRecord, MemberRecord } from "../model/member";
import type { Resources } from "../model/resources";
import type { Catalog } from "../ports/catalog";
import type { Clock } from "../ports/clock";
import type { Containers } from "../ports/containers";
import type { AgentControl, Control } from "../ports/control";
import type { Disk } from "../ports/disk";
import type { Log } from "../ports/log";
import type { AgentGate, MasterDialer } from "../ports/master-link";
import type { MeshTransport } from "../ports/mesh-transport";
import type { Prober } from "../ports/prober";
import type { Random } from "../ports/random";
import type { Store } from "../ports/store";
import { servicesFramework } from "../frameworks/services/services";
import { CountedContainers } from "../worker/counted-containers";
import { Worker } from "../worker/worker";
import { Attachment } from "./attachment";
import { DesiredCopy } from "./desired-copy";
import { Fitness } from "./fitness";
import { HandOver } from "./hand-over";
import { Mesh } from "./mesh";
import { Presence } from "./presence";
import { Seat } from "./seat";
import { SelfView } from "./self-view";
import { masterRecordOf, nodeInfoOf } from "./views";

const leavingReason = "the node leaves the cluster";

export interface NodeWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly disk: Disk;
  readonly transport: MeshTransport;
  readonly containers: Containers;
  readonly prober: Prober;
  readonly catalog: Catalog;
  readonly store: Store;
  readonly gate: AgentGate;
  readonly dialer: MasterDialer;
}

export interface NodeOptions {
  readonly cluster: string;
  readonly datacenter: string;
  readonly record: MemberRecord;
  /** Declared voters, name to address; also the seeds of the mesh. */
  readonly voters: Readonly<Record<string, string>>;
  readonly meshPort: number;
  readonly resources: Resources;
  readonly attributes: Readonly<Record<string, string>>;
  readonly membership: MembershipOptions;
  readonly election: Omit<ElectionOptions, "voters" | "self">;
  readonly configHash: string;
  readonly pid: number;
  /** Called when the node has left for good: end the process. */
  readonly left: () => void;
}

/** One agent in memory, wired over ports: the process runs one of these, a simulation many. */
export class CoveyNode {
  private readonly mesh: Mesh;
  private readonly seat: Seat;
  private readonly master: Master;
  private readonly worker: Worker;
  private readonly attachment: Attachment;
  private readonly presence: Presence;
  private readonly copy: DesiredCopy;
  private readonly consul: Fitness;
  private readonly docker: Fitness;
  private readonly handOver: HandOver;
  private readonly view: SelfView;
  private readonly ownControl: AgentControl = {
    status: () => this.view.status(),
    agent: () => this.view.agent(),
    members: () => this.view.members(),
    figures: () => this.view.figures(),
    master: () => this.view.master(),
    apiOf: (name) => this.view.apiOf(name),
    leave: (options) => (this.leaving ??= this.leave(options.stopTasks)),
  };
  private leaving: Promise<void> | undefined;
  private departing = false;

  constructor(
    private readonly world: NodeWorld,
    private readonly options: NodeOptions,
  ) {
    const { record } = options;
    const incarnation = Math.floor(world.clock.wallMs());
    const membership = new Membership(options.membership, record, incarnation, () =>
      world.random.next(),
    );
    this.mesh = new Mesh(world, membership, record.name, {
      memberChanged: (member) => {
        this.handOver.seen(member.record.name, member.status);
        this.master.memberChanged(member);
      },
      masterAnnounced: (master) => this.masterAnnounced(master),
      electionMessage: (from, message) => this.seat.ballots.receive(from, message),
    });
    this.copy = new DesiredCopy(world);
    this.seat = this.makeSeat();
    const self = { node: record.name, address: record.mesh.address };
    const containers = new CountedContainers(world.containers);
    this.worker = new Worker({ ...world, containers }, self);
    this.attachment = new Attachment(world, {
      info: () =>
        nodeInfoOf(this.options, {
          voter: this.seat.ballots.isVoter,
          unhealthy: this.departing ? leavingReason : this.worker.unhealthy,
        }),
      tasks: () => this.worker.records(),
      obey: (message) => {
        // We may have been taken for dead, and our entry removed.
        if (message.kind === "attached") this.presence.audit();
        this.worker.obey(message);
      },
    });
    this.worker.onMessage((message) => {
      if (message.kind === "status" || !this.departing) this.attachment.send(message);
      // Adopted late, because Docker did not answer at the start: it is so right after this message.
      if (message.kind === "health") world.clock.after(0, () => this.attachOnceAdopted());
    });
    this.master = this.makeMaster();
    this.presence = new Presence(world, { ...record, ...self });
    this.consul = new Fitness(world.clock, () => world.catalog.ping());
    this.docker = new Fitness(world.clock, () => world.containers.ping());
    this.handOver = new HandOver(world.clock);
    const { mesh, seat, worker, attachment, consul, docker } = this;
    this.view = new SelfView(
      { mesh, seat, worker, containers, attachment, consul, docker, acting: () => this.acting },
      options,
    );
  }

  async start(): Promise<void> {
    this.consul.start();
    this.docker.start();
    this.presence.start();
    this.mesh.start(this.seat.seeds());
    this.seat.start();
    await this.worker.start();
    this.attachOnceAdopted();
  }

  /** The process ends, the node does not: its containers run on and are found again. */
  async stop(): Promise<void> {
    this.seat.ballots.stop();
    this.master.stop("the agent stops");
    this.attachment.stop();
    this.presence.stop();
    this.copy.stop();
    this.consul.stop();
    this.docker.stop();
    this.mesh.stop();
    await this.worker.stop();
  }

  /** The highest term it knows. */
  get term(): number {
    return this.view.term;
  }

  control(): Control {
    return { agent: this.ownControl, master: this.acting ? this.master.control : undefined };
  }

  /** After a pause of ours the lease may be over though nobody has told us yet. */
  private get acting(): boolean {
    return this.master.acting && this.seat.ballots.mayAct;
  }

  private attachOnceAdopted(): void {
    if (this.worker.adopted) this.attachment.start();
  }

  private makeSeat(): Seat {
    const { options, world, mesh, copy } = this;
    const { election, voters: declared, meshPort, record } = options;
    return new Seat(
      { ...world, mesh, copy },
      { self: record.name, election, declared, meshPort },
      {
        elected: (term) => this.elected(term),
        lapsed: (term) => world.log.warn("the lease is over: holding still", { term }),
        resumed: () => this.resumed(),
        deposed: (term, reason) => this.deposed(term, reason),
        following: (term, master) => this.following(term, master),
        seated: (isVoter) => this.presence.actAsVoter(isVoter),
      },
    );
  }

  private makeMaster(): Master {
    return new Master({
      ...this.world,
      self: this.options.record.name,
      electorate: this.seat.door(),
      lastDesired: () => this.copy.last,
      mayAct: () => this.seat.ballots.mayAct,
      handOver: (to) => this.handOver.begin(to, () => this.seat.ballots.transfer(to)),
      members: () => this.mesh.members(),
      onDeposed: (term, reason) => {
        this.seat.ballots.observeTerm(term);
        this.seat.ballots.stepDown(reason);
      },
      frameworks: [servicesFramework],
    });
  }

  private elected(term: number): void {
    this.world.log.info("elected master", { term });
    this.master.start(term);
    this.presence.actAsMaster(true);
    this.mesh.announce(this.ownMasterRecord(term));
    this.attachment.follow(this.ownMasterRecord(term));
  }

  private deposed(term: number, reason: string): void {
    this.world.log.warn("no longer master", { term, reason });
    this.master.stop(reason);
    this.presence.actAsMaster(false);
  }

  private resumed(): void {
    this.master.resume();
    this.handOver.resumed();
  }

  /** A heartbeat told us before gossip did. */
  private following(term: number, name: string): void {
    this.handOver.heard({ term, name });
    const member = this.mesh.member(name);
    if (!member) return;
    this.mesh.announce(masterRecordOf(term, member.record));
    this.attachment.follow(masterRecordOf(term, member.record));
  }

  private masterAnnounced(master: MasterRecord): void {
    this.seat.ballots.observeTerm(master.term);
    this.attachment.follow(master);
  }

  private ownMasterRecord(term: number): MasterRecord {
    return masterRecordOf(term, this.options.record);
  }

  private async leave(stopTasks: boolean): Promise<void> {
    const { log } = this.world;
    log.info("leaving the cluster", { stopTasks });
    // Nobody need wait for our lease to end.
    if (this.acting)
      await this.master.control
        .transfer(undefined)
        .catch((error: unknown) => log.info("leaves without a hand-over", { why: String(error) }));
    // Before a task ends: its successor must not be launched here.
    this.departing = true;
    this.attachment.send({ kind: "health", unhealthy: leavingReason });
    this.seat.ballots.stop();
    this.master.stop("the node leaves");
    this.presence.actAsMaster(false);
    if (stopTasks) await this.worker.stopTasks();
    this.attachment.stop();
    await this.presence.withdraw().catch((error: unknown) => {
      log.warn("cannot withdraw from the catalog", { error: String(error) });
    });
    await this.mesh.leave();
    await this.stop();
    this.options.left();
  }
}
