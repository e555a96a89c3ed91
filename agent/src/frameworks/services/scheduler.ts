import type { DryRunView, ServiceView, WhyView } from "../../contract/index";
import type { Refusal, SchedulerCall, SchedulerEvent } from "../../model/scheduler";
import type { ServiceSpec } from "../../model/service";
import type { TaskSpec, TaskState, TaskStatus } from "../../model/task";
import { isTerminal } from "../../model/task";
import type { Instant, Supply } from "../../ports/framework";
import type { Random } from "../../ports/random";
import { Book } from "./book";
import { dryRun } from "./dry-run";
import { explainService, viewService } from "./explain";
import type { Instance } from "./instance";
import { launched, updated } from "./instance";
import { killAgain, killOrphans, killSurplus } from "./kills";
import { useOffers } from "./launch";
import { changeSpec, newService, recordFailure } from "./service-state";
import { sameSpec } from "./version";

/** What the kernel adds to a view of a service. */
export interface KernelView {
  readonly refusals: readonly Refusal[];
  readonly recovering: boolean;
}

/**
 * Keeps as many instances of each service as wanted, of the version wanted. A machine without a world and without
 * a durable memory: after a change of master a new one learns the tasks by `update` events, before any offer comes.
 * It decides nothing before it has been told what is desired.
 */
export class ServicesScheduler {
  private readonly book: Book;
  private wanted: "unknown" | "copy" | "certain" = "unknown";
  private suppressed = false;
  /** Until the first offers, agents are still reporting what they ran all along. */
  private offersSeen = false;

  constructor(random: Random) {
    this.book = new Book(random);
  }

  /** `authoritative` false: the list may be old, so nothing is killed because of it. */
  desired(
    specs: Readonly<Record<string, ServiceSpec>>,
    authoritative: boolean,
    at: Instant,
  ): SchedulerCall[] {
    const { book } = this;
    const { services } = book;
    const wanted = authoritative ? "certain" : "copy";
    if (wanted !== this.wanted) book.touchAll();
    this.wanted = wanted;
    for (const name of [...services.keys()]) if (specs[name] === undefined) book.unwant(name);
    for (const [name, spec] of Object.entries(specs)) {
      const before = services.get(name);
      if (!before) book.want(newService(spec));
      else if (before.spec !== spec && !sameSpec(before.spec, spec))
        book.want(changeSpec(before, spec));
    }
    return this.decide(at);
  }

  event(event: SchedulerEvent, at: Instant): SchedulerCall[] {
    const calls = this.take(event, at);
    for (const call of this.decide(at)) calls.push(call);
    return calls;
  }

  tick(at: Instant): SchedulerCall[] {
    return this.decide(at);
  }

  deadlineMs(): number | undefined {
    return this.book.agenda.nextMs();
  }

  names(): string[] {
    return this.book.names();
  }

  view(name: string, kernel: KernelView): ServiceView | undefined {
    const { book } = this;
    const service = book.services.get(name);
    return service && viewService({ service, tally: book.tally(name), ...kernel });
  }

  why(name: string, kernel: KernelView): WhyView | undefined {
    const { book } = this;
    const service = book.services.get(name);
    return service && explainService({ service, tally: book.tally(name), ...kernel });
  }

  dryRun(spec: ServiceSpec, supply: Supply): DryRunView {
    return dryRun(this.book, spec, supply);
  }

  private take(event: SchedulerEvent, at: Instant): SchedulerCall[] {
    const { book } = this;
    switch (event.kind) {
      case "offers":
        this.offersSeen = true;
        return useOffers(book, event.offers, at);
      case "update":
        return this.takeStatus(event.status, event.spec, at);
      case "drain":
        book.setDraining(event.node, true);
        book.lastSeen.delete(event.node);
        return [];
      case "drain-cancelled":
        book.setDraining(event.node, false);
        return [];
      // Offers are answered as they come: none is held that could be taken back.
      case "rescind":
      case "failure":
      case "subscribed":
        return [];
    }
  }

  private takeStatus(status: TaskStatus, spec: TaskSpec, at: Instant): SchedulerCall[] {
    const { book } = this;
    const { taskId, uuid } = status;
    const known = book.instance(taskId);
    if (isTerminal(status.state)) {
      book.remove(taskId);
      const service = known && book.services.get(known.service);
      if (service && isFailure(known, status))
        book.change(known.service, recordFailure(service, known, status, at.nowMs));
    } else {
      const before = known ?? {
        ...launched(spec, status.node, at.nowMs),
        cameBack: this.offersSeen,
      };
      book.put(updated(before, status, at.nowMs));
    }
    return uuid === "" ? [] : [{ kind: "acknowledge", taskId, uuid }];
  }

  /** What follows from all that has happened by now: kills, and whether offers are wanted. */
  private decide(at: Instant): SchedulerCall[] {
    if (this.wanted === "unknown") return [];
    const { book } = this;
    const calls: SchedulerCall[] = [];
    let seeksMore = false;
    for (const name of book.agenda.take(at.nowMs)) {
      const before = book.services.get(name)?.sought ?? 0;
      this.decideOn(name, at, calls);
      seeksMore ||= (book.services.get(name)?.sought ?? 0) > before;
      book.schedule(name, at);
    }
    const asked = this.askForOffers(book.seeking.size > 0, seeksMore);
    if (asked) calls.push({ kind: asked });
    return calls;
  }

  /** Of one service; what is to be said is added to `calls`. */
  private decideOn(name: string, at: Instant, calls: SchedulerCall[]): void {
    const { book } = this;
    if (!book.knows(name)) return;
    const mayKill = this.wanted === "certain";
    const service = book.services.get(name);
    if (!service && mayKill) calls.push(...killOrphans(book, name, at));
    calls.push(...killAgain(book, name, at));
    if (!service) return;
    book.forgive(service, at);
    if (mayKill) calls.push(...killSurplus(book, service, at));
    book.seek(name, at);
  }

  /** Revive also clears our filters: only for a need that the last offers did not know. */
  private askForOffers(seeks: boolean, seeksMore: boolean): "revive" | "suppress" | undefined {
    if (seeksMore || (seeks && this.suppressed)) {
      this.suppressed = false;
      return "revive";
    }
    if (seeks || this.suppressed) return undefined;
    this.suppressed = true;
    return "suppress";
  }
}

const lostWithItsNode: ReadonlySet<TaskState> = new Set<TaskState>([
  "TASK_LOST",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
  "TASK_UNKNOWN",
]);

/** Ended by its own fault, not by our wish and not with its node. */
function isFailure(instance: Instance, status: TaskStatus): boolean {
  if (instance.killAskedMs !== undefined) return false;
  // Never ran, whoever is to blame: launched again at once, it might be dropped again at once, without end.
  if (status.state === "TASK_DROPPED") return true;
  if (status.reason === "node-drained" || status.reason === "killed-by-framework") return false;
  return !lostWithItsNode.has(status.state);
}
