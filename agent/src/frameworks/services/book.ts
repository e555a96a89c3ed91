import type { Random } from "../../ports/random";
import type { Instant } from "../../ports/framework";
import { noBackoff } from "./backoff";
import type { Instance } from "./instance";
import type { Candidate, PlacementInput } from "./placement";
import type { Plan } from "./plan";
import { planService } from "./plan";
import type { ServiceState } from "./service-state";
import { provenAtMs } from "./service-state";
import { predecessorsOf, explainHeldPort } from "./succession";

/** An instance that ended on a node counts against that node for this long. */
const grudgeMs = 300_000;

/** What the scheduler knows: services wanted, their instances, draining nodes, and what nodes last had free. */
export class Book {
  readonly services = new Map<string, ServiceState>();
  readonly draining = new Set<string>();
  /** What each node had left when we last saw an offer of it. */
  readonly lastSeen = new Map<string, Candidate>();
  private readonly byId = new Map<string, Instance>();
  private readonly byService = new Map<string, Map<string, Instance>>();

  constructor(readonly random: Random) {}

  instance(taskId: string): Instance | undefined {
    return this.byId.get(taskId);
  }

  put(instance: Instance): void {
    this.byId.set(instance.taskId, instance);
    const own = this.byService.get(instance.service) ?? new Map<string, Instance>();
    this.byService.set(instance.service, own.set(instance.taskId, instance));
  }

  remove(taskId: string): void {
    const found = this.byId.get(taskId);
    if (!found) return;
    this.byId.delete(taskId);
    const own = this.byService.get(found.service);
    own?.delete(taskId);
    if (own?.size === 0) this.byService.delete(found.service);
  }

  instances(): Instance[] {
    return [...this.byId.values()];
  }

  instancesOf(service: string): Instance[] {
    return [...(this.byService.get(service)?.values() ?? [])];
  }

  names(): string[] {
    return [...this.services.keys()].sort();
  }

  change(service: string, changes: Partial<ServiceState>): void {
    const before = this.services.get(service);
    if (before) this.services.set(service, { ...before, ...changes });
  }

  plan(service: ServiceState, at: Instant): Plan {
    const { spec, version } = service;
    const instances = this.instancesOf(spec.name);
    return planService({ spec, version, instances, draining: this.draining, nowMs: at.nowMs });
  }

  /** How many instances should be launched now; none while the service is held back after failures. */
  launchable(service: ServiceState, at: Instant): number {
    return service.backoff.untilMs > at.nowMs ? 0 : this.plan(service, at).launch;
  }

  /** A service that has been whole for long enough starts with a clean slate. */
  forgive(service: ServiceState, at: Instant): void {
    const provenMs = provenAtMs(service, this.instancesOf(service.spec.name));
    if (provenMs !== undefined && provenMs <= at.nowMs)
      this.change(service.spec.name, { ended: 0, backoff: noBackoff });
  }

  placementInput(
    service: ServiceState,
    candidates: readonly Candidate[],
    at: Instant,
  ): PlacementInput {
    const blamed = service.failures.filter(
      (one) => one.version === service.version && at.wallMs - one.atMs < grudgeMs,
    );
    const all = this.instances();
    // They make place for the new one, so they count for it, not against it.
    const predecessors = predecessorsOf(service, all);
    return {
      spec: service.spec,
      candidates,
      instances: all.filter((one) => !predecessors.includes(one)),
      endedOn: (node) =>
        blamed.filter((one) => one.node === node).length -
        Number(predecessors.some((one) => one.node === node)),
      explainHeldPort: (node) => explainHeldPort(service.spec, node, all),
      random: () => this.random.next(),
    };
  }
}
