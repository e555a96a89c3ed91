import type { Membership, MembershipEffect } from "../membership/membership";
import type { Endpoint } from "../model/endpoint";
import { formatEndpoint } from "../model/endpoint";
import type { MasterRecord, Member, MemberStatus } from "../model/member";
import type { ElectionMessage, MeshPacket, MeshPath } from "../model/mesh-message";
import type { Clock, Timer } from "../ports/clock";
import type { Log } from "../ports/log";
import type { MeshTransport } from "../ports/mesh-transport";

const goodbyeMs = 300;

export interface MeshListener {
  memberChanged(member: Member, previous: MemberStatus | undefined): void;
  masterAnnounced(master: MasterRecord): void;
  electionMessage(from: string, message: ElectionMessage): void;
}

/** Runs the membership machine on a real (or simulated) network: packets and time in, packets and news out. */
export class Mesh {
  private timer: Timer | undefined;
  private stopped = false;

  constructor(
    private readonly world: { clock: Clock; transport: MeshTransport; log: Log },
    private readonly membership: Membership,
    private readonly self: string,
    private readonly listener: MeshListener,
  ) {}

  start(seeds: readonly Endpoint[]): void {
    this.world.transport.onPacket((packet, from, over) => this.receive(packet, from, over));
    this.perform(this.membership.start(seeds, this.world.clock.nowMs()));
  }

  /** The transport itself is closed by whoever opened it. */
  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  announce(master: MasterRecord): void {
    this.perform(this.membership.announce(master, this.world.clock.nowMs()));
  }

  beVoter(voter: boolean): void {
    this.perform(this.membership.beVoter(voter, this.world.clock.nowMs()));
  }

  /** Resolves when the goodbye has been repeated for a while. */
  leave(): Promise<void> {
    this.perform(this.membership.leave(this.world.clock.nowMs()));
    return new Promise((resolve) => {
      this.world.clock.after(goodbyeMs, resolve);
    });
  }

  members(): readonly Member[] {
    return this.membership.members();
  }

  member(name: string): Member | undefined {
    return this.membership.member(name);
  }

  get master(): MasterRecord | undefined {
    return this.membership.master();
  }

  /** 0: well. */
  get healthScore(): number {
    return this.membership.awareness.score;
  }

  get joined(): boolean {
    return this.membership.joined;
  }

  /** Ballots and heartbeats share the mesh's socket but not its rumours: they must not wait for anything. */
  sendElection(to: Endpoint, message: ElectionMessage): void {
    this.world.transport.send(to, { from: this.self, election: message });
  }

  private receive(packet: MeshPacket, from: Endpoint, over: MeshPath): void {
    if (this.stopped) return;
    if (packet.election) this.listener.electionMessage(packet.from, packet.election);
    this.perform(this.membership.receive(packet, from, this.world.clock.nowMs(), over));
  }

  private perform(effects: readonly MembershipEffect[]): void {
    if (this.stopped) return;
    for (const effect of effects) this.carryOut(effect);
    this.schedule();
  }

  private carryOut(effect: MembershipEffect): void {
    switch (effect.kind) {
      case "send":
        if (effect.over === "stream") this.world.transport.sendStream(effect.to, effect.packet);
        else this.world.transport.send(effect.to, effect.packet);
        return;
      case "member":
        this.world.log.info("member changed", {
          member: effect.member.record.name,
          status: effect.member.status,
          previous: effect.previous,
          by: effect.by,
          incarnation: effect.member.incarnation,
        });
        this.listener.memberChanged(effect.member, effect.previous);
        return;
      case "master":
        this.listener.masterAnnounced(effect.master);
        return;
      case "datagrams-blocked":
      case "datagrams-restored":
        this.tellOfDatagrams(effect.record, effect.kind === "datagrams-blocked");
        return;
      case "conflict":
        this.world.log.error("two nodes claim one name: give one of them another", {
          member: effect.record.name,
          address: effect.record.mesh.address,
          with: effect.with.mesh.address,
        });
    }
  }

  private tellOfDatagrams({ name, mesh }: Member["record"], blocked: boolean): void {
    const udp = formatEndpoint(mesh);
    if (blocked)
      this.world.log.warn(
        `udp ${udp} does not get through (either way); open it in the firewall: tcp keeps the member alive, but ballots and most rumours go by udp only`,
        { member: name, udp },
      );
    else this.world.log.info(`udp ${udp} gets through again`, { member: name, udp });
  }

  private schedule(): void {
    this.timer?.cancel();
    const delayMs = Math.max(0, this.membership.deadlineMs() - this.world.clock.nowMs());
    this.timer = this.world.clock.after(delayMs, () => {
      this.perform(this.membership.tick(this.world.clock.nowMs()));
    });
  }
}
