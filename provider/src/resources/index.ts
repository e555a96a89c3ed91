/** What Terraform calls our things: clusters, nodes, services, load balancers and roles, one folder each. */
export { clusterResource } from "./cluster/cluster";
export { loadBalancerResource } from "./load-balancer/load-balancer";
export { nodeResource } from "./node/node";
export { defaultNodeTiming } from "./provider-data";
export type { AgentBundle, ProviderData } from "./provider-data";
export { roleResource } from "./role/role";
export { serviceResource } from "./service/service";
export { Silences } from "./silences";
