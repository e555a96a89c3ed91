import type { Endpoint } from "../model/endpoint";
import type { MasterRecord, Member, MemberRecord, MemberStatus } from "../model/member";
import type { MembershipMessage, MemberUpdate, MeshPacket, MeshPath } from "../model/mesh-message";
import { Awareness } from "./awareness";
import { Claims } from "./claims";
import type { MembershipEffect, Peer } from "./effects";
import { Hearing } from "./hearing";
import { MasterView } from "./master-view";
import { MemberTable } from "./member-table";
import { isPresent } from "./merge";
import type { MembershipOptions } from "./options";
import { Outbox } from "./outbox";
import type { ProbeStep } from "./prober";
import { Prober } from "./prober";
import { Relays } from "./relays";
import { Rumours } from "./rumours";
import { Schedule } from "./schedule";
import { Self } from "./self";
import { StateExchange } from "./state-exchange";
import { Suspicions } from "./suspicions";

export type { MembershipEffect } from "./effects";
export type { MembershipOptions } from "./options";

const maxSeq = 2 ** 31;

/** `over`: the path its message came by. */
type Sender = Peer & { readonly name: string; readonly over: MeshPath };

/**
 * One node's part of the mesh: SWIM (Das, Gupta, Motivala, DSN 2002) with suspicion and piggybacked rumours,
 * Lifeguard (Dadgar, Phillips, Currey, DSN 2018), periodic state exchange, and allowance for our own pauses. A machine
 * without a world: it is told what arrived and what time it is, and answers with effects, to be carried out in order.
 *
 * The driver calls `tick` at `deadlineMs()`, or as soon after as it can, and asks for the deadline again
 * after every call.
 */
export class Membership {
  private readonly self: Self;
  private readonly table: MemberTable;
  readonly awareness: Awareness;
  private readonly rumours = new Rumours();
  private readonly suspicions: Suspicions;
  private readonly relays: Relays;
  private readonly prober: Prober;
  private readonly hearing: Hearing;
  private readonly schedule: Schedule;
  private readonly outbox: Outbox;
  private readonly exchange: StateExchange;
  private readonly claims: Claims;
  private readonly masterView = new MasterView();
  private seq: number;

  /**
   * `incarnation`: any whole number; best one above that of the node's former life, where it knows it (else it
   * is believed one exchange later). `random` is uniform in [0, 1).
   */
  constructor(
    private readonly options: MembershipOptions,
    self: MemberRecord,
    incarnation: number,
    private readonly random: () => number,
  ) {
    this.self = new Self(self, incarnation);
    this.table = new MemberTable(options.maxMembers);
    this.suspicions = new Suspicions(options.secondChances);
    this.awareness = new Awareness(options.awarenessLevels);
    this.hearing = new Hearing(options);
    this.schedule = new Schedule(options, random);
    const known = { table: this.table, master: this.masterView };
    this.outbox = new Outbox(options, self.name, known, this.rumours);
    this.exchange = new StateExchange(this.self, this.table, this.outbox, random);
    // A restarted node must not take answers to its former life's pings for its own.
    this.seq = Math.floor(random() * maxSeq);
    const nextSeq = (): number => this.nextSeq();
    const { table, awareness, rumours, suspicions, schedule, outbox } = this;
    this.prober = new Prober(options, { table, awareness, random, nextSeq });
    this.relays = new Relays(options, table, outbox, nextSeq);
    this.claims = new Claims(options, {
      self: this.self,
      table,
      awareness,
      prober: this.prober,
      suspicions,
      rumours,
      schedule,
      outbox,
    });
  }

  /** Joins through any of `seeds` (ourselves among them does no harm), and asks again for ever while alone. */
  start(seeds: readonly Endpoint[], nowMs: number): MembershipEffect[] {
    this.exchange.setSeeds(seeds);
    this.self.start(nowMs);
    this.prober.start(nowMs);
    this.hearing.start(nowMs);
    this.schedule.start(nowMs, this.exchange.hasSeeds);
    this.tellOfSelf(undefined);
    this.claims.spread(this.self.update(), nowMs);
    this.exchange.askSeeds();
    return this.outbox.take();
  }

  /** The mesh is told that this node has become a voter, or is none any more. */
  beVoter(voter: boolean, nowMs: number): MembershipEffect[] {
    if (this.self.beVoter(voter, nowMs)) this.claims.spread(this.self.update(), nowMs);
    return this.outbox.take();
  }

  /**
   * Takes these members for known, and spreads nothing: for a simulation that begins with a large mesh, since
   * thousands that first must join one another cost more than all that is measured then.
   */
  acquaint(updates: readonly MemberUpdate[], nowMs: number): void {
    for (const update of updates) this.claims.learn(update, nowMs);
  }

  receive(
    packet: MeshPacket,
    from: Endpoint,
    nowMs: number,
    over: MeshPath = "datagram",
  ): MembershipEffect[] {
    // Our own name: an echo of ourselves, or a second node of that name, which the mesh's claims will show.
    if (this.self.left || packet.from === this.self.record.name) return [];
    this.hearing.heard(nowMs);
    for (const update of packet.gossip ?? []) this.claims.merge(update, nowMs, from);
    if (packet.master) this.mergeMaster(packet.master, nowMs);
    const sender = { name: packet.from, at: from, over };
    if (packet.membership) this.handle(packet.membership, sender, nowMs);
    return this.outbox.take();
  }

  tick(nowMs: number): MembershipEffect[] {
    this.allowForOwnPause(nowMs);
    this.carryOut(this.prober.tick(nowMs), nowMs);
    this.relays.tick(nowMs);
    for (const name of this.suspicions.takeWarned(nowMs)) this.warn(name);
    this.hearing.hold(this.suspicions, nowMs, this.table.presentCount());
    for (const name of this.suspicions.takeExpired(nowMs)) this.claims.declareDead(name, nowMs);
    if (this.schedule.joinDue(nowMs) && this.alone()) this.exchange.askSeeds();
    if (this.schedule.stateDue(nowMs, this.table.presentCount() + 1)) this.exchange.askSome();
    if (this.schedule.reapDue(nowMs)) this.claims.reap(nowMs);
    if (this.schedule.gossipDue(nowMs, this.hasNews())) this.gossip(nowMs);
    return this.outbox.take();
  }

  /** When `tick` wants to be called next; Infinity: not at all, as things are. */
  deadlineMs(): number {
    return Math.min(
      this.prober.deadlineMs(),
      this.relays.deadlineMs(),
      this.suspicions.deadlineMs(),
      this.schedule.deadlineMs(this.hasNews()),
    );
  }

  /** Says goodbye. Nothing is received any more; further ticks repeat the goodbye for as long as they come. */
  leave(nowMs: number): MembershipEffect[] {
    if (this.self.left) return [];
    this.self.leave(nowMs);
    this.prober.stop();
    this.schedule.stop();
    this.suspicions.clear();
    const goodbye = this.self.update();
    this.tellOfSelf("alive");
    this.claims.spread(goodbye, nowMs);
    const told = this.table.sample(this.options.leaveFanout, this.random, isPresent);
    for (const member of told) this.outbox.tell(member.record.mesh, goodbye);
    return this.outbox.take();
  }

  /** Spreads the election's outcome; without effect where a newer one is known. */
  announce(master: MasterRecord, nowMs: number): MembershipEffect[] {
    this.mergeMaster(master, nowMs);
    return this.outbox.take();
  }

  /** By name, ourselves included; the same list for as long as nothing has changed. */
  members(): readonly Member[] {
    return this.table.allWith(this.self.member());
  }

  member(name: string): Member | undefined {
    return name === this.self.record.name ? this.self.member() : this.table.get(name);
  }

  master(): MasterRecord | undefined {
    return this.masterView.record;
  }

  /** Knows another live member, or has nobody to join. */
  get joined(): boolean {
    return !this.exchange.hasSeeds || !this.alone();
  }

  private handle(message: MembershipMessage, sender: Sender, nowMs: number): void {
    switch (message.kind) {
      case "ping":
        this.answerPing(message.seq, message.target, sender);
        return;
      case "ping-req":
        this.relays.ping(message.target, { by: sender.at, seq: message.seq, nowMs });
        return;
      case "ack":
        this.carryOut(this.prober.answered(message.seq, sender.name, sender.over), nowMs);
        this.relays.answered(message.seq, sender.name);
        return;
      case "nack":
        this.carryOut(this.prober.gaveUp(message.seq, sender.name), nowMs);
        return;
      case "join":
        this.claims.merge(message.update, nowMs);
        if (this.schedule.mayAnswerState(nowMs))
          this.exchange.answer(sender, message.digest, sender.over);
        return;
      case "state":
        for (const update of message.updates) this.claims.mergeHearsay(update, nowMs);
        if (message.digest && this.schedule.mayAnswerState(nowMs))
          this.exchange.complete(sender, message.digest);
        return;
    }
  }

  private answerPing(seq: number, target: string, sender: Sender): void {
    // Our address was another's before: our silence tells that it is gone.
    if (target !== this.self.record.name) return;
    this.outbox.send(sender, { kind: "ack", seq }, sender.over);
    // It knows us and we do not know it: we forgot, or have never heard.
    if (!this.table.get(sender.name)) this.exchange.ask(sender, sender.over);
  }

  private mergeMaster(master: MasterRecord, nowMs: number): void {
    if (!this.masterView.accept(master)) return;
    this.rumours.addMaster();
    this.schedule.hurryGossip(nowMs);
    this.outbox.emit({ kind: "master", master });
  }

  private carryOut(steps: readonly ProbeStep[], nowMs: number): void {
    for (const step of steps) {
      if (step.kind === "accuse") this.claims.accuse(step.name, step.incarnation, nowMs);
      else if (step.kind === "tell")
        this.outbox.send({ name: step.name, at: step.at }, step.message, step.over);
      else this.outbox.emit(step);
    }
  }

  /**
   * The accusation rides along; the answer, if any, brings the refutation. No stream: all who suspect it do this at once,
   * and what only streams reach hears of it in the next probe's.
   */
  private warn(name: string): void {
    const at = this.table.get(name)?.record.mesh;
    if (at) this.outbox.send({ name, at }, { kind: "ping", seq: this.nextSeq(), target: name });
  }

  /** See `stallToleranceMs`. */
  private allowForOwnPause(nowMs: number): void {
    const lateMs = nowMs - this.deadlineMs();
    if (lateMs <= this.options.stallToleranceMs) return;
    const notBeforeMs = nowMs + this.options.probeTimeoutMs;
    this.prober.prolong(lateMs, notBeforeMs);
    this.suspicions.prolong(lateMs, notBeforeMs);
    this.awareness.adjust(1);
  }

  private gossip(nowMs: number): void {
    const deadSinceMs = nowMs - this.options.gossipToTheDeadMs;
    const targets = this.table.sample(
      this.options.gossipNodes,
      this.random,
      (member) =>
        isPresent(member) || (member.status === "dead" && member.changedAtMs > deadSinceMs),
    );
    for (const member of targets) this.outbox.gossip(member);
  }

  private tellOfSelf(previous: MemberStatus | undefined): void {
    const member = this.self.member();
    this.outbox.emit({ kind: "member", member, previous, by: member.record.name });
  }

  private hasNews(): boolean {
    return !this.rumours.empty && !this.alone();
  }

  private alone(): boolean {
    return this.table.presentCount() === 0;
  }

  private nextSeq(): number {
    this.seq = (this.seq + 1) % maxSeq;
    return this.seq;
  }
}
