import type { FrameworkInfo, KnownFramework } from "../model/framework";
import { dropIfDone } from "./holdings";
import { takeBackOffers } from "./offers";
import { add, newFramework, termsOf } from "./registry";
import type { KernelFramework, KernelState } from "./state";
import { remember } from "./state";
import { sendKill } from "./tasks";

/** One that lives in the master's process, for as long as the term. */
export function addBuiltIn(state: KernelState, info: FrameworkInfo): void {
  const { name } = info;
  state.frameworks.set(name, { ...newFramework(name, info.roles, true), info, connected: true });
  state.allocator.addFramework(name, termsOf(info.roles, info));
  state.awaitingPass.add(name);
  state.tellFramework(name, { kind: "subscribed", framework: name, term: state.term });
}

/** A scheduler of an external framework has connected; one that was connected before it is no longer heard. */
export function subscribe(
  state: KernelState,
  { id, info }: KnownFramework,
  suppressedRoles: readonly string[],
): void {
  const known = state.frameworks.get(id) ?? add(state, id, info.roles);
  takeBackOffers(state, known.offers);
  takeInfo(state, known, info);
  known.connected = true;
  stopAwaiting(state, known);
  state.allocator.activateFramework(id);
  for (const role of info.roles) {
    if (suppressedRoles.includes(role)) state.allocator.suppress(id, role);
    else state.allocator.revive(id, role);
  }
  state.tellFramework(id, { kind: "subscribed", framework: id, term: state.term });
}

export function update(state: KernelState, { id, info }: KnownFramework): void {
  const framework = state.frameworks.get(id);
  if (framework) takeInfo(state, framework, info);
}

/** Its offers go back; its tasks go on until it is removed. */
export function disconnect(state: KernelState, id: string): void {
  const framework = state.frameworks.get(id);
  if (!framework?.connected || framework.builtIn) return;
  framework.connected = false;
  takeBackOffers(state, framework.offers);
  state.allocator.deactivateFramework(framework.id);
  awaitReturn(state, framework);
}

/** What the store says: those not heard of yet may come back for as long as they have asked for. */
export function reconcileKnown(
  state: KernelState,
  frameworks: readonly KnownFramework[],
  authoritative: boolean,
): void {
  for (const { id, info } of frameworks) {
    // The store was away when it was removed: what it says now is to be taken back there, not here.
    if (state.removed.has(id)) {
      state.emit({ kind: "framework-removed", id });
      continue;
    }
    const known = state.frameworks.get(id);
    if (known?.info) continue;
    const framework = known ?? add(state, id, info.roles);
    takeInfo(state, framework, info);
    awaitReturn(state, framework);
  }
  if (!authoritative) return;
  state.frameworksKnown = true;
  for (const one of [...state.frameworks.values()]) if (!one.info) remove(state, one.id);
}

/** Its tasks are killed, also those that agents come back with later. */
export function remove(state: KernelState, id: string): void {
  const framework = state.frameworks.get(id);
  if (!framework || framework.builtIn) return;
  takeBackOffers(state, framework.offers);
  framework.connected = false;
  stopAwaiting(state, framework);
  state.allocator.deactivateFramework(id);
  remember(state.removed, id);
  for (const taskId of framework.tasks) {
    const task = state.tasks.get(taskId);
    if (task) sendKill(state, task, "framework-removed");
  }
  dropIfDone(state, framework);
}

export function removeOverdue(state: KernelState): void {
  if (state.at.nowMs < state.nextRemovalMs) return;
  state.nextRemovalMs = Infinity;
  for (const framework of state.awaited) {
    const { id, removeAtMs = Infinity } = framework;
    if (removeAtMs > state.at.nowMs) {
      state.nextRemovalMs = Math.min(state.nextRemovalMs, removeAtMs);
      continue;
    }
    remove(state, id);
    state.emit({ kind: "framework-removed", id });
  }
}

function takeInfo(state: KernelState, framework: KernelFramework, info: FrameworkInfo): void {
  framework.info = info;
  framework.roles = info.roles;
  state.allocator.updateFramework(framework.id, termsOf(info.roles, info));
}

function awaitReturn(state: KernelState, framework: KernelFramework): void {
  const { info } = framework;
  if (!info) return;
  framework.removeAtMs = state.at.nowMs + info.failoverTimeoutMs;
  state.nextRemovalMs = Math.min(state.nextRemovalMs, framework.removeAtMs);
  state.awaited.add(framework);
}

function stopAwaiting(state: KernelState, framework: KernelFramework): void {
  framework.removeAtMs = undefined;
  state.awaited.delete(framework);
  if (state.awaited.size === 0) state.nextRemovalMs = Infinity;
}
