import type { RoleInput, RoleView } from "@covey/agent/contract";
import type { RoleModel } from "./schema";

type Model = NonNullable<RoleModel["guarantee"]>;
type Amounts = NonNullable<RoleInput["guarantee"]>;

export function roleInput({ name, weight, guarantee, limit }: RoleModel): RoleInput {
  return { name, weight, guarantee: amountsInput(guarantee), limit: amountsInput(limit) };
}

/** What the cluster has, in the spelling of `prior`: no amounts and an object without any are one. */
export function roleModel(found: RoleView, prior: RoleModel): RoleModel {
  return {
    ...prior,
    weight: found.weight,
    guarantee: amountsModel(found.guarantee, prior.guarantee),
    limit: amountsModel(found.limit, prior.limit),
  };
}

function amountsInput(model: Model | null): Amounts {
  if (model === null) return {};
  const said: Record<keyof Amounts, number | null> = {
    cpus: model.cpus,
    memMiB: model.memory_mib,
    diskMiB: model.disk_mib,
    gpus: model.gpus,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
}

function amountsModel(found: Amounts, prior: Model | null): Model | null {
  if (prior === null && Object.keys(found).length === 0) return null;
  return {
    cpus: found.cpus ?? null,
    memory_mib: found.memMiB ?? null,
    disk_mib: found.diskMiB ?? null,
    gpus: found.gpus ?? null,
  };
}
