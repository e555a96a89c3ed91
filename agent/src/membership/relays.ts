import type { Endpoint } from "../model/endpoint";
import type { MemberTable } from "./member-table";
import type { MembershipOptions } from "./options";
import type { Outbox } from "./outbox";

/** Somebody asked us to ping `target` in its stead. */
interface Relay {
  readonly requester: Endpoint;
  readonly requesterSeq: number;
  readonly target: string;
  readonly askedAtMs: number;
  /** When we say that we heard nothing; Infinity once we did. */
  nackAtMs: number;
}

/** Pings in flight for others; beyond this many the requester hears nothing from us. */
const maxRelays = 256;

/** Lifeguard, section 3.1: a nack has to be there before the requester's own time-out, so it leaves sooner. */
const nackShare = 0.8;

/**
 * The indirect pings we make for others. An ack goes on to who asked, also a late one, for as long as that may wait;
 * after most of the time-out a nack does.
 */
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
    this.bySeq.set(seq, {
      requester: asked.by,
      requesterSeq: asked.seq,
      target,
      askedAtMs: asked.nowMs,
      nackAtMs: asked.nowMs + nackShare * this.options.probeTimeoutMs,
    });
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
      if (relay.nackAtMs <= nowMs) {
        relay.nackAtMs = Infinity;
        this.reply(relay, "nack");
      }
      if (this.forgetAtMs(relay) <= nowMs) this.bySeq.delete(seq);
    }
  }

  deadlineMs(): number {
    let deadline = Infinity;
    for (const relay of this.bySeq.values())
      deadline = Math.min(deadline, relay.nackAtMs, this.forgetAtMs(relay));
    return deadline;
  }

  private forgetAtMs(relay: Relay): number {
    return relay.askedAtMs + this.options.probeIntervalMs;
  }

  private reply(relay: Relay, kind: "ack" | "nack"): void {
    this.outbox.send({ name: undefined, at: relay.requester }, { kind, seq: relay.requesterSeq });
  }
}
