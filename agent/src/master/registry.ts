import type { FrameworkTerms, Holder } from "../allocation/index";
import type { FrameworkInfo } from "../model/framework";
import { plainFramework } from "../model/framework";
import { Endings } from "./endings";
import type { KernelFramework, KernelState } from "./state";
import { remember } from "./state";

/** Of whom nothing is known but what an agent came back with. */
export function frameworkOf(state: KernelState, id: string, role: string): KernelFramework {
  return state.frameworks.get(id) ?? addRecovered(state, id, role);
}

/** It is offered nothing until a scheduler of it has connected. */
export function add(state: KernelState, id: string, roles: readonly string[]): KernelFramework {
  const framework = newFramework(id, roles, false);
  state.frameworks.set(id, framework);
  state.allocator.addFramework(id, termsOf(roles, undefined));
  state.allocator.deactivateFramework(id);
  return framework;
}

/** What is held stays held in its role, also where the framework has left it. */
export function inRole(state: KernelState, holder: Holder, hold: () => void): void {
  const framework = frameworkOf(state, holder.framework, holder.role);
  const { id, info, roles } = framework;
  if (roles.includes(holder.role)) {
    hold();
    return;
  }
  state.allocator.updateFramework(id, termsOf([...roles, holder.role], info));
  hold();
  if (info) state.allocator.updateFramework(id, termsOf(roles, info));
  else framework.roles = [...roles, holder.role];
}

export function newFramework(
  id: string,
  roles: readonly string[],
  builtIn: boolean,
): KernelFramework {
  return {
    id,
    info: undefined,
    builtIn,
    roles,
    connected: false,
    removeAtMs: undefined,
    tasks: new Set(),
    offers: new Set(),
    endings: new Endings(),
  };
}

export function termsOf(roles: readonly string[], info: FrameworkInfo | undefined): FrameworkTerms {
  const { capabilities = [] } = info ?? {};
  return {
    roles,
    gpus: capabilities.includes("GPU_RESOURCES"),
    regionAware: capabilities.includes("REGION_AWARE"),
    minimum: undefined,
  };
}

function addRecovered(state: KernelState, id: string, role: string): KernelFramework {
  if (state.frameworksKnown) remember(state.removed, id);
  return add(state, id, [role]);
}

/** A built-in framework is in the role of its own name, and knows all the states that a task may be in. */
export function builtInInfo(name: string): FrameworkInfo {
  const capabilities = ["TASK_KILLING_STATE", "PARTITION_AWARE", "REGION_AWARE"] as const;
  return { ...plainFramework(name, [name]), capabilities };
}
