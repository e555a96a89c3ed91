import { isUnknown, PluginError, UNKNOWN, withProviderData } from "../../plugin";
import type { DeferrableContext, OperationContext, PlanRequest, WriteContext } from "../../plugin";
import { limits } from "@covey/agent/contract";
import { accessOf } from "../cluster-client";
import { allKnown } from "../known";
import type { ProviderData } from "../provider-data";
import {
  deadlineOf,
  importService,
  readService,
  refuseTakingOver,
  removeService,
  serviceId,
  settleService,
} from "../service/operations";
import { warnWhereNoPlace } from "../service/foresee";
import { asService, fromService } from "./as-service";
import { contradictions } from "./contradictions";
import { haproxyConfig } from "./haproxy-config";
import { loadBalancerSchema } from "./schema";
import type { LoadBalancerModel, LoadBalancerPlan } from "./schema";

type Write = WriteContext<typeof loadBalancerSchema, ProviderData>;
type Settling = Omit<Parameters<typeof settleService>[1], "wasPut">;

/** A service that listens for others: kept, refreshed and deleted as services are. */
export const loadBalancerResource = withProviderData<ProviderData>().resource({
  type: "covey_load_balancer",
  schema: loadBalancerSchema,

  validate: (context, config) => reportContradictions(context, config),

  async create(context, plan) {
    const deadline = deadlineOf(context, plan, "create");
    const access = accessOf(plan.cluster);
    await refuseTakingOver(access, plan.name, deadline);
    const doubt = (): void =>
      context.saveState({ ...plan, id: serviceId(access, plan.name), version: "", healthy: 0 });
    return settle(context, plan, { access, deadline, doubt });
  },

  read: (context, state) =>
    readService(
      context,
      state,
      (view) => fromService(view, state) ?? { ...state, haproxy_config: null },
    ),

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

  import: (context, name) => importLoadBalancer(context.providerData, name),

  modifyPlan: (context, request) => planLoadBalancer(context, request),
});

/** As far as it is known: what follows from other resources is looked at again in the plan, and when it is put. */
function reportContradictions(
  { diagnostics }: OperationContext,
  { listeners, stats, constraints }: LoadBalancerPlan,
): void {
  const judged = { listeners, stats, constraints };
  if (!allKnown(judged)) return;
  for (const { summary, detail, path } of contradictions(judged))
    diagnostics.error(summary, detail, path);
}

async function planLoadBalancer(
  context: DeferrableContext<ProviderData>,
  { planned, prior }: PlanRequest<typeof loadBalancerSchema>,
): Promise<LoadBalancerPlan> {
  reportContradictions(context, planned);
  const { name, cluster } = planned;
  const id = isUnknown(name) || isUnknown(cluster) ? UNKNOWN : serviceId(accessOf(cluster), name);
  const { version, healthy } = planned;
  const decided = { id: "", cluster: "", haproxy_config: "", version: "", healthy: 0 };
  const said = { ...planned, ...decided };
  const known = allKnown(said) ? said : undefined;
  const config = known ? checkedConfig(known) : UNKNOWN;
  if (known && !isUnknown(cluster))
    await warnWhereNoPlace(
      context,
      asService({ ...known, cluster, haproxy_config: checkedConfig(known) }),
      prior && asService(prior),
    );
  const changes = prior === undefined || prior.haproxy_config !== config;
  return {
    ...planned,
    id,
    haproxy_config: config,
    ...(changes ? { version: UNKNOWN, healthy: UNKNOWN } : { version, healthy }),
  };
}

/** Throws PluginError where it is longer than a variable of the environment may be. */
function checkedConfig(balancing: Parameters<typeof haproxyConfig>[0]): string {
  const config = haproxyConfig(balancing);
  const bytes = Buffer.byteLength(config);
  if (bytes <= limits.envValueBytes) return config;
  throw new PluginError(
    "Too many rules",
    `The configuration of load balancer '${balancing.name}' would have ${bytes} bytes, and ${limits.envValueBytes} is the most: shorten the rules, or divide the listeners among several load balancers.`,
    ["listeners"],
  );
}

async function settle(
  context: Write,
  plan: LoadBalancerModel,
  terms: Settling,
): Promise<LoadBalancerModel> {
  const [wrong] = contradictions(plan);
  if (wrong) throw new PluginError(wrong.summary, wrong.detail, wrong.path);
  const made = {
    ...plan,
    id: serviceId(terms.access, plan.name),
    haproxy_config: checkedConfig(plan),
  };
  const view = await settleService(asService(made), {
    ...terms,
    wasPut: ({ version, healthy }) => context.saveState({ ...made, version, healthy }),
  });
  return { ...made, version: view.version, healthy: view.healthy };
}

async function importLoadBalancer(
  data: ProviderData,
  name: string,
): Promise<LoadBalancerModel | undefined> {
  const found = await importService(data, name, "Load balancer");
  if (!found) return undefined;
  const { id, cluster, view } = found;
  const model = fromService(view, { ...nothing, id, name, cluster });
  if (model) return model;
  throw new PluginError(
    `Service '${name}' is no load balancer`,
    `It was not made by covey_load_balancer, whose attributes it would have in its environment. Import it as a covey_service, or give the name of another.`,
  );
}

/** Before the cluster has said anything. */
const nothing: Omit<LoadBalancerModel, "id" | "name" | "cluster"> = {
  image: "",
  instances: 0,
  cpus: 0,
  memory_mib: 0,
  listeners: [],
  address: "node",
  check: true,
  max_servers: 0,
  max_connections: 0,
  connect_timeout_ms: 0,
  client_timeout_ms: 0,
  server_timeout_ms: 0,
  keep_alive_timeout_ms: 0,
  drain_ms: 0,
  stats: null,
  constraints: null,
  timeouts: null,
  haproxy_config: null,
  version: null,
  healthy: null,
};
