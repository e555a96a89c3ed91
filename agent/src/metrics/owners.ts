import type { MasterFigures, TaskCounts } from "../ports/figures";
import { liveStates } from "./task-states";

type Owner = MasterFigures["tasks"][number];

/** Pairs of framework and role that are shown by name; those with the fewest tasks beyond them are `other`. */
export const ownerLimit = 100;
const labelLimit = 100;
const rest = { framework: "other", role: "other" };

/** The largest by name and all the others as one, for people choose these names, and each is a series for ever. */
export function largestOwners(all: MasterFigures["tasks"]): Owner[] {
  const shown = joined(all.map(clipped)).sort(bySize);
  const others = shown.splice(ownerLimit).map((one) => ({ ...one, ...rest }));
  return joined([...shown, ...others]);
}

/** Those of equal names are one. */
function joined(owners: readonly Owner[]): Owner[] {
  const byName = new Map<string, Owner>();
  for (const owner of owners) {
    const key = JSON.stringify([owner.framework, owner.role]);
    const before = byName.get(key);
    byName.set(key, before ? { ...before, states: sum(before.states, owner.states) } : owner);
  }
  return [...byName.values()];
}

function clipped({ framework, role, states }: Owner): Owner {
  return { framework: framework.slice(0, labelLimit), role: role.slice(0, labelLimit), states };
}

function bySize(a: Owner, b: Owner): number {
  const [left, right] = [
    JSON.stringify([a.framework, a.role]),
    JSON.stringify([b.framework, b.role]),
  ];
  return sizeOf(b) - sizeOf(a) || (left < right ? -1 : 1);
}

function sizeOf({ states }: Owner): number {
  return liveStates.reduce((size, state) => size + (states[state] ?? 0), 0);
}

function sum(a: TaskCounts, b: TaskCounts): TaskCounts {
  const states = liveStates.filter((state) => state in a || state in b);
  return Object.fromEntries(states.map((state) => [state, (a[state] ?? 0) + (b[state] ?? 0)]));
}
