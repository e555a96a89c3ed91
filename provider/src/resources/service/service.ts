import { isUnknown, UNKNOWN, withProviderData } from "../../plugin";
import type { DeferrableContext, PlanRequest, WriteContext } from "../../plugin";
import { accessOf } from "../cluster-client";
import type { ProviderData } from "../provider-data";
import { warnWhereNoPlace } from "./foresee";
import {
  deadlineOf,
  importService,
  readService,
  refuseTakingOver,
  removeService,
  serviceId,
  settleService,
} from "./operations";
import { serviceSchema } from "./schema";
import type { ServiceModel, ServicePlan } from "./schema";
import { emptyService, serviceModel } from "./service-input";

type Write = WriteContext<typeof serviceSchema, ProviderData>;
type Settling = Omit<Parameters<typeof settleService>[1], "wasPut">;

/** A service, desired through any agent's API and waited for until it runs. */
export const serviceResource = withProviderData<ProviderData>().resource({
  type: "covey_service",
  schema: serviceSchema,

  async create(context, plan) {
    const deadline = deadlineOf(context, plan, "create");
    const access = accessOf(plan.cluster);
    await refuseTakingOver(access, plan.name, deadline);
    const doubt = (): void =>
      context.saveState({ ...plan, id: serviceId(access, plan.name), version: "", healthy: 0 });
    return settle(context, plan, { access, deadline, doubt });
  },

  read: (context, state) => readService(context, state, (view) => serviceModel(view, state)),

  async update(context, plan, state) {
    const deadline = deadlineOf(context, plan, "update");
    const access = accessOf(plan.cluster);
    // The cluster was made anew: what is left of the old one is cleared away as far as it can be reached.
    if (accessOf(state.cluster).ca !== access.ca) {
      await removeService(context, state, deadline, true);
      await refuseTakingOver(access, plan.name, deadline);
    }
    return settle(context, plan, { access, deadline });
  },

  delete: (context, state) =>
    removeService(context, state, deadlineOf(context, state, "delete"), false),

  async import(context, name) {
    const found = await importService(context.providerData, name);
    if (!found) return undefined;
    const { id, cluster, view } = found;
    return serviceModel(view, { ...emptyService, id, name, cluster });
  },

  modifyPlan: (context, request) => planService(context, request),
});

async function planService(
  context: DeferrableContext<ProviderData>,
  { planned, prior }: PlanRequest<typeof serviceSchema>,
): Promise<ServicePlan> {
  const { name, cluster } = planned;
  const id = isUnknown(name) || isUnknown(cluster) ? UNKNOWN : serviceId(accessOf(cluster), name);
  await warnWhereNoPlace(context, planned, prior);
  return { ...planned, id };
}

async function settle(context: Write, plan: ServiceModel, terms: Settling): Promise<ServiceModel> {
  const id = serviceId(terms.access, plan.name);
  const withView = ({ version, healthy }: { version: string; healthy: number }): ServiceModel => ({
    ...plan,
    id,
    version,
    healthy,
  });
  const view = await settleService(plan, {
    ...terms,
    wasPut: (put) => context.saveState(withView(put)),
  });
  return withView(view);
}
