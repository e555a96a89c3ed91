import type { Endpoint } from "../model/endpoint";
import type { Member } from "../model/member";
import type { MemberRecord } from "../model/member";
import type { MembershipMessage, MeshPath } from "../model/mesh-message";
import type { Awareness } from "./awareness";
import { DatagramWatch } from "./datagram-watch";
import type { MemberTable } from "./member-table";
import type { MembershipOptions } from "./options";
import { ProbeOrder } from "./probe-order";

/** What the prober wants done or known: a message, the accusation of one that did not answer, news of its paths. */
export type ProbeStep =
  | {
      readonly kind: "tell";
      readonly name: string;
      readonly at: Endpoint;
      readonly message: MembershipMessage;
      readonly over: MeshPath;
    }
  | {
      readonly kind: "datagrams-blocked" | "datagrams-restored";
      readonly record: MemberRecord;
    }
  | { readonly kind: "accuse"; readonly name: string; readonly incarnation: number };

interface Probe {
  readonly target: Member;
  readonly seq: number;
  /** When others are asked; Infinity once they were. */
  askOthersAtMs: number;
  failsAtMs: number;
  /** Those asked to ping in our stead. */
  readonly relays: Set<string>;
  /** Those of them that have not said that they heard nothing either. */
  readonly silent: Set<string>;
  /** Answered; it lasts on only to see by which paths the target itself answers. */
  answered: boolean;
  streamAnswered: boolean;
}

/** What the prober needs of the rest of the machine. */
export interface ProberParts {
  readonly table: MemberTable;
  readonly awareness: Awareness;
  readonly random: () => number;
  readonly nextSeq: () => number;
}

/**
 * SWIM's failure detector (paper, 3.1): one member an interval is pinged; without an answer in time others
 * are asked to; without any answer by the end of the interval it is accused. Each outcome says something of
 * ourselves too (see Awareness), and our own health stretches interval and time-out.
 */
export class Prober {
  private readonly order: ProbeOrder;
  private probe: Probe | undefined;
  private nextProbeAtMs = Infinity;
  private readonly datagrams = new DatagramWatch();

  constructor(
    private readonly options: MembershipOptions,
    private readonly parts: ProberParts,
  ) {
    this.order = new ProbeOrder(parts.random);
  }

  start(nowMs: number): void {
    this.nextProbeAtMs = nowMs + this.parts.random() * this.options.probeIntervalMs;
  }

  stop(): void {
    this.probe = undefined;
    this.nextProbeAtMs = Infinity;
  }

  add(name: string): void {
    this.order.add(name);
  }

  remove(name: string): void {
    this.order.remove(name);
    this.datagrams.forget(name);
    if (this.probe?.target.record.name === name) this.probe = undefined;
  }

  answered(seq: number, from: string, over: MeshPath): ProbeStep[] {
    const probe = this.probe;
    if (probe?.seq !== seq || !knows(probe, from)) return [];
    if (!probe.answered) this.parts.awareness.adjust(-1);
    probe.answered = true;
    const { record } = probe.target;
    const direct = from === record.name;
    probe.streamAnswered ||= direct && over === "stream";
    const whole = direct && over === "datagram";
    if (whole || !this.options.streamPing) this.probe = undefined;
    return whole && this.datagrams.passed(record.name)
      ? [{ kind: "datagrams-restored", record }]
      : [];
  }

  /** `from` was asked to ping in our stead and heard nothing. */
  gaveUp(seq: number, from: string): ProbeStep[] {
    const probe = this.probe;
    if (probe?.seq !== seq || !probe.silent.delete(from)) return [];
    if (probe.answered || probe.silent.size > 0) return [];
    return this.options.failOnNacks ? this.end(probe) : [];
  }

  tick(nowMs: number): ProbeStep[] {
    const steps: ProbeStep[] = [];
    const probe = this.probe;
    const endsAtMs = probe?.answered
      ? Math.min(probe.failsAtMs, this.nextProbeAtMs)
      : probe?.failsAtMs;
    if (probe && endsAtMs !== undefined && endsAtMs <= nowMs) steps.push(...this.end(probe));
    else if (probe && probe.askOthersAtMs <= nowMs) steps.push(...this.askOthers(probe));
    if (this.nextProbeAtMs <= nowMs) {
      this.nextProbeAtMs = nowMs + this.parts.awareness.scale(this.options.probeIntervalMs);
      if (!this.probe) steps.push(...this.begin(nowMs));
    }
    return steps;
  }

  /** We slept for `lateMs`: the answer may lie unread in the socket. */
  prolong(lateMs: number, notBeforeMs: number): void {
    if (!this.probe) return;
    this.probe.askOthersAtMs = Math.max(this.probe.askOthersAtMs + lateMs, notBeforeMs);
    this.probe.failsAtMs = Math.max(
      this.probe.failsAtMs + lateMs,
      notBeforeMs + this.options.probeTimeoutMs,
    );
  }

  deadlineMs(): number {
    const probe = this.probe;
    return Math.min(
      this.nextProbeAtMs,
      probe?.askOthersAtMs ?? Infinity,
      probe?.failsAtMs ?? Infinity,
    );
  }

  private begin(nowMs: number): ProbeStep[] {
    const { table, awareness, nextSeq } = this.parts;
    const target = table.get(this.order.next() ?? "");
    if (!target) return [];
    const seq = nextSeq();
    this.probe = {
      target,
      seq,
      askOthersAtMs: nowMs + awareness.scale(this.options.probeTimeoutMs),
      failsAtMs: nowMs + awareness.scale(this.options.probeIntervalMs),
      relays: new Set(),
      silent: new Set(),
      answered: false,
      streamAnswered: false,
    };
    return [tell(target, { kind: "ping", seq, target: target.record.name }, "datagram")];
  }

  private askOthers(probe: Probe): ProbeStep[] {
    probe.askOthersAtMs = Infinity;
    const { seq } = probe;
    const target = probe.target.record.name;
    const relays = this.parts.table.sample(
      this.options.indirectProbes,
      this.parts.random,
      ({ record, status }) => status === "alive" && record.name !== target,
    );
    for (const { record } of relays) {
      probe.relays.add(record.name);
      probe.silent.add(record.name);
    }
    const ping = { kind: "ping", seq, target } as const;
    return [
      // The first ping, or its answer, may just have been lost.
      tell(probe.target, ping, "datagram"),
      ...(this.options.streamPing ? [tell(probe.target, ping, "stream")] : []),
      ...relays.map((relay) => tell(relay, { kind: "ping-req", seq, target }, "datagram")),
    ];
  }

  private end(probe: Probe): ProbeStep[] {
    this.probe = undefined;
    if (!probe.answered) return this.fail(probe);
    const { record } = probe.target;
    const blocked = probe.streamAnswered && this.datagrams.missed(record.name);
    return blocked ? [{ kind: "datagrams-blocked", record }] : [];
  }

  /** A relay that says nothing at all speaks against our own link, not against the target. */
  private fail(probe: Probe): ProbeStep[] {
    this.parts.awareness.adjust(probe.relays.size === 0 ? 1 : probe.silent.size);
    const { record, incarnation } = probe.target;
    return [{ kind: "accuse", name: record.name, incarnation }];
  }
}

function knows(probe: Probe, from: string): boolean {
  return from === probe.target.record.name || probe.relays.has(from);
}

function tell(member: Member, message: MembershipMessage, over: MeshPath): ProbeStep {
  return { kind: "tell", name: member.record.name, at: member.record.mesh, message, over };
}
