import type { RoleTerms } from "../model/role";
import type { RoleView } from "../contract/index";
import { rescindOffersIn } from "./offers";
import type { KernelState } from "./state";

/** These are said something of, and no others. */
export function setRoles(state: KernelState, roles: readonly RoleTerms[]): void {
  const before = state.roles;
  state.roles = new Map(roles.map((role) => [role.name, role]));
  for (const name of before.keys())
    if (!state.roles.has(name)) {
      state.allocator.setWeight(name, 1);
      state.allocator.setQuota(name, undefined);
    }
  for (const [name, role] of state.roles) {
    if (same(before.get(name), role)) continue;
    const { weight, guarantee, limit } = role;
    const none = Object.keys(guarantee).length === 0 && Object.keys(limit).length === 0;
    state.allocator.setWeight(name, weight);
    state.allocator.setQuota(name, none ? undefined : { guarantee, limit });
    if (Object.keys(limit).length > 0) rescindOffersIn(state, name);
  }
}

/** Those an operator has said something of, and those somebody is in. */
export function roleViews(state: KernelState): RoleView[] {
  const frameworks = [...state.frameworks.values()];
  const names = new Set([...state.roles.keys(), ...frameworks.flatMap(({ roles }) => roles)]);
  return [...names].sort().map((name) => {
    const { weight = 1, guarantee = {}, limit = {} } = state.roles.get(name) ?? {};
    return {
      name,
      weight,
      guarantee,
      limit,
      stated: state.roles.has(name),
      consumed: state.allocator.consumed(name) ?? { cpus: 0, memMiB: 0, diskMiB: 0, gpus: 0 },
      dominantShare: state.allocator.dominantShare(name) ?? 0,
      frameworks: frameworks.filter(({ roles }) => roles.includes(name)).map(({ id }) => id),
    };
  });
}

function same(a: RoleTerms | undefined, b: RoleTerms): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
