import { taskLabels } from "../../model/task-labels";
import type { TaskPort, TaskSpec } from "../../model/task";
import { attributeLabelPrefix } from "./instance";
import type { Candidate } from "./placement";
import type { ServiceState } from "./service-state";

export const frameworkName = "services";

/** One instance of the service for this node. The id is a valid container name and says what it is. */
export function buildTask(
  service: Pick<ServiceState, "spec" | "version">,
  candidate: Candidate,
  ports: readonly TaskPort[],
  suffix: string,
): TaskSpec {
  const { spec, version } = service;
  const constrained = spec.constraints.flatMap(({ attribute }) => {
    const value = candidate.attributes[attribute];
    return value === undefined ? [] : [[`${attributeLabelPrefix}${attribute}`, value] as const];
  });
  return {
    id: `${spec.name}.${version}.${suffix}`,
    framework: frameworkName,
    image: spec.image,
    command: spec.command,
    env: spec.env,
    labels: {
      [taskLabels.service]: spec.name,
      [taskLabels.version]: version,
      ...(spec.sharedPorts && { [taskLabels.sharedPorts]: spec.sharedPorts.join(",") }),
      ...Object.fromEntries(constrained),
    },
    cpus: spec.cpus,
    memMiB: spec.memMiB,
    ports,
    network: spec.network,
    health: spec.health,
    readiness: spec.readiness,
    killGraceMs: spec.killGraceMs,
    container: spec.container,
    catalogName: spec.name,
  };
}
