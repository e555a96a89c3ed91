import type { Random } from "../../ports/random";
import type { ServiceSpec } from "../../model/service";
import type { Instant } from "../../ports/framework";
import { Agenda } from "./agenda";
import { noBackoff } from "./backoff";
import type { Instance } from "./instance";
import { NodeCounts } from "./node-counts";
import type { Candidate, PlacingTerms, Room } from "./placement";
import type { Plan, PlanInput } from "./plan";
import { planService } from "./plan";
import type { ServiceState } from "./service-state";
import { provenAtMs } from "./service-state";
import { heldPorts, predecessorsOf } from "./succession";
import { Tally } from "./tally";

/** An instance that ended on a node counts against that node for this long. */
const grudgeMs = 300_000;

/**
 * What the scheduler knows: services wanted, their instances, draining nodes, and what nodes last had free. Whatever
 * may change what is to be done of a service puts it on the agenda.
 */
export class Book {
  readonly services = new Map<string, ServiceState>();
  readonly draining = new Set<string>();
  /** What each node had left when we last saw an offer of it. */
  readonly lastSeen = new Map<string, Candidate>();
  readonly agenda = new Agenda();
  /** Services that want to launch some. */
  readonly seeking = new Set<string>();
  /** Of all services. */
  readonly nodes = new NodeCounts();
  private readonly byId = new Map<string, Instance>();
  /** Of services that are wanted or have instances. */
  private readonly tallies = new Map<string, Tally>();

  constructor(readonly random: Random) {}

  instance(taskId: string): Instance | undefined {
    return this.byId.get(taskId);
  }

  put(instance: Instance): void {
    const { taskId, service } = instance;
    const before = this.byId.get(taskId);
    this.nodes.move(before, instance);
    this.byId.set(taskId, instance);
    this.tally(service).put(instance);
    this.agenda.touch(service);
  }

  remove(taskId: string): void {
    const found = this.byId.get(taskId);
    if (!found) return;
    this.nodes.move(found, undefined);
    this.byId.delete(taskId);
    this.tally(found.service).remove(taskId);
    this.forgetIfNothing(found.service);
    this.agenda.touch(found.service);
  }

  want(service: ServiceState): void {
    const { name } = service.spec;
    this.services.set(name, service);
    this.tally(name).setVersion(service.version);
    this.agenda.touch(name);
  }

  unwant(name: string): void {
    this.services.delete(name);
    this.seeking.delete(name);
    this.tally(name).setVersion(undefined);
    this.forgetIfNothing(name);
    this.agenda.touch(name);
  }

  setDraining(node: string, draining: boolean): void {
    if (this.draining.has(node) === draining) return;
    const there = [...this.tallies].filter(([, tally]) => tally.nodes.on(node) > 0);
    const uncounted = there.map(([, tally]) => tally.recounting());
    if (draining) this.draining.add(node);
    else this.draining.delete(node);
    for (const count of uncounted) count();
    for (const [name] of there) this.agenda.touch(name);
  }

  /** Everything is to be looked at anew. */
  touchAll(): void {
    for (const name of this.tallies.keys()) this.agenda.touch(name);
  }

  names(): string[] {
    return [...this.services.keys()].sort();
  }

  change(service: string, changes: Partial<ServiceState>): void {
    const before = this.services.get(service);
    if (before) this.services.set(service, { ...before, ...changes });
  }

  planInput({ spec, version }: ServiceState, at: Instant): PlanInput {
    const tally = this.tally(spec.name);
    return { spec, version, tally, draining: this.draining, nowMs: at.nowMs };
  }

  plan(service: ServiceState, at: Instant): Plan {
    return planService(this.planInput(service, at));
  }

  /** How many instances should be launched now; none while the service is held back after failures. */
  launchable(service: ServiceState, at: Instant): number {
    return service.backoff.untilMs > at.nowMs ? 0 : this.plan(service, at).launch;
  }

  /** A service that has been whole for long enough starts with a clean slate. */
  forgive(service: ServiceState, at: Instant): void {
    const { name } = service.spec;
    const provenMs = provenAtMs(service, this.tally(name));
    if (provenMs !== undefined && provenMs <= at.nowMs)
      this.change(name, { ended: 0, backoff: noBackoff });
  }

  /** Counts what the service has to launch. */
  seek(name: string, at: Instant): void {
    const service = this.services.get(name);
    if (!service) return;
    const sought = this.launchable(service, at);
    if (sought > 0) {
      this.seeking.add(name);
      if (sought !== service.sought) this.change(name, { sought });
      return;
    }
    this.seeking.delete(name);
    if (service.sought > 0 || service.unplaced || service.refusals.size > 0)
      this.change(name, { sought, unplaced: false, refusals: new Map() });
  }

  /** When there may be something to do of it though nothing happens. */
  schedule(name: string, at: Instant): void {
    const service = this.services.get(name);
    const tally = this.tallies.get(name);
    let dueMs = tally?.nextAgainMs() ?? Infinity;
    if (service && tally) {
      const { untilMs } = service.backoff;
      if (untilMs > at.nowMs) dueMs = Math.min(dueMs, untilMs);
      dueMs = Math.min(dueMs, provenAtMs(service, tally) ?? Infinity);
    }
    this.agenda.schedule(name, dueMs);
  }

  placingTerms<R extends Room>(
    service: ServiceState,
    rooms: readonly R[],
    at: Instant,
  ): PlacingTerms<R> {
    const { spec, version, failures } = service;
    const blamed = failures.filter(
      (one) => one.version === version && at.wallMs - one.atMs < grudgeMs,
    );
    const tally = this.tally(spec.name);
    const blame = (node: string) => blamed.filter((one) => one.node === node).length;
    const own = spec.constraints.length === 0 ? [] : [...tally.instances.values()];
    // They make place for the new one, so they count for it, not against it.
    const predecessors = new Set(predecessorsOf(service, tally.instances.values()));
    const drawn = new Map<string, number>();
    for (const { node } of predecessors) drawn.set(node, (drawn.get(node) ?? 1) + 1);
    const held = this.heldPorts(spec);
    return {
      spec,
      rooms,
      instances: own.filter((one) => !predecessors.has(one)),
      heldAgainst: (node) =>
        tally.nodes.on(node) - (drawn.get(node) ?? 0) + (blamed.length === 0 ? 0 : blame(node)),
      explainHeldPort: (node) => held.get(node),
      random: () => this.random.next(),
    };
  }

  /** By node: why a shared port keeps an instance of this service off it. */
  heldPorts(spec: ServiceSpec): ReadonlyMap<string, string> {
    return heldPorts(spec, this.byId.values());
  }

  /** It is wanted or has instances. */
  knows(service: string): boolean {
    return this.tallies.has(service);
  }

  tally(service: string): Tally {
    let tally = this.tallies.get(service);
    if (!tally) {
      tally = new Tally(this.services.get(service)?.version, this.draining);
      this.tallies.set(service, tally);
    }
    return tally;
  }

  private forgetIfNothing(name: string): void {
    if (!this.services.has(name) && this.tallies.get(name)?.instances.size === 0)
      this.tallies.delete(name);
  }
}
