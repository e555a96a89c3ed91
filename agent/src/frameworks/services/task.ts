import { taskLabels } from "../../model/task-labels";
import type { ServiceSpec } from "../../model/service";
import type { TaskPort, TaskSpec } from "../../model/task";
import { attributeLabelPrefix } from "./instance";
import type { Candidate } from "./placement";
import type { ServiceState } from "./service-state";

export const frameworkName = "services";

type TaskBuilder = (candidate: Candidate, ports: readonly TaskPort[], suffix: string) => TaskSpec;

/** Builds instances of the service. Their ids are valid container names and say what they are. */
export function taskBuilder(service: Pick<ServiceState, "spec" | "version">): TaskBuilder {
  const { spec, version } = service;
  // What is the same for all of them they share: there may be a million.
  const labels = {
    [taskLabels.service]: spec.name,
    [taskLabels.version]: version,
    ...(spec.sharedPorts && { [taskLabels.sharedPorts]: spec.sharedPorts.join(",") }),
  };
  return (candidate, ports, suffix) => ({
    id: `${spec.name}.${version}.${suffix}`,
    framework: frameworkName,
    image: spec.image,
    command: spec.command,
    env: spec.env,
    labels:
      spec.constraints.length === 0 ? labels : { ...labels, ...placedLabels(spec, candidate) },
    cpus: spec.cpus,
    memMiB: spec.memMiB,
    ports,
    network: spec.network,
    health: spec.health,
    readiness: spec.readiness,
    killGraceMs: spec.killGraceMs,
    container: spec.container,
    provision: spec.provision,
    catalogName: spec.name,
  });
}

function placedLabels({ constraints }: ServiceSpec, candidate: Candidate): Record<string, string> {
  const found = constraints.flatMap(({ attribute }) => {
    const value = candidate.attributes[attribute];
    return value === undefined ? [] : [[`${attributeLabelPrefix}${attribute}`, value] as const];
  });
  return Object.fromEntries(found);
}
