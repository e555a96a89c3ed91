import type { RoleView } from "@covey/agent/contract";
import type { CoveyClient } from "../../client";
import { isUnknown, PluginError, UNKNOWN, withProviderData } from "../../plugin";
import type { OperationContext, PlanRequest, Unknown } from "../../plugin";
import { accessOf, persist, withCluster } from "../cluster-client";
import type { AccessKey } from "../keys/access-key";
import { orLastSeen } from "../last-seen";
import { told } from "../problems";
import type { ProviderData } from "../provider-data";
import { deadlineIn } from "../waiting";
import type { Deadline } from "../waiting";
import { withdraw, withdrawTiming } from "../withdraw";
import { roleInput, roleModel } from "./role-input";
import { roleSchema } from "./schema";
import type { RoleModel, RolePlan } from "./schema";

/** For the cluster to have a master and its Consul; what it is asked takes no time. */
const withinMs = 120_000;

/** What an operator says of a role: all of it, each time. */
export const roleResource = withProviderData<ProviderData>().resource({
  type: "covey_role",
  schema: roleSchema,

  validate: (context, config) => refuseLimitBelowGuarantee(context, config),

  async create(context, plan) {
    const deadline = deadlineIn(withinMs, context.signal);
    const access = accessOf(plan.cluster);
    await refuseTakingOver(access, plan.name, deadline);
    return put(access, plan, deadline);
  },

  read(context, state) {
    return orLastSeen(context, `Role '${state.name}'`, state, async () => {
      const found = await withCluster(accessOf(state.cluster), (client) =>
        find(client, state.name),
      );
      return found && roleModel(found, state);
    });
  },

  async update(context, plan, state) {
    const deadline = deadlineIn(withinMs, context.signal);
    const access = accessOf(plan.cluster);
    // The cluster was made anew, and knows nothing of what the old one was told.
    if (accessOf(state.cluster).ca !== access.ca)
      await refuseTakingOver(access, plan.name, deadline);
    return put(access, plan, deadline);
  },

  async delete(context, state) {
    const deadline = deadlineIn(withinMs, context.signal);
    const access = accessOf(state.cluster);
    const { name } = state;
    const silent = await withCluster(access, (client) =>
      withdraw(`Role '${name}'`, () => client.deleteRole(name), deadline, withdrawTiming),
    );
    if (silent)
      context.diagnostics.warn(
        `Cluster '${access.cluster}' is gone or out of reach`,
        `No agent has answered (${access.endpoints.join(", ")}), so role '${name}' is taken out of the state without being taken back there. Should the cluster come back: covey roles unset ${name}.`,
      );
  },

  import: (context, name) => importRole(context.providerData, name),

  modifyPlan: (_context, request) => planRole(request),
});

/** As the cluster does, but before anything is sent. */
function refuseLimitBelowGuarantee({ diagnostics }: OperationContext, config: RolePlan): void {
  const { guarantee, limit } = config;
  if (!isGiven(guarantee) || !isGiven(limit)) return;
  for (const kind of ["cpus", "memory_mib", "disk_mib", "gpus"] as const) {
    const [least, most] = [guarantee[kind], limit[kind]];
    if (isGiven(least) && isGiven(most) && least > most)
      diagnostics.error(
        "Limit below the guarantee",
        `limit.${kind} is ${most}, but guarantee.${kind} sets ${least} aside: raise the one or lower the other.`,
        ["limit", kind],
      );
  }
}

function isGiven<T>(value: T | null | Unknown): value is T {
  return value !== null && !isUnknown(value);
}

function planRole({ planned }: PlanRequest<typeof roleSchema>): RolePlan {
  const { name, cluster } = planned;
  const isKnown = !isUnknown(name) && !isUnknown(cluster);
  return { ...planned, id: isKnown ? idOf(accessOf(cluster), name) : UNKNOWN };
}

async function put(access: AccessKey, plan: RoleModel, deadline: Deadline): Promise<RoleModel> {
  await withCluster(access, (client) =>
    told(`Role '${plan.name}' could not be put`, () =>
      persist(deadline, () => client.putRole(roleInput(plan), { signal: deadline.signal })),
    ),
  );
  return { ...plan, id: idOf(access, plan.name) };
}

async function refuseTakingOver(
  access: AccessKey,
  name: string,
  deadline: Deadline,
): Promise<void> {
  const found = await withCluster(access, (client) =>
    told(`Role '${name}' could not be made`, () => persist(deadline, () => find(client, name))),
  );
  if (found)
    throw new PluginError(
      `Role '${name}' exists already`,
      `Of role '${name}' cluster '${access.cluster}' has been told something that is not in this state (weight ${found.weight}). Take it over: COVEY_ACCESS_KEY=... terraform import ADDRESS ${name}, ADDRESS being this resource's; or take it back: covey roles unset ${name}.`,
      ["name"],
    );
}

async function importRole(data: ProviderData, name: string): Promise<RoleModel | undefined> {
  if (data.accessKey === undefined)
    throw new PluginError(
      "Role cannot be imported",
      `To import role '${name}' the provider must know its cluster: set COVEY_ACCESS_KEY, or access_key in the provider block, to the cluster's access_key. The ID is the role's name.`,
    );
  const access = accessOf(data.accessKey);
  const found = await withCluster(access, (client) =>
    told(`Role '${name}' cannot be imported`, () => find(client, name)),
  );
  const state = { id: idOf(access, name), name, cluster: data.accessKey, weight: 1 };
  return found && roleModel(found, { ...state, guarantee: null, limit: null });
}

/** A role that is only there because a framework is in it has been told nothing. */
async function find(client: CoveyClient, name: string): Promise<RoleView | undefined> {
  return (await client.roles()).find((role) => role.name === name && role.stated);
}

function idOf({ cluster }: AccessKey, name: string): string {
  return `${cluster}/${name}`;
}
