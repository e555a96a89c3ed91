import type { AllocationInput } from "../allocation/index";
import { allocate, explainNoOffer } from "../allocation/index";
import type { Offer } from "../model/offer";
import type { Resources } from "../model/resources";
import {
  addResources,
  explainShortage,
  noResources,
  subtractResources,
  sumResources,
} from "../model/resources";
import type { Refusal, SchedulerCall } from "../model/scheduler";
import type { TaskSpec } from "../model/task";
import { isTerminal, taskResources } from "../model/task";
import type { KernelFramework, KernelState } from "./state";

/** An offer nobody answers goes to others after this: hoarding is Mesos' classic failure. */
export const offerTimeoutMs = 30_000;
/** How long a framework that let an offer time out waits for the next of that node. */
const unansweredRefuseMs = 5000;
/** The least a refusal lasts, so that offer and refusal cannot chase each other without a pause. */
const shortestRefuseMs = 100;
/** The most, as in Mesos. */
const longestRefuseMs = 365 * 24 * 3600 * 1000;

type Accept = Extract<SchedulerCall, { kind: "accept" }>;

/** Offers what is free, one event a framework. Nothing while agents are still coming back. */
export function makeOffers(state: KernelState): void {
  const { nowMs } = state.at;
  if (state.recoverUntilMs !== undefined) return;
  const wanting = [...state.frameworks.values()].filter((one) => one.wantsOffers);
  if (wanting.length === 0) return;
  state.filters.expire(nowMs);
  const made = new Map<string, Offer[]>();
  for (const grant of allocate(allocationInput(state))) {
    const node = state.nodes.get(grant.node);
    if (!node?.info) continue;
    const offer: Offer = {
      id: `${state.term}-${++state.offersMade}`,
      framework: grant.framework,
      node: grant.node,
      address: node.info.address,
      resources: grant.resources,
      attributes: node.info.attributes,
    };
    state.offers.set(offer.id, { offer, untilMs: nowMs + offerTimeoutMs });
    made.set(grant.framework, [...(made.get(grant.framework) ?? []), offer]);
  }
  for (const framework of wanting) {
    const offers = made.get(framework.name) ?? [];
    if (offers.length === 0 && !framework.awaitsPass) continue;
    framework.awaitsPass = false;
    state.tellFramework(framework.name, { kind: "offers", offers });
  }
}

/** Every node that this framework has no offer of, and why. */
export function refusals(state: KernelState, framework: string): Refusal[] {
  const input = allocationInput(state);
  const recovering = state.recoverUntilMs !== undefined;
  return input.nodes.flatMap((node) => {
    const held = [...state.offers.values()].some(
      ({ offer }) => offer.node === node.name && offer.framework === framework,
    );
    if (held) return [];
    const found = explainNoOffer(input, node, framework);
    if (found) return [found];
    const message = "agents are still coming back after the change of master";
    return recovering ? [{ node: node.name, rule: "recovering", message }] : [];
  });
}

export function accept(state: KernelState, framework: string, call: Accept): void {
  const held = call.offerIds.map((id) => heldBy(state, framework, id));
  const wrong = offersWrong(call, held);
  const offers = held.filter((offer) => offer !== undefined);
  let rest = sumResources(offers.map((offer) => offer.resources));
  for (const { id } of offers) state.offers.delete(id);
  for (const task of call.tasks) {
    const node = offers[0]?.node ?? "";
    if (wrong !== undefined) {
      turnDown(state, framework, task, { node, state: "TASK_DROPPED", message: wrong });
      continue;
    }
    const mistake = taskWrong(state, framework, task, rest);
    if (mistake !== undefined) {
      turnDown(state, framework, task, { node, state: "TASK_ERROR", message: mistake });
      continue;
    }
    rest = subtractResources(rest, taskResources(task));
    launch(state, node, task);
  }
  if (wrong === undefined) refuse(state, framework, offers, { rest, refuseMs: call.refuseMs });
}

export function decline(
  state: KernelState,
  framework: string,
  offerIds: readonly string[],
  refuseMs: number,
): void {
  const offers = offerIds.flatMap((id) => heldBy(state, framework, id) ?? []);
  for (const { id } of offers) state.offers.delete(id);
  for (const node of new Set(offers.map((offer) => offer.node))) {
    const own = offers.filter((offer) => offer.node === node);
    const rest = sumResources(own.map((offer) => offer.resources));
    refuse(state, framework, own, { rest, refuseMs });
  }
}

export function revive(state: KernelState, framework: KernelFramework): void {
  framework.wantsOffers = true;
  framework.awaitsPass = true;
  state.filters.clearFramework(framework.name);
}

export function rescindOffersOf(state: KernelState, node: string): void {
  for (const { offer } of state.offers.values()) if (offer.node === node) rescind(state, offer);
}

export function rescindTimedOut(state: KernelState): void {
  for (const { offer, untilMs } of state.offers.values()) {
    if (untilMs > state.at.nowMs) continue;
    rescind(state, offer);
    const terms = { rest: offer.resources, refuseMs: unansweredRefuseMs };
    refuse(state, offer.framework, [offer], terms);
  }
}

function allocationInput(state: KernelState): AllocationInput {
  const nodes = [...state.nodes].map(([name, node]) => state.allocatable(name, node));
  const claimants = [...state.frameworks.values()].map((framework) => ({
    framework: framework.name,
    wantsOffers: framework.wantsOffers,
    held: state.frameworks.size > 1 ? heldInAll(state, framework.name) : noResources,
  }));
  return { nodes, claimants, filters: state.filters, nowMs: state.at.nowMs };
}

function heldInAll(state: KernelState, framework: string): Resources {
  let held = noResources;
  for (const { spec, status } of state.tasks.values())
    if (spec.framework === framework && !isTerminal(status.state))
      held = addResources(held, taskResources(spec));
  for (const { offer } of state.offers.values())
    if (offer.framework === framework) held = addResources(held, offer.resources);
  return held;
}

function heldBy(state: KernelState, framework: string, id: string): Offer | undefined {
  const offer = state.offers.get(id)?.offer;
  return offer?.framework === framework ? offer : undefined;
}

function offersWrong(call: Accept, held: readonly (Offer | undefined)[]): string | undefined {
  if (call.offerIds.length === 0) return "accept names no offer";
  if (new Set(call.offerIds).size < call.offerIds.length) return "accept names an offer twice";
  const missing = held.indexOf(undefined);
  if (missing >= 0)
    return `offer '${call.offerIds[missing] ?? ""}' is not held by this framework (any more)`;
  const nodes = [...new Set(held.map((offer) => offer?.node ?? ""))];
  return nodes.length > 1
    ? `offers of several nodes in one accept: ${nodes.join(", ")}`
    : undefined;
}

function taskWrong(
  state: KernelState,
  framework: string,
  task: TaskSpec,
  rest: Resources,
): string | undefined {
  if (task.framework !== framework)
    return `task '${task.id}' names framework '${task.framework}', it is '${framework}'`;
  if (state.tasks.has(task.id)) return `a task '${task.id}' exists already: ids must be unique`;
  const shortage = explainShortage(rest, taskResources(task));
  return shortage === undefined
    ? undefined
    : `the offer does not cover task '${task.id}': ${shortage}`;
}

function launch(state: KernelState, node: string, spec: TaskSpec): void {
  const status = state.ownStatus({ id: spec.id, node }, "TASK_STAGING", undefined, "launched");
  state.putTask({ spec, node, status, unreachable: false, kill: undefined });
  state.tellAgent(node, { kind: "launch", term: state.term, spec });
}

function turnDown(
  state: KernelState,
  framework: string,
  spec: TaskSpec,
  why: { node: string; state: "TASK_DROPPED" | "TASK_ERROR"; message: string },
): void {
  const task = { id: spec.id, node: why.node };
  const status = state.ownStatus(task, why.state, "invalid-offer", why.message);
  state.tellFramework(framework, { kind: "update", status, spec });
}

function refuse(
  state: KernelState,
  framework: string,
  offers: readonly Offer[],
  terms: { readonly rest: Resources; readonly refuseMs: number },
): void {
  const node = offers[0]?.node;
  if (node === undefined) return;
  const forMs = Math.min(longestRefuseMs, Math.max(shortestRefuseMs, terms.refuseMs));
  const untilMs = state.at.nowMs + forMs;
  state.filters.refuse({ framework, node, untilMs, refused: terms.rest });
}

function rescind(state: KernelState, offer: Offer): void {
  state.offers.delete(offer.id);
  state.tellFramework(offer.framework, { kind: "rescind", offerId: offer.id });
}
