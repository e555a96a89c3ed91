import type { ServiceInput, ServiceView } from "@covey/agent/contract";
import { containerInput, containerModel } from "./container-input";
import { healthInput, healthModel, readinessInput, readinessModel } from "./health-input";
import { provisionInput, provisionModel } from "./provision-input";
import type { ServiceModel } from "./schema";

type Spec = ServiceView["spec"];

/** The service as the API takes it. */
export function serviceInput(model: ServiceModel): ServiceInput {
  const provision = provisionInput(model);
  return {
    name: model.name,
    image: model.image,
    instances: model.instances,
    cpus: model.cpus,
    memMiB: model.memory_mib,
    ports: (model.ports ?? []).map((port) => ({
      name: port.name,
      containerPort: port.container_port,
      ...(port.host_port === null ? {} : { hostPort: port.host_port }),
      protocol: port.protocol === "udp" ? "udp" : "tcp",
    })),
    network: model.network === "host" ? "host" : "bridge",
    env: model.env ?? {},
    ...(model.command === null ? {} : { command: [...model.command] }),
    ...(model.health === null ? {} : { health: healthInput(model.health) }),
    ...(model.readiness === null ? {} : { readiness: readinessInput(model.readiness) }),
    constraints: (model.constraints ?? []).map(({ attribute, operator, value }) => ({
      attribute,
      // The schema's validator lets no other pass.
      operator: operator as Spec["constraints"][number]["operator"],
      ...(value === null ? {} : { value }),
    })),
    killGraceMs: model.kill_grace_ms,
    ...(model.shared_ports === null ? {} : { sharedPorts: [...model.shared_ports] }),
    ...(model.container === null ? {} : { container: containerInput(model.container) }),
    ...(provision && { provision }),
  };
}

/** What the cluster has, in the spelling of `state` where only the form differs: an empty list there and none here are one. */
export function serviceModel(view: ServiceView, state: ServiceModel): ServiceModel {
  const { spec } = view;
  return {
    ...state,
    image: spec.image,
    instances: spec.instances,
    cpus: spec.cpus,
    memory_mib: spec.memMiB,
    ports: orAbsent(spec.ports.map(portModel), state.ports),
    network: spec.network,
    env: Object.keys(spec.env).length === 0 && state.env === null ? null : spec.env,
    command: spec.command ?? null,
    health: spec.health === undefined ? null : healthModel(spec.health),
    readiness: spec.readiness === undefined ? null : readinessModel(spec.readiness),
    constraints: orAbsent(
      spec.constraints.map(({ attribute, operator, value }) => ({
        attribute,
        operator,
        value: value ?? null,
      })),
      state.constraints,
    ),
    kill_grace_ms: spec.killGraceMs,
    shared_ports: orAbsent(spec.sharedPorts ?? [], state.shared_ports),
    container: containerModel(spec.container, state.container),
    ...provisionModel(spec.provision, state),
    version: view.version,
    healthy: view.healthy,
  };
}

/** For an import: nothing is known but what the cluster says. */
export const emptyService: Omit<ServiceModel, "id" | "name" | "cluster"> = {
  image: "",
  instances: 0,
  cpus: 0,
  memory_mib: 0,
  ports: null,
  network: "bridge",
  env: null,
  command: null,
  health: null,
  readiness: null,
  constraints: null,
  kill_grace_ms: 0,
  shared_ports: null,
  container: null,
  pull: "missing",
  registry_auth: null,
  secrets: null,
  timeouts: null,
  version: null,
  healthy: null,
};

function portModel(port: Spec["ports"][number]): NonNullable<ServiceModel["ports"]>[number] {
  const { name, containerPort, hostPort, protocol } = port;
  return { name, container_port: containerPort, host_port: hostPort ?? null, protocol };
}

function orAbsent<T>(found: readonly T[], prior: readonly T[] | null): readonly T[] | null {
  return found.length === 0 && prior === null ? null : found;
}
