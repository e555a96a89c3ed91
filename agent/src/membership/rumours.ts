import type { MemberUpdate } from "../model/mesh-message";
import { updateBytes } from "./packet-size";

interface Rumour {
  readonly update: MemberUpdate;
  readonly bytes: number;
  transmits: number;
}

/** So many rumours that do not fit are looked at before a packet goes as it is. */
const maxMisses = 8;

/**
 * What is being spread: at most one rumour a member, the newest, and that there is a new master. The least often sent
 * goes first (SWIM 4.1), and each is forgotten after its last retransmission.
 */
export class Rumours {
  private readonly byMember = new Map<string, Rumour>();
  /** By how often they were sent; within one, who waits longest first. No sorting a packet. */
  private readonly queues: Set<Rumour>[] = [];
  private masterIsNews = false;
  private masterTransmits = 0;

  get empty(): boolean {
    return this.byMember.size === 0 && !this.masterIsNews;
  }

  add(update: MemberUpdate): void {
    this.forget(update.record.name);
    const rumour = { update, bytes: updateBytes(update), transmits: 0 };
    this.byMember.set(update.record.name, rumour);
    this.queue(0).add(rumour);
  }

  addMaster(): void {
    this.masterIsNews = true;
    this.masterTransmits = 0;
  }

  forget(member: string): void {
    const rumour = this.byMember.get(member);
    if (!rumour) return;
    this.byMember.delete(member);
    this.queue(rumour.transmits).delete(rumour);
  }

  /** Takes what fits, counts it as sent once more, and leaves out what `except` names. */
  take(room: {
    readonly count: number;
    readonly bytes: number;
    readonly limit: number;
    readonly except: string | undefined;
  }): MemberUpdate[] {
    if (this.byMember.size === 0) return [];
    const chosen = this.choose(room);
    for (const rumour of chosen) this.sent(rumour, room.limit);
    return chosen.map(({ update }) => update);
  }

  /** The master record rides on every packet anyway: this only says how long to send packets for its sake. */
  masterSent(limit: number): void {
    this.masterTransmits += 1;
    if (this.masterTransmits >= limit) this.masterIsNews = false;
  }

  private choose(room: {
    readonly count: number;
    readonly bytes: number;
    readonly except: string | undefined;
  }): Rumour[] {
    const chosen: Rumour[] = [];
    let bytes = room.bytes;
    let misses = 0;
    for (const queue of this.queues)
      for (const rumour of queue) {
        if (chosen.length >= room.count || misses >= maxMisses) return chosen;
        if (rumour.update.record.name === room.except) continue;
        if (rumour.bytes > bytes) {
          misses += 1;
          continue;
        }
        chosen.push(rumour);
        bytes -= rumour.bytes;
      }
    return chosen;
  }

  private sent(rumour: Rumour, limit: number): void {
    this.queue(rumour.transmits).delete(rumour);
    rumour.transmits += 1;
    if (rumour.transmits >= limit) this.byMember.delete(rumour.update.record.name);
    else this.queue(rumour.transmits).add(rumour);
  }

  private queue(transmits: number): Set<Rumour> {
    while (this.queues.length < transmits) this.queues.push(new Set());
    return (this.queues[transmits] ??= new Set());
  }
}

/**
 * How often each node sends one rumour, in a mesh of `members` nodes; at least as in a mesh of ten. In smaller
 * ones chance alone would leave somebody out too often, and there it costs little.
 */
export function retransmitLimit(multiplier: number, members: number): number {
  return multiplier * Math.ceil(Math.log10(Math.max(10, members) + 1));
}
