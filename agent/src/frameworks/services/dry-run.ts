import type { DryRunView } from "../../contract/index";
import type { Resources } from "../../model/resources";
import { addResources, normalisePorts, singlePort } from "../../model/resources";
import type { RoleAmounts } from "../../model/role";
import type { Refusal } from "../../model/scheduler";
import type { ServiceSpec } from "../../model/service";
import type { TaskPort } from "../../model/task";
import { taskResources } from "../../model/task";
import type { Supply } from "../../ports/framework";
import type { Book } from "./book";
import { unplaceableSentence } from "./explain";
import type { Instance } from "./instance";
import { isDying, isLostSight } from "./instance";
import type { PlacingTerms, Room } from "./placement";
import { Placing } from "./placement";
import { specVersion } from "./version";

/** Of the service as it runs now: those that stay as they are, and those that make room. */
interface Present {
  readonly staying: readonly Instance[];
  readonly going: readonly Instance[];
}

/**
 * Where the instances of this service would go if it were wanted so now, and why not all of them have a place. Nobody else's are moved
 * for it; what it has itself and would have no more is free for it. Changes nothing.
 */
export function dryRun(book: Book, spec: ServiceSpec, supply: Supply): DryRunView {
  const present = presentOf(book, spec);
  const perNode = new Map<string, number>();
  for (const { node } of present.staying) count(perNode, node);
  const heldAgainst = (node: string): number => perNode.get(node) ?? 0;
  const placing = new Placing({ ...roomsOf(book, spec, supply, present), heldAgainst });
  const quota = quotaRoom(spec, supply.quotaLeft, present.going);
  const needed = spec.instances - present.staying.length;
  let placed = present.staying.length;
  let refusals: readonly Refusal[] = [];
  for (let next = 0; next < Math.min(needed, quota); next++) {
    const placement = placing.next();
    if (placement.kind === "refused") {
      refusals = [...placement.refusals, ...supply.refusals];
      break;
    }
    count(perNode, placement.room.node);
    placing.fill(taken(spec, placement.ports));
    placed++;
  }
  const isQuota = placed < spec.instances && refusals.length === 0 && quota < needed;
  return {
    service: spec.name,
    wanted: spec.instances,
    placed,
    nodes: Object.fromEntries([...perNode].sort(([a], [b]) => (a < b ? -1 : 1))),
    summary: summaryOf(spec, placed, isQuota ? quotaSentence : unplaceableSentence(spec, refusals)),
    refusals,
  };
}

const quotaSentence =
  "the quota limit of the services' role, or of one above it, leaves no more. Raise it (covey roles set), or ask for less";

function presentOf(book: Book, spec: ServiceSpec): Present {
  if (!book.knows(spec.name)) return { staying: [], going: [] };
  const seen = [...book.tally(spec.name).instances.values()].filter((one) => !isLostSight(one));
  const version = specVersion(spec);
  const good = seen.filter(
    (one) => one.version === version && !isDying(one) && !book.draining.has(one.node),
  );
  const staying = good.slice(0, spec.instances);
  return { staying, going: seen.filter((one) => !staying.includes(one)) };
}

function roomsOf(
  book: Book,
  spec: ServiceSpec,
  { nodes }: Supply,
  { staying, going }: Present,
): Omit<PlacingTerms<Room>, "heldAgainst"> {
  const rooms = nodes.map(({ node, attributes, free }): Room => {
    const leaving = going.filter((one) => one.node === node);
    return {
      node,
      attributes,
      free: leaving.reduce((sum, one) => addResources(sum, taskResources(one.spec)), free),
      instances: book.nodes.on(node) - leaving.length,
    };
  });
  const held = book.heldPorts(spec);
  return {
    spec,
    rooms,
    instances: staying,
    random: () => book.random.next(),
    explainHeldPort: (node) => held.get(node),
  };
}

/** How many more instances the role's limits leave. */
function quotaRoom(spec: ServiceSpec, left: RoleAmounts, going: readonly Instance[]): number {
  const amounts = [
    [left.cpus, spec.cpus, going.reduce((sum, one) => sum + one.spec.cpus, 0)],
    [left.memMiB, spec.memMiB, going.reduce((sum, one) => sum + one.spec.memMiB, 0)],
  ] as const;
  return amounts.reduce(
    (least, [limit, need, freed]) =>
      limit === undefined
        ? least
        : Math.min(least, Math.max(0, Math.floor((limit + freed) / need + 1e-9))),
    Infinity,
  );
}

function taken(spec: ServiceSpec, ports: readonly TaskPort[]): Resources {
  return {
    cpus: spec.cpus,
    memMiB: spec.memMiB,
    diskMiB: 0,
    ports: normalisePorts(ports.map(({ hostPort }) => singlePort(hostPort))),
  };
}

function summaryOf(spec: ServiceSpec, placed: number, why: string): string {
  const wanted = spec.instances;
  if (wanted === 0) return "no instances are wanted";
  if (placed === wanted) return `all ${wanted} instances have a place`;
  if (placed === 0) return why;
  return `${placed} of ${wanted} instances have a place; of the others, ${why}`;
}

function count(counts: Map<string, number>, node: string): void {
  counts.set(node, (counts.get(node) ?? 0) + 1);
}
