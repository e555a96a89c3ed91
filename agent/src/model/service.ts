import type { ContainerOptions } from "./container";
import type { HealthCheck } from "./health";
import type { Provision } from "./provision";

/** Marathon's operators (docs/constraints.md of mesosphere/marathon). */
type ConstraintOperator = "UNIQUE" | "CLUSTER" | "GROUP_BY" | "LIKE" | "UNLIKE" | "MAX_PER";

export interface Constraint {
  /** An attribute's name, or `node` for the node itself. */
  readonly attribute: string;
  readonly operator: ConstraintOperator;
  /** LIKE, UNLIKE: a regular expression; MAX_PER: a number; CLUSTER: a value; GROUP_BY: a number of groups. */
  readonly value: string | undefined;
}

export interface ServicePort {
  readonly name: string;
  /** 0, on the host's network only: the one that the master takes. */
  readonly containerPort: number;
  /** undefined: the master takes one from the node's range. */
  readonly hostPort: number | undefined;
  readonly protocol: "tcp" | "udp";
}

/** A long-running app of N instances, as stored. */
export interface ServiceSpec {
  readonly name: string;
  readonly image: string;
  readonly instances: number;
  readonly cpus: number;
  readonly memMiB: number;
  readonly ports: readonly ServicePort[];
  readonly network: "bridge" | "host";
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[] | undefined;
  readonly health: HealthCheck | undefined;
  /** While it fails nobody is sent there, but nothing is killed for it; `maxFailures` means nothing. */
  readonly readiness?: HealthCheck | undefined;
  readonly constraints: readonly Constraint[];
  readonly killGraceMs: number;
  /** undefined: the defaults, as in specs stored before there were any options. */
  readonly container?: ContainerOptions | undefined;
  /** undefined: nothing beyond its image, pulled where it is missing. */
  readonly provision?: Provision | undefined;
  /**
   * Ports of the node, on the host's network, that an instance hands over to its successor: both hold them for a while, so
   * nobody reserves them. A new version's instance goes where an old one is, and that one when its successor is ready. The
   * catalog shows the first.
   */
  readonly sharedPorts?: readonly number[] | undefined;
}
