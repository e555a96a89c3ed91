import type { Grant } from "../allocation/index";
import type { Offer } from "../model/offer";
import type { Portion } from "../model/portion";
import { sumResources } from "../model/resources";
import type { Refusal } from "../model/scheduler";
import type { HeldOffer, KernelFramework, KernelState } from "./state";
import { unfit } from "./supply";

/** An offer nobody answers goes to others after this: hoarding is Mesos' classic failure. */
export const offerTimeoutMs = 30_000;
/** How long a framework that let an offer time out waits for the next of that node. */
const unansweredRefuseMs = 5000;
/** The least a refusal lasts, so that offer and refusal cannot chase each other without a pause. */
const shortestRefuseMs = 100;
/** The most, as in Mesos. */
const longestRefuseMs = 365 * 24 * 3600 * 1000;

/** Offers what is free, one event a framework. Nothing while agents are still coming back. */
export function makeOffers(state: KernelState): void {
  if (state.recoverUntilMs !== undefined) return;
  const { grants } = state.allocator.allocate(state.at.nowMs);
  if (grants.length === 0 && state.awaitingPass.size === 0) return;
  const made = new Map<string, Offer[]>();
  for (const grant of grants) {
    const offer = makeOffer(state, grant);
    const before = made.get(grant.framework);
    if (before) before.push(offer);
    else made.set(grant.framework, [offer]);
  }
  for (const id of state.awaitingPass) if (!made.has(id)) made.set(id, []);
  state.awaitingPass.clear();
  for (const [id, offers] of made) state.tellFramework(id, { kind: "offers", offers });
}

export function decline(
  state: KernelState,
  framework: KernelFramework,
  offerIds: readonly string[],
  refuseMs: number,
): void {
  const together = new Map<string, HeldOffer[]>();
  for (const id of new Set(offerIds)) {
    const held = heldBy(state, framework, id);
    if (!held) continue;
    // Of what is refused of one node the last word counts: it must be all of it.
    const key = `${held.offer.role}\n${held.offer.node}`;
    together.set(key, [...(together.get(key) ?? []), held]);
  }
  for (const offers of together.values())
    giveBack(state, offers, { rest: offers.flatMap(({ offer }) => offer.portions), refuseMs });
}

export function revive(
  state: KernelState,
  framework: KernelFramework,
  roles: readonly string[] = framework.roles,
): void {
  if (framework.builtIn) state.awaitingPass.add(framework.id);
  for (const role of known(framework, roles)) state.allocator.revive(framework.id, role);
}

export function suppress(
  state: KernelState,
  framework: KernelFramework,
  roles: readonly string[] = framework.roles,
): void {
  state.awaitingPass.delete(framework.id);
  for (const role of known(framework, roles)) state.allocator.suppress(framework.id, role);
}

/** The offers end, and what is left of them is free again; what of it is refused is not offered to the same for a while. */
export function giveBack(
  state: KernelState,
  offers: readonly HeldOffer[],
  left: { readonly rest: readonly Portion[]; readonly refuseMs: number | undefined },
): void {
  for (const held of offers) forgetOffer(state, held.offer);
  const [first] = offers;
  if (!first) return;
  const { framework, role, node } = first.offer;
  const { refuseMs } = left;
  const forMs = Math.min(longestRefuseMs, Math.max(shortestRefuseMs, refuseMs ?? 0));
  const filter = refuseMs === undefined ? undefined : { untilMs: state.at.nowMs + forMs };
  state.allocator.giveBack({ framework, role, node }, left.rest, filter);
}

export function rescindOffersOf(state: KernelState, node: string): void {
  const offers = state.nodes.get(node)?.offers;
  for (const held of [...(offers?.values() ?? [])]) rescind(state, held, undefined);
}

/** What is offered may be beyond a limit that was just set: it is offered anew, within it. */
export function rescindOffersIn(state: KernelState, role: string): void {
  for (const held of state.offers.values()) {
    const { role: own } = held.offer;
    if (own === role || own.startsWith(`${role}/`)) rescind(state, held, undefined);
  }
}

export function rescindTimedOut(state: KernelState): void {
  for (const held of state.offers.values()) {
    if (held.untilMs > state.at.nowMs) return;
    rescind(state, held, unansweredRefuseMs);
  }
}

/** Without a word: whoever had them is gone. */
export function takeBackOffers(state: KernelState, ids: Iterable<string>): void {
  for (const id of [...ids]) {
    const held = state.offers.get(id);
    if (held) giveBack(state, [held], { rest: held.offer.portions, refuseMs: undefined });
  }
}

export function heldBy(
  state: KernelState,
  framework: KernelFramework,
  id: string,
): HeldOffer | undefined {
  const held = state.offers.get(id);
  return held?.offer.framework === framework.id ? held : undefined;
}

/** Every node that this framework has no offer of, and why. */
export function refusals(state: KernelState, framework: KernelFramework): Refusal[] {
  return [...state.nodes.keys()].flatMap((name) => refusal(state, framework, name) ?? []);
}

function refusal(
  state: KernelState,
  { id: framework, roles }: KernelFramework,
  name: string,
): Refusal | undefined {
  const node = state.nodes.get(name);
  if (!node) return undefined;
  const offers = [...node.offers.values()].map(({ offer }) => offer);
  if (offers.some((offer) => offer.framework === framework)) return undefined;
  const why = unfit(state, name, node);
  if (why) return { node: name, ...why };
  const role = roles[0] ?? "*";
  const found = state.allocator.explain({ framework, role, node: name }, state.at.nowMs);
  if (found?.rule === "resources" && offers.length > 0)
    return {
      node: name,
      rule: "offered",
      message: "what it has free is in an offer that has not been answered yet",
    };
  if (found || state.recoverUntilMs === undefined) return found;
  const message = "agents are still coming back after the change of master";
  return { node: name, rule: "recovering", message };
}

function makeOffer(state: KernelState, grant: Grant): Offer {
  const { framework, role, node: name, portions } = grant;
  const node = state.nodes.get(name);
  const offer: Offer = {
    id: `${state.term}-${++state.offersMade}`,
    framework,
    role,
    node: name,
    address: node?.info?.address ?? "",
    resources: sumResources(portions),
    portions,
    attributes: node?.info?.attributes ?? {},
  };
  const held = { offer, untilMs: state.at.nowMs + offerTimeoutMs };
  state.offers.set(offer.id, held);
  node?.offers.set(offer.id, held);
  state.frameworks.get(framework)?.offers.add(offer.id);
  return offer;
}

function forgetOffer(state: KernelState, { id, framework, node }: Offer): void {
  state.offers.delete(id);
  state.nodes.get(node)?.offers.delete(id);
  state.frameworks.get(framework)?.offers.delete(id);
}

function rescind(state: KernelState, held: HeldOffer, refuseMs: number | undefined): void {
  giveBack(state, [held], { rest: held.offer.portions, refuseMs });
  const { framework, id } = held.offer;
  state.tellFramework(framework, { kind: "rescind", offerId: id });
}

function known({ roles }: KernelFramework, named: readonly string[]): readonly string[] {
  return named.filter((role) => roles.includes(role));
}
