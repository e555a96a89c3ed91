import { isUnknown, PluginError, timeoutMs, UNKNOWN, withProviderData } from "../../plugin";
import type { OperationContext, PlanRequest, WriteContext } from "../../plugin";
import type { AccessKey } from "../keys/access-key";
import { orLastSeen } from "../last-seen";
import { mayHaveBeenDone, told } from "../problems";
import type { ProviderData } from "../provider-data";
import { serviceTimeouts } from "../timeouts";
import type { Operation } from "../timeouts";
import { deadlineIn } from "../waiting";
import type { Deadline } from "../waiting";
import { withdrawTiming } from "../withdraw";
import { awaitService } from "./await-service";
import { accessOf, persist, withCluster } from "../cluster-client";
import { deleteService } from "./delete-service";
import { warnWhereNoPlace } from "./foresee";
import { serviceSchema } from "./schema";
import type { ServiceModel, ServicePlan } from "./schema";
import { emptyService, serviceInput, serviceModel } from "./service-input";

type Write = WriteContext<typeof serviceSchema, ProviderData>;

/** A service, desired through any agent's API and waited for until it runs. */
export const serviceResource = withProviderData<ProviderData>().resource({
  type: "covey_service",
  schema: serviceSchema,

  async create(context, plan) {
    const deadline = deadlineOf(context, plan, "create");
    const access = accessOf(plan.cluster);
    await refuseTakingOver(access, plan.name, deadline);
    const doubt = (): void =>
      context.saveState({ ...plan, id: `${access.cluster}/${plan.name}`, version: "", healthy: 0 });
    return settle(context, plan, { access, deadline, doubt });
  },

  read: (context, state) => readService(context, state),

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

  import: (context, id) => importService(context.providerData, id),

  modifyPlan: (context, request) => planService(context, request),
});

async function planService(
  context: OperationContext,
  { planned, prior }: PlanRequest<typeof serviceSchema>,
): Promise<ServicePlan> {
  const { name, cluster } = planned;
  const id =
    isUnknown(name) || isUnknown(cluster) ? UNKNOWN : `${accessOf(cluster).cluster}/${name}`;
  await warnWhereNoPlace(context, planned, prior);
  return { ...planned, id };
}

interface Settling {
  readonly access: AccessKey;
  readonly deadline: Deadline;
  /**
   * Called where the service may have been stored though nobody said so: the answer got lost, or Consul woke up after
   * the master had given up on it.
   */
  readonly doubt?: () => void;
}

async function settle(
  context: Write,
  plan: ServiceModel,
  { access, deadline, doubt }: Settling,
): Promise<ServiceModel> {
  const id = `${access.cluster}/${plan.name}`;
  return withCluster(access, async (client) => {
    const put = await told(`Service '${plan.name}' could not be put`, () =>
      persist(deadline, () =>
        client.putService(serviceInput(plan), { signal: deadline.signal }),
      ).catch((error: unknown) => {
        if (mayHaveBeenDone(error)) doubt?.();
        throw error;
      }),
    );
    // Desired from here on, whether its instances come up or not.
    context.saveState({ ...plan, id, version: put.version, healthy: put.healthy });
    const view = await told(`Service '${plan.name}' was put, but not seen running`, () =>
      awaitService(client, put, deadline),
    );
    return { ...plan, id, version: view.version, healthy: view.healthy };
  });
}

async function refuseTakingOver(
  access: AccessKey,
  name: string,
  deadline: Deadline,
): Promise<void> {
  const found = await withCluster(access, (client) =>
    told(`Service '${name}' could not be made`, () =>
      persist(deadline, () => client.findService(name, { signal: deadline.signal })),
    ),
  );
  if (found)
    throw new PluginError(
      `Service '${name}' exists already`,
      `Cluster '${access.cluster}' has a service '${name}' (image ${found.spec.image}, ${found.spec.instances} instances) that is not in this state. Give this one another name, or take that one over: COVEY_ACCESS_KEY=... terraform import ADDRESS ${name}, ADDRESS being this resource's.`,
      ["name"],
    );
}

function readService(
  context: OperationContext,
  state: ServiceModel,
): Promise<ServiceModel | undefined> {
  const { name } = state;
  return orLastSeen(context, `Service '${name}'`, state, async () => {
    const access = accessOf(state.cluster);
    const view = await withCluster(access, (client) => client.findService(name));
    return view && serviceModel(view, state);
  });
}

async function removeService(
  context: OperationContext,
  state: ServiceModel,
  deadline: Deadline,
  lenient: boolean,
): Promise<void> {
  const access = accessOf(state.cluster);
  const { name } = state;
  const timing = lenient ? { ...withdrawTiming, silenceMs: 3000 } : withdrawTiming;
  const deleted = await withCluster(access, (client) =>
    deleteService(client, name, deadline, timing),
  );
  if (deleted.kind === "ending")
    context.diagnostics.warn(
      `Service '${name}' is deleted, but not all its instances have ended yet`,
      deleted.tasks.length === 0
        ? "The cluster stopped answering while they were waited for. It ends them without further help."
        : `Still there: ${deleted.tasks.join(", ")}. The cluster ends them without further help.`,
    );
  if (deleted.kind === "unreachable")
    context.diagnostics.warn(
      `Cluster '${access.cluster}' is gone or out of reach`,
      `No agent has answered (${access.endpoints.join(", ")}), so service '${name}' is taken out of the state without being deleted: with its nodes it goes too. Should the cluster come back, delete it there (DELETE /v1/services/${name} of its API), or import it again: COVEY_ACCESS_KEY=... terraform import ADDRESS ${name}.`,
    );
}

async function importService(data: ProviderData, name: string): Promise<ServiceModel | undefined> {
  if (data.accessKey === undefined)
    throw new PluginError(
      "Service cannot be imported",
      `To import service '${name}' the provider must know its cluster: set COVEY_ACCESS_KEY, or access_key in the provider block, to the cluster's access_key. The ID is the service's name.`,
    );
  const access = accessOf(data.accessKey);
  const state = { ...emptyService, id: `${access.cluster}/${name}`, name, cluster: data.accessKey };
  const view = await withCluster(access, (client) =>
    told(`Service '${name}' cannot be imported`, () => client.findService(name)),
  );
  return view && serviceModel(view, state);
}

function deadlineOf(
  context: OperationContext,
  model: ServiceModel,
  operation: Operation,
): Deadline {
  return deadlineIn(timeoutMs(serviceTimeouts, model.timeouts, operation), context.signal);
}
