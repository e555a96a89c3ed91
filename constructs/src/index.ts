/** Covey as CDKTF constructs. Knows Terraform's resources and nothing of how they come to be. */
export { Cluster } from "./cluster";
export type { ClusterProps, ExternalConsul } from "./cluster";
export { Constraint } from "./constraint";
export type { ContainerOptions, Volume } from "./container";
export { Health } from "./health";
export type { CommandHealthOptions, HealthOptions } from "./health";
export { Host } from "./host";
export type {
  DockerHostOptions,
  LocalHostOptions,
  SshHostOptions,
  SshJump,
  SshWayOptions,
} from "./host";
export type { Balance, HttpListener, Listener, Rule, Target, TcpListener } from "./listener";
export { LoadBalancer } from "./load-balancer";
export type { LoadBalancerProps, Stats } from "./load-balancer";
export { Node } from "./node";
export type { NodeOptions, NodeResources } from "./node";
export { Role } from "./role";
export type { RoleAmounts, RoleProps } from "./role";
export { Service } from "./service";
export type { ServicePort, ServiceProps } from "./service";
export { Size } from "./size";
export type { SshOptions } from "./ssh";
