import type { Endpoint } from "../model/endpoint";
import type { MasterRecord, Member, MemberRecord } from "../model/member";
import type { MembershipMessage, MemberUpdate, MeshPacket } from "../model/mesh-message";
import { Conflicts } from "./conflicts";
import type { MembershipEffect, Peer } from "./effects";
import { MasterView } from "./master-view";
import { MemberTable } from "./member-table";
import { isGone } from "./merge";
import type { MembershipOptions } from "./options";
import { Outbox } from "./outbox";
import type { ProbeStep } from "./prober";
import { Prober } from "./prober";
import { Relays } from "./relays";
import { Rumours } from "./rumours";
import { Schedule } from "./schedule";
import { Self } from "./self";
import { sample } from "./shuffle";
import { StateExchange } from "./state-exchange";
import { suspicionTimeoutMs, Suspicions } from "./suspicions";

export type { MembershipEffect } from "./effects";
export type { MembershipOptions } from "./options";

const maxSeq = 2 ** 31;

type Sender = Peer & { readonly name: string };

/**
 * One node's part of the mesh: SWIM (Das, Gupta, Motivala, DSN 2002) with suspicion, piggybacked rumours,
 * periodic state exchange, and allowance for our own pauses. A machine without a world: it is told what
 * arrived and what time it is, and answers with effects, to be carried out in order.
 *
 * The driver calls `tick` at `deadlineMs()`, or as soon after as it can, and asks for the deadline again
 * after every call.
 */
export class Membership {
  private readonly self: Self;
  private readonly table: MemberTable;
  private readonly rumours = new Rumours();
  private readonly suspicions = new Suspicions();
  private readonly relays: Relays;
  private readonly prober: Prober;
  private readonly schedule: Schedule;
  private readonly outbox: Outbox;
  private readonly exchange: StateExchange;
  private readonly masterView = new MasterView();
  private readonly conflicts = new Conflicts();
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
    this.schedule = new Schedule(options, random);
    const known = { table: this.table, master: this.masterView };
    this.outbox = new Outbox(options, self.name, known, this.rumours);
    this.exchange = new StateExchange(this.self, this.table, this.outbox, random);
    // A restarted node must not take answers to its former life's pings for its own.
    this.seq = Math.floor(random() * maxSeq);
    const nextSeq = (): number => this.nextSeq();
    this.prober = new Prober(options, random, nextSeq);
    this.relays = new Relays(options, this.table, this.outbox, nextSeq);
  }

  /** Joins through any of `seeds` (ourselves among them does no harm), and asks again for ever while alone. */
  start(seeds: readonly Endpoint[], nowMs: number): MembershipEffect[] {
    this.exchange.setSeeds(seeds);
    this.self.start(nowMs);
    this.prober.start(nowMs);
    this.schedule.start(nowMs, this.exchange.hasSeeds);
    this.outbox.emit({ kind: "member", member: this.self.member(), previous: undefined });
    this.spread(this.self.update(), nowMs);
    this.exchange.askSeeds();
    return this.outbox.take();
  }

  receive(packet: MeshPacket, from: Endpoint, nowMs: number): MembershipEffect[] {
    // Our own name: an echo of ourselves, or a second node of that name, which the mesh's claims will show.
    if (this.self.left || packet.from === this.self.record.name) return [];
    for (const update of packet.gossip ?? []) this.merge(update, nowMs, from);
    if (packet.master) this.mergeMaster(packet.master, nowMs);
    if (packet.membership) this.handle(packet.membership, { name: packet.from, at: from }, nowMs);
    return this.outbox.take();
  }

  tick(nowMs: number): MembershipEffect[] {
    this.allowForOwnPause(nowMs);
    this.carryOut(this.prober.tick(nowMs, this.table.present()), nowMs);
    this.relays.tick(nowMs);
    for (const name of this.suspicions.takeWarned(nowMs)) this.warn(name);
    for (const name of this.suspicions.takeExpired(nowMs)) this.declareDead(name, nowMs);
    if (this.schedule.joinDue(nowMs) && this.alone()) this.exchange.askSeeds();
    if (this.schedule.stateDue(nowMs, this.size())) this.exchange.askSome();
    if (this.schedule.reapDue(nowMs)) this.reap(nowMs);
    if (this.schedule.gossipDue(nowMs, this.hasNews()))
      for (const member of sample(this.table.present(), this.options.gossipNodes, this.random))
        this.outbox.gossip(member);
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
    this.outbox.emit({ kind: "member", member: this.self.member(), previous: "alive" });
    this.spread(goodbye, nowMs);
    for (const member of sample(this.table.present(), this.options.leaveFanout, this.random))
      this.outbox.tell(member.record.mesh, goodbye);
    return this.outbox.take();
  }

  /** Spreads the election's outcome; without effect where a newer one is known. */
  announce(master: MasterRecord, nowMs: number): MembershipEffect[] {
    this.mergeMaster(master, nowMs);
    return this.outbox.take();
  }

  /** By name, ourselves included. */
  members(): Member[] {
    return [...this.table.all(), this.self.member()].sort((a, b) =>
      a.record.name < b.record.name ? -1 : 1,
    );
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
        this.prober.answered(message.seq, sender.name);
        this.relays.answered(message.seq, sender.name);
        return;
      case "nack":
        this.carryOut(this.prober.gaveUp(message.seq, sender.name), nowMs);
        return;
      case "join":
        this.merge(message.update, nowMs);
        if (this.schedule.mayAnswerState(nowMs)) this.exchange.answer(sender);
        return;
      case "state":
        for (const update of message.updates) this.mergeHearsay(update, nowMs);
        return;
    }
  }

  private answerPing(seq: number, target: string, sender: Sender): void {
    // Our address was another's before: our silence tells that it is gone.
    if (target !== this.self.record.name) return;
    this.outbox.send(sender, { kind: "ack", seq });
    // It knows us and we do not know it: we forgot, or have never heard.
    if (!this.table.get(sender.name)) this.exchange.ask(sender);
  }

  /**
   * A death told in a state may be old: after a partition each side holds the other for dead. It is a reason
   * to suspect, so that each gets its chance to refute, never to bury at once.
   */
  private mergeHearsay(update: MemberUpdate, nowMs: number): void {
    const soften = update.status === "dead" && this.member(update.record.name) !== undefined;
    this.merge(soften ? { ...update, status: "suspect" } : update, nowMs);
  }

  /** `teller`: where the packet came from that brings the update. */
  private merge(update: MemberUpdate, nowMs: number, teller?: Endpoint): void {
    const { name } = update.record;
    if (name === this.self.record.name) {
      this.mergeSelf(update, nowMs, teller);
      return;
    }
    const outcome = this.table.merge(update, nowMs);
    if (outcome.kind === "conflict") this.tellConflict(update.record, outcome.with, nowMs);
    if (outcome.kind !== "changed") return;
    const { member, previous, visible } = outcome;
    if (isGone(member.status)) this.prober.remove(name);
    else this.prober.add(name);
    if (member.status === "suspect")
      this.suspicions.start(name, suspicionTimeoutMs(this.options, this.size()), nowMs);
    else this.suspicions.end(name);
    this.spread(update, nowMs);
    if (visible) this.outbox.emit({ kind: "member", member, previous });
  }

  private mergeSelf(update: MemberUpdate, nowMs: number, teller?: Endpoint): void {
    const answer = this.self.hear(update);
    if (answer === "outdated" && teller) this.outbox.tell(teller, this.self.update());
    if (answer === "refute") this.spread(this.self.update(), nowMs);
    if (answer === "conflict") this.tellConflict(update.record, this.self.record, nowMs);
  }

  private mergeMaster(master: MasterRecord, nowMs: number): void {
    if (!this.masterView.accept(master)) return;
    this.rumours.addMaster();
    this.schedule.hurryGossip(nowMs);
    this.outbox.emit({ kind: "master", master });
  }

  private tellConflict(record: MemberRecord, holder: MemberRecord, nowMs: number): void {
    for (const effect of this.conflicts.tell(record, holder, nowMs)) this.outbox.emit(effect);
  }

  private carryOut(steps: readonly ProbeStep[], nowMs: number): void {
    for (const step of steps) {
      if (step.kind === "accuse") this.accuse(step.name, step.incarnation, nowMs);
      else this.outbox.send({ name: step.name, at: step.at }, step.message);
    }
  }

  private accuse(name: string, incarnation: number, nowMs: number): void {
    const update = this.table.updateOf(name);
    // Where the incarnation has risen it refuted since it was pinged.
    if (update?.incarnation === incarnation)
      this.merge({ ...update, status: "suspect", from: this.self.record.name }, nowMs);
  }

  /** The accusation rides along; the answer, if any, brings the refutation. */
  private warn(name: string): void {
    const at = this.table.get(name)?.record.mesh;
    if (at) this.outbox.send({ name, at }, { kind: "ping", seq: this.nextSeq(), target: name });
  }

  private declareDead(name: string, nowMs: number): void {
    const update = this.table.updateOf(name);
    if (update) this.merge({ ...update, status: "dead", from: this.self.record.name }, nowMs);
  }

  /** See `stallToleranceMs`. */
  private allowForOwnPause(nowMs: number): void {
    const lateMs = nowMs - this.deadlineMs();
    if (lateMs <= this.options.stallToleranceMs) return;
    const notBeforeMs = nowMs + this.options.probeTimeoutMs;
    this.prober.prolong(lateMs, notBeforeMs);
    this.suspicions.prolong(lateMs, notBeforeMs);
  }

  private reap(nowMs: number): void {
    for (const name of this.table.reap(nowMs - this.options.deadRetentionMs))
      this.rumours.forget(name);
  }

  private spread(update: MemberUpdate, nowMs: number): void {
    this.rumours.add(update);
    this.schedule.hurryGossip(nowMs);
  }

  private hasNews(): boolean {
    return !this.rumours.empty && !this.alone();
  }

  private alone(): boolean {
    return this.table.presentCount() === 0;
  }

  private size(): number {
    return this.table.presentCount() + 1;
  }

  private nextSeq(): number {
    this.seq = (this.seq + 1) % maxSeq;
    return this.seq;
  }
}
