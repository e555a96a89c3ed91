/**
 * The scheduler API's messages in the shape of their JSON (include/mesos/v1/scheduler/scheduler.proto, mesos.proto): snake_case
 * names, enums by name, bytes in base64, 64-bit numbers as numbers. What is unset is absent, never null. Fields that change
 * nothing here are not listed; a decoder drops them.
 */
import type { Attribute, Labels, Resource, Value } from "./resource-messages";
import type { DurationInfo, KillPolicy, TaskInfo } from "./task-messages";

export type { Labels, Range, Resource, Value } from "./resource-messages";
export type {
  CommandInfo,
  ContainerInfo,
  Environment,
  HealthCheckInfo,
  KillPolicy,
  TaskInfo,
  Volume,
} from "./task-messages";

export interface MesosFrameworkInfo {
  readonly user: string;
  readonly name: string;
  readonly id?: Value;
  /** Seconds. */
  readonly failover_timeout?: number;
  readonly checkpoint?: boolean;
  readonly role?: string;
  readonly roles?: readonly string[];
  readonly hostname?: string;
  readonly principal?: string;
  readonly webui_url?: string;
  readonly capabilities?: readonly { readonly type?: string }[];
  readonly labels?: Labels;
  readonly offer_filters?: object;
}

export interface Filters {
  readonly refuse_seconds?: number;
}

interface Url {
  readonly scheme: string;
  readonly address: { readonly hostname?: string; readonly ip?: string; readonly port: number };
  readonly path?: string;
}

export interface MesosOffer {
  readonly id: Value;
  readonly framework_id: Value;
  readonly agent_id: Value;
  readonly hostname: string;
  readonly url?: Url;
  readonly resources?: readonly Resource[];
  readonly attributes?: readonly Attribute[];
  readonly allocation_info?: { readonly role?: string };
}

export interface Operation {
  readonly type?: string;
  readonly id?: Value;
  readonly launch?: { readonly task_infos?: readonly TaskInfo[] };
  readonly launch_group?: {
    readonly executor?: object;
    readonly task_group?: { readonly tasks?: readonly TaskInfo[] };
  };
}

export interface MesosTaskStatus {
  readonly task_id: Value;
  /** TASK_RUNNING, ... */
  readonly state: string;
  readonly message?: string;
  readonly source?: "SOURCE_MASTER" | "SOURCE_AGENT" | "SOURCE_EXECUTOR";
  /** REASON_RECONCILIATION, ... */
  readonly reason?: string;
  readonly data?: string;
  readonly agent_id?: Value;
  /** Seconds. */
  readonly timestamp?: number;
  /** Base64. */
  readonly uuid?: string;
  readonly healthy?: boolean;
  readonly labels?: Labels;
  readonly container_status?: {
    readonly container_id?: Value;
    readonly network_infos?: readonly {
      readonly ip_addresses?: readonly { readonly ip_address?: string }[];
    }[];
  };
  readonly unreachable_time?: DurationInfo;
}

export type MesosCallType =
  | "UNKNOWN"
  | "SUBSCRIBE"
  | "TEARDOWN"
  | "ACCEPT"
  | "DECLINE"
  | "ACCEPT_INVERSE_OFFERS"
  | "DECLINE_INVERSE_OFFERS"
  | "REVIVE"
  | "KILL"
  | "SHUTDOWN"
  | "ACKNOWLEDGE"
  | "ACKNOWLEDGE_OPERATION_STATUS"
  | "RECONCILE"
  | "RECONCILE_OPERATIONS"
  | "MESSAGE"
  | "REQUEST"
  | "SUPPRESS"
  | "UPDATE_FRAMEWORK";

export interface MesosCall {
  readonly framework_id?: Value;
  readonly type?: MesosCallType;
  readonly subscribe?: {
    readonly framework_info: MesosFrameworkInfo;
    readonly suppressed_roles?: readonly string[];
    readonly offer_constraints?: object;
  };
  readonly accept?: {
    readonly offer_ids?: readonly Value[];
    readonly operations?: readonly Operation[];
    readonly filters?: Filters;
  };
  readonly decline?: { readonly offer_ids?: readonly Value[]; readonly filters?: Filters };
  readonly revive?: { readonly roles?: readonly string[] };
  readonly suppress?: { readonly roles?: readonly string[] };
  readonly kill?: {
    readonly task_id: Value;
    readonly agent_id?: Value;
    readonly kill_policy?: KillPolicy;
  };
  readonly shutdown?: { readonly executor_id: Value; readonly agent_id: Value };
  readonly acknowledge?: {
    readonly agent_id: Value;
    readonly task_id: Value;
    readonly uuid: string;
  };
  readonly reconcile?: {
    readonly tasks?: readonly { readonly task_id: Value; readonly agent_id?: Value }[];
  };
  readonly message?: {
    readonly agent_id: Value;
    readonly executor_id: Value;
    readonly data: string;
  };
  readonly request?: { readonly requests?: readonly object[] };
  readonly accept_inverse_offers?: {
    readonly inverse_offer_ids?: readonly Value[];
    readonly filters?: Filters;
  };
  readonly decline_inverse_offers?: {
    readonly inverse_offer_ids?: readonly Value[];
    readonly filters?: Filters;
  };
  readonly acknowledge_operation_status?: object;
  readonly reconcile_operations?: { readonly operations?: readonly object[] };
  readonly update_framework?: {
    readonly framework_info: MesosFrameworkInfo;
    readonly suppressed_roles?: readonly string[];
    readonly offer_constraints?: object;
  };
}

export interface MasterInfo {
  readonly id: string;
  /** IPv4 as a number in network byte order, as libprocess has it; required by the proto. */
  readonly ip: number;
  readonly port: number;
  readonly pid?: string;
  readonly hostname?: string;
  readonly version?: string;
  readonly address?: { readonly hostname?: string; readonly ip?: string; readonly port: number };
}

export type MesosEvent =
  | {
      readonly type: "SUBSCRIBED";
      readonly subscribed: {
        readonly framework_id: Value;
        readonly heartbeat_interval_seconds?: number;
        readonly master_info?: MasterInfo;
      };
    }
  | { readonly type: "OFFERS"; readonly offers: { readonly offers?: readonly MesosOffer[] } }
  | { readonly type: "RESCIND"; readonly rescind: { readonly offer_id: Value } }
  | { readonly type: "UPDATE"; readonly update: { readonly status: MesosTaskStatus } }
  | {
      readonly type: "FAILURE";
      readonly failure: {
        readonly agent_id?: Value;
        readonly executor_id?: Value;
        readonly status?: number;
      };
    }
  | { readonly type: "ERROR"; readonly error: { readonly message: string } }
  | { readonly type: "HEARTBEAT" }
  | {
      readonly type: "MESSAGE";
      readonly message: {
        readonly agent_id: Value;
        readonly executor_id: Value;
        readonly data: string;
      };
    };

/** What a synchronous call answers with; only RECONCILE_OPERATIONS has one (scheduler.proto, Response). */
export interface MesosResponse {
  readonly type: "RECONCILE_OPERATIONS";
  readonly reconcile_operations: { readonly operation_statuses?: readonly object[] };
}
