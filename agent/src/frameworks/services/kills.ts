import { addResources } from "../../model/resources";
import type { SchedulerCall } from "../../model/scheduler";
import { taskResources } from "../../model/task";
import type { Instant } from "../../ports/framework";
import type { Book } from "./book";
import type { Instance } from "./instance";
import { Placing } from "./placement";
import { planService, plannedKills, spareInstances } from "./plan";
import type { ServiceState } from "./service-state";

/** Instances of a service that nobody wants any more. */
export function killOrphans(book: Book, name: string, at: Instant): SchedulerCall[] {
  return [...book.tally(name).instances.values()]
    .filter((one) => one.killAskedMs === undefined)
    .map((one) => kill(book, one, `service '${name}' is not wanted any more`, at));
}

/** What the plan has too many of; and where a new instance finds no place, an old one that leaves it one. */
export function killSurplus(book: Book, service: ServiceState, at: Instant): SchedulerCall[] {
  const input = book.planInput(service, at);
  const plan = planService(input);
  if (plan.killStale + plan.killGood > 0)
    return plannedKills(input, plan).map(({ instance, reason }) =>
      kill(book, instance, reason, at),
    );
  if (!service.unplaced) return [];
  const spare = spareInstances(input, plan).find((one) => wouldMakeRoom(book, service, one, at));
  if (!spare) return [];
  book.change(service.spec.name, { unplaced: false });
  return [kill(book, spare, `makes room for version ${service.version}`, at)];
}

/** A kill without effect (its container engine hung, ...) is asked for again. */
export function killAgain(book: Book, name: string, at: Instant): SchedulerCall[] {
  return book
    .tally(name)
    .overdue(at.nowMs)
    .map((one) => kill(book, one, "it did not end after the first kill", at));
}

/** A new instance finds no place beside the old ones; would it, on the node of this one, without it? */
function wouldMakeRoom(book: Book, service: ServiceState, spare: Instance, at: Instant): boolean {
  const { node } = spare;
  const seen = book.lastSeen.get(node);
  const given = taskResources(spare.spec);
  const room = {
    node,
    attributes: seen?.attributes ?? {},
    free: seen ? addResources(seen.free, given) : given,
    instances: book.nodes.on(node),
  };
  const terms = book.placingTerms(service, [room], at);
  const instances = terms.instances.filter((one) => one !== spare);
  return new Placing({ ...terms, instances }).next().kind === "placed";
}

function kill(book: Book, instance: Instance, reason: string, at: Instant): SchedulerCall {
  book.put({ ...instance, killAskedMs: at.nowMs });
  return { kind: "kill", taskId: instance.taskId, reason };
}
