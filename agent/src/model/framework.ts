/** Mesos' names and meaning (include/mesos/v1/mesos.proto, FrameworkInfo.Capability); those that change what the master does. */
export type FrameworkCapability =
  | "TASK_KILLING_STATE"
  | "GPU_RESOURCES"
  | "PARTITION_AWARE"
  | "MULTI_ROLE"
  | "RESERVATION_REFINEMENT"
  | "REGION_AWARE";

/** How a framework introduces itself; kept in the store, so that a new master knows who the tasks belong to. */
export interface FrameworkInfo {
  readonly name: string;
  /** Under which user its commands are to run, where a task does not say. */
  readonly user: string;
  /** Who has authenticated; undefined: nobody. */
  readonly principal: string | undefined;
  /** At least one; `*` is an ordinary role that nothing can be reserved for. */
  readonly roles: readonly string[];
  readonly capabilities: readonly FrameworkCapability[];
  /** How long its tasks go on while no scheduler of it is connected. */
  readonly failoverTimeoutMs: number;
  /** For people. */
  readonly hostname: string;
  readonly webuiUrl: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An external framework as it is stored. */
export interface KnownFramework {
  readonly id: string;
  readonly info: FrameworkInfo;
}

/** Of which nothing is known but its name and its roles. */
export function plainFramework(name: string, roles: readonly string[]): FrameworkInfo {
  return {
    name,
    user: "",
    principal: undefined,
    roles,
    capabilities: [],
    failoverTimeoutMs: 0,
    hostname: "",
    webuiUrl: "",
    labels: {},
  };
}
