import type { DryRunView } from "@covey/agent/contract";
import { ApiError } from "../../client";
import type { DeferrableContext } from "../../plugin";
import type { AccessKey } from "../keys/access-key";
import type { ProviderData } from "../provider-data";
import { accessOf, withCluster } from "../cluster-client";
import { allKnown } from "../known";
import { sentence } from "../problems";
import type { ServiceModel, ServicePlan } from "./schema";
import { serviceInput } from "./service-input";

/** A plan is not kept waiting for longer by a cluster that does not answer. */
const withinMs = 3000;

/** Whatever has to do with where instances find a place. */
const footprint = [
  "name",
  "cluster",
  "instances",
  "cpus",
  "memory_mib",
  "ports",
  "shared_ports",
  "network",
  "constraints",
] as const satisfies readonly (keyof ServiceModel)[];

/**
 * Warns in the plan where the cluster, as it is now, has no place for all instances. Nothing is said where nothing changes in what they
 * need, where that is not known yet, or where the cluster cannot tell: the apply finds out.
 */
export async function warnWhereNoPlace(
  context: DeferrableContext<ProviderData>,
  planned: ServicePlan,
  prior: ServiceModel | undefined,
): Promise<void> {
  const needs = Object.fromEntries(footprint.map((name) => [name, planned[name]]));
  if (!allKnown(needs)) return;
  if (prior && footprint.every((name) => same(planned[name], prior[name]))) return;
  const key = (planned as ServiceModel).cluster;
  const { silences } = context.providerData;
  if (silences.has(key)) return;
  const access = accessOf(key);
  const view = await ask(context, access, planned).catch((error: unknown) => {
    context.log.debug("the cluster was not asked for places", { error: String(error) });
    if (!(error instanceof ApiError)) silences.add(key);
  });
  if (!view || view.placed >= view.wanted) return;
  context.diagnostics.warn(
    `Service '${view.service}' does not fit into cluster '${access.cluster}' as it is now`,
    `${sentence(view.summary)} Nodes that this apply adds, and what it removes, are not counted in.`,
  );
}

function ask(
  { signal }: DeferrableContext,
  access: AccessKey,
  planned: ServicePlan,
): Promise<DryRunView> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
  return withCluster(access, (client) =>
    client.dryRun(serviceInput(withoutSecrets(knownPart(planned))), { signal: within }),
  );
}

/** They take no place, and so need not travel. */
function withoutSecrets(model: ServiceModel): ServiceModel {
  return { ...model, registry_auth: null, secrets: null };
}

/** What is not known yet has nothing to do with places. */
function knownPart(planned: ServicePlan): ServiceModel {
  const entries = Object.entries(planned).map(([name, value]) => [
    name,
    allKnown(value) ? value : name === "image" ? "not-known-yet" : null,
  ]);
  return { kill_grace_ms: 0, ...Object.fromEntries(entries) } as ServiceModel;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
