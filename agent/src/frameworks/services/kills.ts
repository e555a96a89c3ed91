import { addResources } from "../../model/resources";
import type { SchedulerCall } from "../../model/scheduler";
import { taskResources } from "../../model/task";
import type { Instant } from "../../ports/framework";
import type { Book } from "./book";
import type { Instance } from "./instance";
import { isLostSight } from "./instance";
import { place } from "./placement";
import { killPatienceMs } from "./plan";
import type { ServiceState } from "./service-state";

/** Instances of services that nobody wants any more. */
export function killOrphans(book: Book, at: Instant): SchedulerCall[] {
  return book
    .instances()
    .filter((one) => !book.services.has(one.service) && one.killAskedMs === undefined)
    .map((one) => kill(book, one, `service '${one.service}' is not wanted any more`, at));
}

/** What the plan has too many of; and where a new instance finds no place, an old one that leaves it one. */
export function killSurplus(book: Book, service: ServiceState, at: Instant): SchedulerCall[] {
  const plan = book.plan(service, at);
  if (plan.kill.length > 0)
    return plan.kill.map(({ instance, reason }) => kill(book, instance, reason, at));
  if (!service.unplaced) return [];
  const spare = plan.spare.find((one) => wouldMakeRoom(book, service, one, at));
  if (!spare) return [];
  book.change(service.spec.name, { unplaced: false });
  return [kill(book, spare, `makes room for version ${service.version}`, at)];
}

/** A kill without effect (its container engine hung, ...) is asked for again. */
export function killAgain(book: Book, at: Instant): SchedulerCall[] {
  return book
    .instances()
    .filter((one) => (killAgainMs(one) ?? Infinity) <= at.nowMs)
    .map((one) => kill(book, one, "it did not end after the first kill", at));
}

/** undefined: nobody asked for its death, or its agent is not there to hear it. */
export function killAgainMs(instance: Instance): number | undefined {
  if (instance.killAskedMs === undefined || isLostSight(instance)) return undefined;
  return instance.killAskedMs + instance.spec.killGraceMs + killPatienceMs;
}

/** A new instance finds no place beside the old ones; would it, on the node of this one, without it? */
function wouldMakeRoom(book: Book, service: ServiceState, spare: Instance, at: Instant): boolean {
  const seen = book.lastSeen.get(spare.node);
  const given = taskResources(spare.spec);
  const candidate = {
    node: spare.node,
    attributes: seen?.attributes ?? {},
    free: seen ? addResources(seen.free, given) : given,
  };
  const input = book.placementInput(service, [candidate], at);
  const instances = input.instances.filter((one) => one !== spare);
  return place({ ...input, instances }).kind === "placed";
}

function kill(book: Book, instance: Instance, reason: string, at: Instant): SchedulerCall {
  book.put({ ...instance, killAskedMs: at.nowMs });
  return { kind: "kill", taskId: instance.taskId, reason };
}
