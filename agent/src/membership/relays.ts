import type { Endpoint } from "../model/endpoint";
import type { MemberTable } from "./member-table";
import type { MembershipOptions } from "./options";
import type { Outbox } from "./outbox";

/** Somebody asked us to ping `target` in its stead. */
interface Relay {
  readonly requester: Endpoint;
  readonly requesterSeq: number;
  readonly target: string;
  readonly expiresAtMs: number;
}

/** Pings in flight for others; beyond this many the requester hears nothing from us. */
const maxRelays = 256;

/** The indirect pings we make for others: an ack goes on to who asked, a time-out as a nack. */
export class Relays {
  private readonly bySeq = new Map<number, Relay>();

  constructor(
    private readonly options: MembershipOptions,
    private readonly table: MemberTable,
    private readonly outbox: Outbox,
    private readonly nextSeq: () => number,
  ) {}

  ping(
    target: string,
    asked: { readonly by: Endpoint; readonly seq: number; readonly nowMs: number },
  ): void {
    const member = this.table.get(target);
    if (!member || this.bySeq.size >= maxRelays) return;
    const seq = this.nextSeq();
    const expiresAtMs = asked.nowMs + this.options.probeTimeoutMs;
    this.bySeq.set(seq, { requester: asked.by, requesterSeq: asked.seq, target, expiresAtMs });
    this.outbox.send({ name: target, at: member.record.mesh }, { kind: "ping", seq, target });
  }

  answered(seq: number, from: string): void {
    const relay = this.bySeq.get(seq);
    if (relay?.target !== from) return;
    this.bySeq.delete(seq);
    this.reply(relay, "ack");
  }

  tick(nowMs: number): void {
    for (const [seq, relay] of this.bySeq) {
      if (relay.expiresAtMs > nowMs) continue;
      this.bySeq.delete(seq);
      this.reply(relay, "nack");
    }
  }

  deadlineMs(): number {
    let deadline = Infinity;
    for (const { expiresAtMs } of this.bySeq.values()) deadline = Math.min(deadline, expiresAtMs);
    return deadline;
  }

  private reply(relay: Relay, kind: "ack" | "nack"): void {
    this.outbox.send({ name: undefined, at: relay.requester }, { kind, seq: relay.requesterSeq });
  }
}
