import type { Offer } from "../../model/offer";
import { subtractResources } from "../../model/resources";
import type { SchedulerCall } from "../../model/scheduler";
import type { TaskSpec } from "../../model/task";
import { taskResources } from "../../model/task";
import type { Instant } from "../../ports/framework";
import type { Book } from "./book";
import { launched } from "./instance";
import { candidatesOf, place } from "./placement";
import type { Candidate } from "./placement";
import type { ServiceState } from "./service-state";
import { buildTask } from "./task";

/** How long a node with no place for what we seek need not be offered again, unless it has more. */
const refuseMs = 5000;

/** What nodes have left in this pass, and what is to be launched on each. */
interface Pass {
  readonly free: Map<string, Candidate>;
  readonly launches: Map<string, TaskSpec[]>;
}

/** Answers all offers of one pass together, so that instances spread over all nodes that have room. */
export function useOffers(book: Book, offers: readonly Offer[], at: Instant): SchedulerCall[] {
  const pass: Pass = {
    free: new Map(candidatesOf(offers).map((one) => [one.node, one])),
    launches: new Map(),
  };
  for (const service of [...book.services.values()].sort(byName))
    launchService(book, service, pass, at);
  for (const [node, candidate] of pass.free) book.lastSeen.set(node, candidate);
  return [...pass.free.keys()].map((node): SchedulerCall => {
    const offerIds = offers.filter((offer) => offer.node === node).map((offer) => offer.id);
    const tasks = pass.launches.get(node);
    return tasks
      ? { kind: "accept", offerIds, tasks, refuseMs }
      : { kind: "decline", offerIds, refuseMs };
  });
}

/** Launches what has a place; the first instance that has none ends it, with the reasons kept. */
function launchService(book: Book, service: ServiceState, pass: Pass, at: Instant): void {
  const { name } = service.spec;
  for (let left = book.launchable(service, at); left > 0; left--) {
    const placement = place(book.placementInput(service, [...pass.free.values()], at));
    if (placement.kind === "refused") {
      const found = placement.refusals.map((refusal) => [refusal.node, refusal] as const);
      book.change(name, { unplaced: true, refusals: new Map([...service.refusals, ...found]) });
      return;
    }
    const { candidate, ports } = placement;
    const spec = buildTask(service, candidate, ports, book.random.hex(4));
    const rest = subtractResources(candidate.free, taskResources(spec));
    pass.free.set(candidate.node, { ...candidate, free: rest });
    pass.launches.set(candidate.node, [...(pass.launches.get(candidate.node) ?? []), spec]);
    book.put(launched(spec, candidate.node, at.nowMs));
  }
  book.change(name, { unplaced: false, refusals: new Map() });
}

function byName(a: ServiceState, b: ServiceState): number {
  return a.spec.name < b.spec.name ? -1 : 1;
}
