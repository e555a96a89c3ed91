import type { ServiceView, StatusView, TaskView } from "../../agent/src/contract/index";

/** Of a container that an engine has, whatever its state. */
export interface ContainerSeen {
  readonly id: string;
  readonly running: boolean;
  /** Of its labels; undefined: it is nobody's task. */
  readonly task: string | undefined;
}

/** Of one host, as it is seen from outside. */
export interface HostPicture {
  readonly node: string;
  readonly address: string;
  readonly status: StatusView;
  readonly containers: readonly ContainerSeen[];
  /** What Consul on this host answers, by service: `ADDRESS:PORT` of each instance; of `covey` and its `master` the addresses. */
  readonly dns: ReadonlyMap<string, readonly string[]>;
}

/** All that is looked at when the cluster has to be in order. */
export interface Picture {
  readonly hosts: readonly HostPicture[];
  /** As the master tells them. */
  readonly services: readonly ServiceView[];
  readonly tasks: readonly TaskView[];
}

/** The environment variable that carries a service's revision. */
export const revisionVariable = "REVISION";
export const agentsName = "covey";
export const masterName = "master.covey";
