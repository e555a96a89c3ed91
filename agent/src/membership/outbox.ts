import type { Endpoint } from "../model/endpoint";
import type { Member } from "../model/member";
import type { MemberUpdate, MembershipMessage, MeshPacket, MeshPath } from "../model/mesh-message";
import type { MembershipEffect, Peer } from "./effects";
import type { MasterView } from "./master-view";
import type { MemberTable } from "./member-table";
import type { MembershipOptions } from "./options";
import { messageUpdateBytes, updateBudgetBytes, updateBytes } from "./packet-size";
import type { Rumours } from "./rumours";
import { retransmitLimit } from "./rumours";

/** Collects the effects of one call; makes packets, each filled up with rumours, each with the master we know of. */
export class Outbox {
  private effects: MembershipEffect[] = [];

  constructor(
    private readonly options: MembershipOptions,
    private readonly selfName: string,
    private readonly known: { readonly table: MemberTable; readonly master: MasterView },
    private readonly rumours: Rumours,
  ) {}

  emit(effect: MembershipEffect): void {
    this.effects.push(effect);
  }

  send(to: Peer, message: MembershipMessage, over: MeshPath = "datagram"): void {
    this.emit({ kind: "send", to: to.at, packet: this.packet(to.name, message), over });
  }

  gossip(to: Member): void {
    const packet = this.packet(to.record.name, undefined);
    this.emit({ kind: "send", to: to.record.mesh, packet, over: "datagram" });
  }

  /** One update alone, apart from all counting of retransmissions. */
  tell(to: Endpoint, update: MemberUpdate): void {
    const packet = { from: this.selfName, gossip: [update] };
    this.emit({ kind: "send", to, packet, over: "datagram" });
  }

  take(): MembershipEffect[] {
    const effects = this.effects;
    this.effects = [];
    return effects;
  }

  private packet(to: string | undefined, membership: MembershipMessage | undefined): MeshPacket {
    const limit = retransmitLimit(
      this.options.retransmitMultiplier,
      this.known.table.presentCount() + 1,
    );
    const accusation = this.accusationOf(to, membership);
    const spent = messageUpdateBytes(membership) + (accusation ? updateBytes(accusation) : 0);
    const fits = accusation !== undefined && spent <= updateBudgetBytes;
    const rumours = this.rumours.take({
      count: this.options.gossipPerPacket - (fits ? 1 : 0),
      bytes: updateBudgetBytes - spent,
      limit,
      except: accusation ? to : undefined,
    });
    const gossip = fits ? [accusation, ...rumours] : rumours;
    const master = this.known.master.record;
    if (master) this.rumours.masterSent(limit);
    return {
      from: this.selfName,
      ...(membership && { membership }),
      ...(gossip.length > 0 && { gossip }),
      ...(master && { master }),
    };
  }

  /** See `tellSuspects`. */
  private accusationOf(
    to: string | undefined,
    message: MembershipMessage | undefined,
  ): MemberUpdate | undefined {
    const { tellSuspects } = this.options;
    const tells = tellSuspects === "in-all-packets" || message?.kind === "ping";
    if (to === undefined || tellSuspects === "never" || !tells) return undefined;
    const update = this.known.table.updateOf(to);
    return update?.status === "alive" ? undefined : update;
  }
}
