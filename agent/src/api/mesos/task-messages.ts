/** Of mesos.proto: how a task is described; shapes as in messages.ts. */
import type { Labels, Resource, Value } from "./resource-messages";

export interface Environment {
  readonly variables?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly type?: "UNKNOWN" | "VALUE" | "SECRET";
  }[];
}

export interface CommandInfo {
  readonly uris?: readonly { readonly value: string }[];
  readonly environment?: Environment;
  readonly shell?: boolean;
  readonly value?: string;
  readonly arguments?: readonly string[];
  readonly user?: string;
}

export interface Volume {
  readonly mode: "RW" | "RO";
  readonly container_path: string;
  readonly host_path?: string;
  readonly source?: object;
  readonly image?: object;
}

export interface ContainerInfo {
  readonly type: "DOCKER" | "MESOS";
  readonly volumes?: readonly Volume[];
  readonly hostname?: string;
  readonly docker?: {
    readonly image: string;
    readonly network?: "HOST" | "BRIDGE" | "NONE" | "USER";
    readonly port_mappings?: readonly {
      readonly host_port: number;
      readonly container_port: number;
      readonly protocol?: string;
    }[];
    readonly privileged?: boolean;
    readonly parameters?: readonly { readonly key: string; readonly value: string }[];
    readonly force_pull_image?: boolean;
  };
  readonly mesos?: object;
  readonly network_infos?: readonly object[];
  readonly linux_info?: object;
  readonly tty_info?: object;
}

export interface HealthCheckInfo {
  readonly type?: "UNKNOWN" | "COMMAND" | "HTTP" | "TCP";
  readonly command?: CommandInfo;
  readonly http?: {
    readonly scheme?: string;
    readonly port: number;
    readonly path?: string;
    readonly statuses?: readonly number[];
  };
  readonly tcp?: { readonly port: number };
  readonly delay_seconds?: number;
  readonly interval_seconds?: number;
  readonly timeout_seconds?: number;
  readonly consecutive_failures?: number;
  readonly grace_period_seconds?: number;
}

export interface DurationInfo {
  readonly nanoseconds: number;
}

export interface KillPolicy {
  readonly grace_period?: DurationInfo;
}

export interface TaskInfo {
  readonly name: string;
  readonly task_id: Value;
  readonly agent_id: Value;
  readonly resources?: readonly Resource[];
  readonly executor?: object;
  readonly command?: CommandInfo;
  readonly container?: ContainerInfo;
  readonly health_check?: HealthCheckInfo;
  readonly check?: object;
  readonly kill_policy?: KillPolicy;
  readonly data?: string;
  readonly labels?: Labels;
  readonly discovery?: {
    readonly visibility?: string;
    readonly name?: string;
    readonly ports?: object;
    readonly labels?: Labels;
  };
  readonly max_completion_time?: DurationInfo;
  readonly limits?: Readonly<Record<string, { readonly value: number }>>;
}
