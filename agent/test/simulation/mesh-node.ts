import type { Ballot, ElectionEffect, ElectionOptions } from "../../src/election/election";
import { Election, parseBallot } from "../../src/election/election";
import type { MembershipEffect, MembershipOptions } from "../../src/membership/membership";
import { Membership } from "../../src/membership/membership";
import type { Endpoint } from "../../src/model/endpoint";
import type { MemberRecord } from "../../src/model/member";
import type { MemberUpdate, MeshPacket, MeshPath } from "../../src/model/mesh-message";
import type { Timer } from "../../src/ports/clock";
import type { MeshTransport } from "../../src/ports/mesh-transport";
import type { SeededRandom } from "../fakes/seeded-random";
import type { ClockView } from "../fakes/virtual-clock";

export type NodeEvent =
  | MembershipEffect
  | ElectionEffect
  | { readonly kind: "stored"; readonly ballot: Ballot }
  | { readonly kind: "persist-failed" }
  | { readonly kind: "called" };

/** What survives a crash. `failing`: writes throw. */
export class NodeDisk {
  stored: unknown = undefined;
  failing = false;

  write(value: unknown): void {
    if (this.failing) throw new Error("disk full");
    this.stored = JSON.parse(JSON.stringify(value));
  }
}

export interface NodeSetup {
  readonly record: MemberRecord;
  readonly incarnation: number;
  readonly seeds: readonly Endpoint[];
  /** Name to endpoint, of all voters. */
  readonly voters: ReadonlyMap<string, Endpoint>;
  readonly membership: MembershipOptions;
  readonly election: Omit<ElectionOptions, "voters" | "self">;
  /** Whom it knows from the start. */
  readonly known?: readonly MemberUpdate[];
}

export interface NodeWorld {
  readonly clock: ClockView;
  readonly transport: MeshTransport;
  readonly random: SeededRandom;
  readonly disk: NodeDisk;
  /** Told of every effect before it is carried out, and after every call. */
  readonly observe: (event: NodeEvent) => void;
}

/** One life of one node: mesh and election, and the little that ties them together. */
export class MeshNode {
  readonly membership: Membership;
  readonly election: Election | undefined;
  private timer: Timer | undefined;
  private timerAtMs = Number.NaN;
  private stopped = false;

  constructor(
    private readonly world: NodeWorld,
    private readonly setup: NodeSetup,
  ) {
    const { record, voters } = setup;
    const draw = (): number => world.random.next();
    this.membership = new Membership(setup.membership, record, setup.incarnation, draw);
    if (voters.has(record.name))
      this.election = new Election(
        { ...setup.election, voters: [...voters.keys()], self: record.name },
        parseBallot(world.disk.stored),
        draw,
        world.clock.nowMs(),
      );
  }

  start(): void {
    this.world.transport.onPacket((packet, from, over) => this.receive(packet, from, over));
    this.membership.acquaint(this.setup.known ?? [], this.now);
    this.mesh(this.membership.start(this.setup.seeds, this.now));
    this.called();
  }

  leave(): void {
    this.mesh(this.membership.leave(this.now));
    this.called();
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  stepDown(reason: string): void {
    this.ballots(this.election?.stepDown(this.now, reason) ?? []);
    this.called();
  }

  private get now(): number {
    return this.world.clock.nowMs();
  }

  private receive(packet: MeshPacket, from: Endpoint, over: MeshPath): void {
    if (this.stopped) return;
    if (packet.election)
      this.ballots(this.election?.receive(packet.from, packet.election, this.now) ?? []);
    this.mesh(this.membership.receive(packet, from, this.now, over));
    this.called();
  }

  private tick(): void {
    this.timerAtMs = Number.NaN;
    if (this.election && this.election.deadlineMs() <= this.now)
      this.ballots(this.election.tick(this.now));
    if (this.membership.deadlineMs() <= this.now) this.mesh(this.membership.tick(this.now));
    this.called();
  }

  private called(): void {
    if (this.stopped) return;
    this.world.observe({ kind: "called" });
    const deadlineMs = Math.min(
      this.membership.deadlineMs(),
      this.election?.deadlineMs() ?? Infinity,
    );
    // A timer that comes too soon finds nothing due and sets the next: cheaper than replacing it at each packet.
    if (deadlineMs >= this.timerAtMs) return;
    this.timer?.cancel();
    this.timerAtMs = deadlineMs;
    this.timer = this.world.clock.after(deadlineMs - this.now, () => this.tick());
  }

  private mesh(effects: readonly MembershipEffect[]): void {
    for (const effect of effects) {
      this.world.observe(effect);
      if (effect.kind === "send") this.send(effect);
      if (effect.kind === "master")
        this.ballots(this.election?.observeTerm(effect.master.term, this.now) ?? []);
    }
  }

  private send({ to, packet, over }: MembershipEffect & { readonly kind: "send" }): void {
    if (over === "stream") this.world.transport.sendStream(to, packet);
    else this.world.transport.send(to, packet);
  }

  private ballots(effects: readonly ElectionEffect[]): void {
    for (const effect of effects) {
      this.world.observe(effect);
      if (effect.kind === "persist" && !this.persisted(effect.ballot)) return;
      if (effect.kind === "send") this.sendBallot(effect.to, effect.message);
      if (effect.kind === "master") this.announce(effect.term, this.setup.record.name);
      if (effect.kind === "deposed") this.announce(effect.term, undefined);
    }
  }

  private persisted(ballot: Ballot): boolean {
    try {
      this.world.disk.write(ballot);
      this.world.observe({ kind: "stored", ballot });
      return true;
    } catch {
      this.world.observe({ kind: "persist-failed" });
      this.ballots(this.election?.persistFailed(this.now) ?? []);
      return false;
    }
  }

  private sendBallot(to: string, election: NonNullable<MeshPacket["election"]>): void {
    const endpoint = this.setup.voters.get(to);
    if (endpoint) this.world.transport.send(endpoint, { from: this.setup.record.name, election });
  }

  private announce(term: number, name: string | undefined): void {
    const { mesh, apiPort, grpcPort } = this.setup.record;
    const master = { term, name, address: mesh.address, apiPort, grpcPort };
    this.mesh(this.membership.announce(master, this.now));
  }
}
