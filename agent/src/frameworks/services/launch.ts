import type { Offer } from "../../model/offer";
import { addResources } from "../../model/resources";
import type { SchedulerCall } from "../../model/scheduler";
import type { TaskSpec } from "../../model/task";
import { taskResources } from "../../model/task";
import type { Instant } from "../../ports/framework";
import type { Book } from "./book";
import { launched } from "./instance";
import type { Room } from "./placement";
import { Placing } from "./placement";
import type { ServiceState } from "./service-state";
import { taskBuilder } from "./task";

/** How long a node with no place for what we seek need not be offered again, unless it has more. */
const refuseMs = 5000;

/** One node in this pass: what it has left, and what is to be launched on it. */
interface OfferedRoom extends Room {
  readonly offerIds: string[];
  readonly tasks: TaskSpec[];
}

/** Answers all offers of one pass together, so that instances spread over all nodes that have room. */
export function useOffers(book: Book, offers: readonly Offer[], at: Instant): SchedulerCall[] {
  const rooms = roomsOf(book, offers);
  for (const service of seekers(book, at)) launchService(book, service, rooms, at);
  return rooms.map(({ node, attributes, free, offerIds, tasks }): SchedulerCall => {
    book.lastSeen.set(node, { node, attributes, free });
    return tasks.length > 0
      ? { kind: "accept", offerIds, tasks, refuseMs }
      : { kind: "decline", offerIds, refuseMs };
  });
}

/** Offers of one node are one room. */
function roomsOf(book: Book, offers: readonly Offer[]): OfferedRoom[] {
  const found = new Map<string, OfferedRoom>();
  for (const { id, node, attributes, resources } of offers) {
    const room = found.get(node);
    if (room) {
      room.free = addResources(room.free, resources);
      room.offerIds.push(id);
    } else {
      const instances = book.nodes.on(node);
      found.set(node, { node, attributes, free: resources, instances, offerIds: [id], tasks: [] });
    }
  }
  return [...found.values()];
}

/** By name. */
function seekers(book: Book, at: Instant): ServiceState[] {
  const names = new Set([...book.seeking, ...book.agenda.due(at.nowMs)]);
  return [...names].sort().flatMap((name) => book.services.get(name) ?? []);
}

/** Launches what has a place; the first instance that has none ends it, with the reasons kept. */
function launchService(
  book: Book,
  service: ServiceState,
  rooms: readonly OfferedRoom[],
  at: Instant,
): void {
  const { name } = service.spec;
  book.agenda.touch(name);
  const wanted = book.launchable(service, at);
  const task = taskBuilder(service);
  const placing = new Placing(book.placingTerms(service, wanted > 0 ? rooms : [], at));
  for (let left = wanted; left > 0; left--) {
    const placement = placing.next();
    if (placement.kind === "refused") {
      const found = placement.refusals.map((refusal) => [refusal.node, refusal] as const);
      book.change(name, { unplaced: true, refusals: new Map([...service.refusals, ...found]) });
      return;
    }
    const { room, ports } = placement;
    const spec = task(room, ports, book.random.hex(4));
    placing.fill(taskResources(spec));
    room.tasks.push(spec);
    book.put(launched(spec, room.node, at.nowMs));
  }
  book.change(name, { unplaced: false, refusals: new Map() });
}
