import { isDeepStrictEqual } from "node:util";
import type { ServiceView } from "@covey/agent/contract";
import type { ServiceModel } from "../service/schema";
import { emptyService, serviceInput, serviceModel } from "../service/service-input";
import { portsOf, statusPath, statusPort, variables } from "./balancing";
import { haproxyConfig } from "./haproxy-config";
import type { LoadBalancerModel } from "./schema";

/** What is kept in the service's environment beside the configuration that follows from it. */
const kept = [
  "address",
  "listeners",
  "check",
  "max_servers",
  "max_connections",
  "connect_timeout_ms",
  "client_timeout_ms",
  "server_timeout_ms",
  "keep_alive_timeout_ms",
  "drain_ms",
  "stats",
] as const;

type Kept = Pick<LoadBalancerModel, (typeof kept)[number]>;

/** There when it takes over, and root's alone: sockets are handed over in it (scripts/images/covey-haproxy.sh). */
const handOverDirectory = { source: "/var/opt", target: "/run/hand-over", read_only: false };

const oneOnEachNode = { attribute: "node", operator: "UNIQUE", value: null };

/** The load balancer as the service that it is. */
export function asService(model: LoadBalancerModel): ServiceModel {
  const { stats, name, cluster, image, instances, cpus, memory_mib, timeouts } = model;
  return {
    ...emptyService,
    ...{ id: model.id, name, cluster, image, instances, cpus, memory_mib, timeouts },
    network: "host",
    ports: [{ name: statusPort, container_port: 0, host_port: null, protocol: "tcp" }],
    shared_ports: portsOf(model),
    env: {
      [variables.attributes]: JSON.stringify(keptOf(model)),
      [variables.config]: haproxyConfig(model),
      ...(stats === null || stats.password === null
        ? {}
        : { [variables.password]: stats.password }),
    },
    health: {
      ...{ http: statusPath, tcp: null, grpc: null, command: null, port: statusPort },
      ...{ interval_ms: 1000, timeout_ms: 1000, min_successes: 1 },
      ...{ grace_ms: 15_000, max_failures: 3 },
    },
    constraints: [oneOnEachNode, ...(model.constraints ?? [])],
    // HAProxy ends by itself before that.
    kill_grace_ms: model.drain_ms + 5000,
    container: { ...noContainerOptions, stop_signal: "USR1", volumes: [handOverDirectory] },
    version: model.version,
    healthy: model.healthy,
  };
}

/** What the cluster has; undefined where that service is none of ours. */
export function fromService(
  view: ServiceView,
  state: LoadBalancerModel,
): LoadBalancerModel | undefined {
  const attributes = readKept(view.spec.env);
  if (attributes === undefined) return undefined;
  const { spec } = view;
  const constraints = spec.constraints
    .filter(({ attribute, operator }) => attribute !== "node" || operator !== "UNIQUE")
    .map((one) => ({ ...one, value: one.value ?? null }));
  const password = spec.env[variables.password] ?? null;
  const model: LoadBalancerModel = {
    ...state,
    ...attributes,
    stats: attributes.stats && { ...attributes.stats, password },
    image: spec.image,
    instances: spec.instances,
    cpus: spec.cpus,
    memory_mib: spec.memMiB,
    constraints: constraints.length === 0 && state.constraints === null ? null : constraints,
    version: view.version,
    healthy: view.healthy,
  };
  return { ...model, haproxy_config: isOurs(view, model) ? haproxyConfig(model) : null };
}

/** Nobody has changed what no attribute says. */
function isOurs(view: ServiceView, model: LoadBalancerModel): boolean {
  const wanted = asService(model);
  return isDeepStrictEqual(serviceInput(serviceModel(view, wanted)), serviceInput(wanted));
}

function keptOf({ address, listeners, check, stats, ...model }: LoadBalancerModel): Kept {
  const { max_servers, max_connections, drain_ms } = model;
  const { connect_timeout_ms, client_timeout_ms, server_timeout_ms, keep_alive_timeout_ms } = model;
  return {
    ...{ address, listeners, check, max_servers, max_connections, drain_ms },
    ...{ connect_timeout_ms, client_timeout_ms, server_timeout_ms, keep_alive_timeout_ms },
    stats: stats && { ...stats, password: null },
  };
}

function readKept(env: Readonly<Record<string, string>>): Kept | undefined {
  try {
    const found = JSON.parse(env[variables.attributes] ?? "") as Kept;
    return kept.every((name) => name in found) ? found : undefined;
  } catch {
    return undefined;
  }
}

const noContainerOptions: NonNullable<ServiceModel["container"]> = {
  user: null,
  read_only_root: null,
  cap_add: null,
  cap_drop: null,
  ulimits: null,
  shm_mib: null,
  pids_limit: null,
  tmpfs: null,
  volumes: null,
  devices: null,
  extra_hosts: null,
  hostname: null,
  dns_search: null,
  network: null,
  entrypoint: null,
  workdir: null,
  stop_signal: null,
  init: null,
  logs: null,
};
