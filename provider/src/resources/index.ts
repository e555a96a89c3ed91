/** What Terraform calls our things: clusters, nodes and services, one folder each. */
export { clusterResource } from "./cluster/cluster";
export { nodeResource } from "./node/node";
export { defaultNodeTiming } from "./provider-data";
export type { AgentBundle, ProviderData } from "./provider-data";
export { serviceResource } from "./service/service";
