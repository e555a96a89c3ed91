import type { DryRunView, ServiceView, WhyView } from "../../contract/index";
import type { DesiredState } from "../../model/desired-state";
import type { SchedulerCall, SchedulerEvent } from "../../model/scheduler";
import type { ServiceSpec } from "../../model/service";
import type { ServicesControl } from "../../ports/control";
import { ControlError } from "../../ports/control";
import type { Framework, FrameworkFactory, FrameworkHost, Instant } from "../../ports/framework";
import { ServicesScheduler } from "./scheduler";
import type { KernelView } from "./scheduler";
import { frameworkName } from "./task";
import { sameSpec } from "./version";

export const servicesFramework: FrameworkFactory = (host) => new ServicesFramework(host);

/** The services framework as the master runs it: the scheduler machine, and the operations on services. */
class ServicesFramework implements Framework {
  readonly name = frameworkName;
  readonly services: ServicesControl;
  private readonly scheduler: ServicesScheduler;

  constructor(private readonly host: FrameworkHost) {
    this.scheduler = new ServicesScheduler(host.random);
    this.services = {
      services: () => this.list(),
      putService: (spec) => this.put(spec),
      deleteService: (name) => this.remove(name),
      why: (name) => this.why(name),
      dryRun: (spec) => this.dryRun(spec),
    };
  }

  desired(state: DesiredState, authoritative: boolean, at: Instant): SchedulerCall[] {
    return this.scheduler.desired(state.services, authoritative, at);
  }

  event(event: SchedulerEvent, at: Instant): SchedulerCall[] {
    return this.scheduler.event(event, at);
  }

  tick(at: Instant): SchedulerCall[] {
    return this.scheduler.tick(at);
  }

  deadlineMs(): number | undefined {
    return this.scheduler.deadlineMs();
  }

  /** Writes nothing where nothing would change. */
  private async put(spec: ServiceSpec): Promise<ServiceView> {
    await this.host.settled();
    const stored = this.host.desired().services[spec.name];
    if (!stored || !sameSpec(stored, spec)) await this.host.commit([{ kind: "put-service", spec }]);
    return this.view(spec.name);
  }

  private async remove(name: string): Promise<void> {
    await this.host.settled();
    if (!this.host.desired().services[name]) throw unknownService(name);
    await this.host.commit([{ kind: "delete-service", name }]);
  }

  private list(): ServiceView[] {
    this.refuseUnread();
    const kernel = this.kernelView();
    return this.scheduler.names().map((name) => this.view(name, kernel));
  }

  private view(name: string, kernel = this.kernelView()): ServiceView {
    const view = this.scheduler.view(name, kernel);
    if (!view) throw unknownService(name);
    return view;
  }

  /** An old copy must not answer "there is none": whoever asked would believe it. */
  private refuseUnread(): void {
    const reason = this.host.unread();
    if (reason) throw reason;
  }

  private why(name: string): WhyView {
    this.refuseUnread();
    const why = this.scheduler.why(name, this.kernelView());
    if (!why) throw unknownService(name);
    return why;
  }

  private dryRun(spec: ServiceSpec): DryRunView {
    this.refuseUnread();
    return this.scheduler.dryRun(spec, this.host.supply());
  }

  private kernelView(): KernelView {
    return { refusals: this.host.refusals(), recovering: this.host.recovering() };
  }
}

function unknownService(name: string): ControlError {
  return new ControlError(
    "not-found",
    `there is no service '${name}': 'covey services' lists those there are`,
  );
}
