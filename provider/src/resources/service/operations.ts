import type { ServiceView } from "@covey/agent/contract";
import { PluginError, timeoutMs } from "../../plugin";
import type { OperationContext } from "../../plugin";
import { accessOf, persist, withCluster } from "../cluster-client";
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
import { deleteService } from "./delete-service";
import type { ServiceModel } from "./schema";
import { serviceInput } from "./service-input";

/** What is done with services on the cluster, for every resource that is one there. */
interface Settling {
  readonly access: AccessKey;
  readonly deadline: Deadline;
  /**
   * Called where the service may have been stored though nobody said so: the answer got lost, or Consul woke up after
   * the master had given up on it.
   */
  readonly doubt?: () => void;
  /** Called as soon as it is desired, whether its instances come up or not. */
  readonly wasPut: (view: ServiceView) => void;
}

/** Puts the service, and waits until it runs as it was put. */
export function settleService(
  service: ServiceModel,
  { access, deadline, doubt, wasPut }: Settling,
): Promise<ServiceView> {
  const { name } = service;
  return withCluster(access, async (client) => {
    const put = await told(`Service '${name}' could not be put`, () =>
      persist(deadline, () =>
        client.putService(serviceInput(service), { signal: deadline.signal }),
      ).catch((error: unknown) => {
        if (mayHaveBeenDone(error)) doubt?.();
        throw error;
      }),
    );
    wasPut(put);
    return told(`Service '${name}' was put, but not seen running`, () =>
      awaitService(client, put, deadline),
    );
  });
}

export async function refuseTakingOver(
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

/** A refresh: what `modelOf` makes of the service the cluster has; undefined: it has none of this name. */
export function readService<S extends { readonly name: string; readonly cluster: string }>(
  context: OperationContext,
  state: S,
  modelOf: (view: ServiceView) => S,
): Promise<S | undefined> {
  const { name } = state;
  return orLastSeen(context, `Service '${name}'`, state, async () => {
    const view = await withCluster(accessOf(state.cluster), (client) => client.findService(name));
    return view && modelOf(view);
  });
}

export async function removeService(
  context: OperationContext,
  state: Pick<ServiceModel, "name" | "cluster">,
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

export interface Imported {
  readonly id: string;
  /** The access key. */
  readonly cluster: string;
  readonly view: ServiceView;
}

/** @param noun what it is in Terraform, in capitals at the beginning: `Service` */
export async function importService(
  data: ProviderData,
  name: string,
  noun = "Service",
): Promise<Imported | undefined> {
  if (data.accessKey === undefined)
    throw new PluginError(
      `${noun} cannot be imported`,
      `To import ${noun.toLowerCase()} '${name}' the provider must know its cluster: set COVEY_ACCESS_KEY, or access_key in the provider block, to the cluster's access_key. The ID is the ${noun.toLowerCase()}'s name.`,
    );
  const cluster = data.accessKey;
  const access = accessOf(cluster);
  const view = await withCluster(access, (client) =>
    told(`${noun} '${name}' cannot be imported`, () => client.findService(name)),
  );
  return view && { id: serviceId(access, name), cluster, view };
}

export function serviceId({ cluster }: AccessKey, name: string): string {
  return `${cluster}/${name}`;
}

export function deadlineOf(
  context: OperationContext,
  model: Pick<ServiceModel, "timeouts">,
  operation: Operation,
): Deadline {
  return deadlineIn(timeoutMs(serviceTimeouts, model.timeouts, operation), context.signal);
}
