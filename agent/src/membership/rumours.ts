import type { MemberUpdate } from "../model/mesh-message";
import { updateBytes } from "./packet-size";

interface Rumour {
  readonly update: MemberUpdate;
  transmits: number;
}

/**
 * What is being spread: at most one rumour a member, the newest, and that there is a new master. The least often sent
 * goes first (SWIM 4.1), and each is forgotten after its last retransmission.
 */
export class Rumours {
  private readonly byMember = new Map<string, Rumour>();
  private masterIsNews = false;
  private masterTransmits = 0;

  get empty(): boolean {
    return this.byMember.size === 0 && !this.masterIsNews;
  }

  add(update: MemberUpdate): void {
    this.byMember.set(update.record.name, { update, transmits: 0 });
  }

  addMaster(): void {
    this.masterIsNews = true;
    this.masterTransmits = 0;
  }

  forget(member: string): void {
    this.byMember.delete(member);
  }

  /** Takes what fits, counts it as sent once more, and leaves out what `except` names. */
  take(room: {
    readonly count: number;
    readonly bytes: number;
    readonly limit: number;
    readonly except: string | undefined;
  }): MemberUpdate[] {
    const taken: MemberUpdate[] = [];
    let bytes = room.bytes;
    const oldestFirst = [...this.byMember.values()].sort((a, b) => a.transmits - b.transmits);
    for (const rumour of oldestFirst) {
      if (taken.length >= room.count) break;
      const name = rumour.update.record.name;
      const size = updateBytes(rumour.update);
      if (size > bytes || name === room.except) continue;
      taken.push(rumour.update);
      bytes -= size;
      rumour.transmits += 1;
      if (rumour.transmits >= room.limit) this.byMember.delete(name);
    }
    return taken;
  }

  /** The master record rides on every packet anyway: this only says how long to send packets for its sake. */
  masterSent(limit: number): void {
    this.masterTransmits += 1;
    if (this.masterTransmits >= limit) this.masterIsNews = false;
  }
}

/**
 * How often each node sends one rumour, in a mesh of `members` nodes; at least as in a mesh of ten. In smaller
 * ones chance alone would leave somebody out too often, and there it costs little.
 */
export function retransmitLimit(multiplier: number, members: number): number {
  return multiplier * Math.ceil(Math.log10(Math.max(10, members) + 1));
}
