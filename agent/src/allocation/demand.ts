import type { Claimant, Framework, FrameworkTerms } from "./claimant";
import { minimumOf, smallest } from "./claimant";
import type { OfferConstraints } from "./constraints";
import { abilitiesOf } from "./eligible";
import { giveBackAll } from "./holdings";
import { clearFilters } from "./refusing";
import { AllocationError } from "./state";
import type { AllocatorState } from "./state";

/** It is active and wants offers in all its roles. */
export function addFramework(state: AllocatorState, name: string, terms: FrameworkTerms): void {
  if (state.frameworks.has(name))
    throw new AllocationError(`a framework '${name}' is there already`);
  const framework: Framework = {
    name,
    terms,
    minimum: smallest,
    active: true,
    claimants: new Map(),
  };
  state.frameworks.set(name, framework);
  takeTerms(state, framework, terms);
}

/** Other roles or capabilities. What it holds in a role it has left it keeps, and is offered no more in that role. */
export function updateFramework(state: AllocatorState, name: string, terms: FrameworkTerms): void {
  takeTerms(state, state.framework(name), terms);
}

/** With all it holds. */
export function removeFramework(state: AllocatorState, name: string): void {
  const framework = state.framework(name);
  for (const claimant of [...framework.claimants.values()]) {
    for (const node of [...claimant.on]) giveBackAll(state, claimant, node);
    leave(state, claimant);
  }
  if (framework.minimum !== smallest) state.ownMinimums--;
  state.frameworks.delete(name);
  for (const node of state.unavailable) node.inverse.delete(name);
}

/** An inactive framework is offered nothing; what it holds it keeps. */
export function setActive(state: AllocatorState, name: string, active: boolean): void {
  const framework = state.framework(name);
  framework.active = active;
  for (const claimant of framework.claimants.values()) weigh(state, claimant);
}

export function suppress(state: AllocatorState, claimant: Claimant): void {
  claimant.suppressed = true;
  weigh(state, claimant);
}

/** Wants offers again, and of every node: its filters end. */
export function revive(state: AllocatorState, claimant: Claimant): void {
  claimant.suppressed = false;
  clearFilters(state, claimant);
  state.everything = true;
  weigh(state, claimant);
}

export function setConstraints(
  state: AllocatorState,
  claimant: Claimant,
  constraints: OfferConstraints,
): void {
  claimant.constraints = constraints;
  if (claimant.wants) state.everything = true;
}

/** The claimant is forgotten where it has left its role and holds nothing in it any more. */
export function dropIfIdle(state: AllocatorState, claimant: Claimant): void {
  if (claimant.member || claimant.on.size > 0) return;
  const { framework, role, leaf } = claimant;
  framework.claimants.delete(role.path);
  state.claimants[leaf] = undefined;
  state.tree.remove(leaf);
  state.roles.release(role);
}

function takeTerms(state: AllocatorState, framework: Framework, terms: FrameworkTerms): void {
  framework.terms = terms;
  if (framework.minimum !== smallest) state.ownMinimums--;
  framework.minimum = minimumOf(terms);
  if (framework.minimum !== smallest) state.ownMinimums++;
  const roles = new Set(terms.roles);
  // Joins first: a role above both the old and the new one is not forgotten in between.
  for (const path of roles) join(state, framework, path);
  for (const claimant of [...framework.claimants.values()])
    if (!roles.has(claimant.role.path)) leave(state, claimant);
  if (framework.active) state.everything = true;
}

function join(state: AllocatorState, framework: Framework, path: string): void {
  const known = framework.claimants.get(path);
  if (known) known.member = true;
  else {
    const role = state.roles.retain(path);
    const leaf = state.tree.add(role.ownId, framework.name);
    const claimant: Claimant = {
      framework,
      role,
      leaf,
      member: true,
      suppressed: false,
      wants: false,
      constraints: [],
      filters: new Map(),
      on: new Set(),
    };
    state.claimants[leaf] = claimant;
    framework.claimants.set(path, claimant);
  }
  const claimant = framework.claimants.get(path);
  if (claimant) weigh(state, claimant);
}

function leave(state: AllocatorState, claimant: Claimant): void {
  claimant.member = false;
  weigh(state, claimant);
  clearFilters(state, claimant);
  dropIfIdle(state, claimant);
}

/** Tells the fair tree whether the claimant wants offers. */
function weigh(state: AllocatorState, claimant: Claimant): void {
  const wants = claimant.framework.active && claimant.member && !claimant.suppressed;
  if (claimant.wants) state.tree.stopWanting(claimant.leaf);
  if (wants) state.tree.startWanting(claimant.leaf, abilitiesOf(claimant.framework.terms));
  if (wants && !claimant.wants) state.everything = true;
  claimant.wants = wants;
}
