/** What Terraform calls our things: clusters, nodes, services and roles, one folder each. */
export { clusterResource } from "./cluster/cluster";
export { nodeResource } from "./node/node";
export { defaultNodeTiming } from "./provider-data";
export type { AgentBundle, ProviderData } from "./provider-data";
export { roleResource } from "./role/role";
export { serviceResource } from "./service/service";
