import type { Endpoint } from "../model/endpoint";
import type { Member } from "../model/member";
import type { MembershipMessage } from "../model/mesh-message";
import type { MembershipOptions } from "./options";
import { ProbeOrder } from "./probe-order";
import { sample } from "./shuffle";

/** What the prober wants done: a message to a member, or the accusation of one that did not answer. */
export type ProbeStep =
  | {
      readonly kind: "tell";
      readonly name: string;
      readonly at: Endpoint;
      readonly message: MembershipMessage;
    }
  | { readonly kind: "accuse"; readonly name: string; readonly incarnation: number };

interface Probe {
  readonly target: Member;
  readonly seq: number;
  /** When others are asked; Infinity once they were. */
  askOthersAtMs: number;
  failsAtMs: number;
  /** Relays asked that have not yet said they heard nothing either. */
  readonly relays: Set<string>;
}

/**
 * SWIM's failure detector (paper, 3.1): one member an interval is pinged; without an answer in time others
 * are asked to; without any answer by the end of the interval, or once all relays gave up, it is accused.
 */
export class Prober {
  private readonly order: ProbeOrder;
  private probe: Probe | undefined;
  private nextProbeAtMs = Infinity;

  constructor(
    private readonly options: MembershipOptions,
    private readonly random: () => number,
    private readonly nextSeq: () => number,
  ) {
    this.order = new ProbeOrder(random);
  }

  start(nowMs: number): void {
    this.nextProbeAtMs = nowMs + this.random() * this.options.probeIntervalMs;
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
    if (this.probe?.target.record.name === name) this.probe = undefined;
  }

  answered(seq: number, from: string): void {
    if (this.probe?.seq === seq && this.knows(this.probe, from)) this.probe = undefined;
  }

  /** `from` was asked to ping in our stead and heard nothing. */
  gaveUp(seq: number, from: string): ProbeStep[] {
    const probe = this.probe;
    if (probe?.seq !== seq || !probe.relays.delete(from) || probe.relays.size > 0) return [];
    return this.fail(probe);
  }

  tick(nowMs: number, candidates: readonly Member[]): ProbeStep[] {
    const steps: ProbeStep[] = [];
    const probe = this.probe;
    if (probe && probe.failsAtMs <= nowMs) steps.push(...this.fail(probe));
    else if (probe && probe.askOthersAtMs <= nowMs)
      steps.push(...this.askOthers(probe, candidates));
    if (this.nextProbeAtMs <= nowMs) {
      this.nextProbeAtMs = nowMs + this.options.probeIntervalMs;
      if (!this.probe) steps.push(...this.begin(nowMs, candidates));
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

  private begin(nowMs: number, candidates: readonly Member[]): ProbeStep[] {
    const byName = new Map(candidates.map((member) => [member.record.name, member]));
    // Each name is tried at most once: all may be gone.
    for (let tries = 0; tries <= byName.size; tries++) {
      const target = byName.get(this.order.next() ?? "");
      if (!target) continue;
      const seq = this.nextSeq();
      this.probe = {
        target,
        seq,
        askOthersAtMs: nowMs + this.options.probeTimeoutMs,
        failsAtMs: nowMs + this.options.probeIntervalMs,
        relays: new Set(),
      };
      return [tell(target, { kind: "ping", seq, target: target.record.name })];
    }
    return [];
  }

  private askOthers(probe: Probe, candidates: readonly Member[]): ProbeStep[] {
    probe.askOthersAtMs = Infinity;
    const { seq } = probe;
    const target = probe.target.record.name;
    const able = candidates.filter(
      ({ record, status }) => status === "alive" && record.name !== target,
    );
    const relays = sample(able, this.options.indirectProbes, this.random);
    for (const { record } of relays) probe.relays.add(record.name);
    return [
      // The first ping, or its answer, may just have been lost.
      tell(probe.target, { kind: "ping", seq, target }),
      ...relays.map((relay) => tell(relay, { kind: "ping-req", seq, target })),
    ];
  }

  private fail(probe: Probe): ProbeStep[] {
    this.probe = undefined;
    const { record, incarnation } = probe.target;
    return [{ kind: "accuse", name: record.name, incarnation }];
  }

  private knows(probe: Probe, from: string): boolean {
    return from === probe.target.record.name || probe.relays.has(from);
  }
}

function tell(member: Member, message: MembershipMessage): ProbeStep {
  return { kind: "tell", name: member.record.name, at: member.record.mesh, message };
}
