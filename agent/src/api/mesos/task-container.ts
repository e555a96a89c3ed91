import type { ContainerOptions } from "../../model/container";
import type { TaskPort, TaskSpec } from "../../model/task";
import { checkedOptions, dockerParameters } from "./docker-parameters";
import type { ContainerInfo, Volume } from "./messages";
import { clip, TaskRefused } from "./refusal";

type Docker = NonNullable<ContainerInfo["docker"]>;

export interface TaskContainer {
  readonly image: string;
  readonly network: TaskSpec["network"];
  readonly ports: readonly TaskPort[];
  readonly options: ContainerOptions;
  readonly provision: TaskSpec["provision"];
}

const absent = {
  network_infos: "there are no networks but HOST, BRIDGE and those named by docker.parameters",
  linux_info: "linux_info is not there; docker.parameters has cap-add and others",
  tty_info: "tty_info is not there; `covey exec -it` opens a terminal in a task",
} as const;

/** Throws TaskRefused. `held`: the ports of its resources. */
export function taskContainer(
  info: ContainerInfo | undefined,
  held: readonly number[],
): TaskContainer {
  const docker = dockerOf(info);
  const network = networkOf(docker);
  const { volumes = [], hostname } = info ?? {};
  const options = checkedOptions({
    ...dockerParameters(docker.parameters ?? []),
    ...(hostname === undefined ? {} : { hostname }),
    ...(volumes.length === 0 ? {} : { volumes: volumes.map(mountOf) }),
  });
  if (network === "host" && options.network !== undefined)
    throw new TaskRefused("docker.network HOST contradicts the parameter 'network'");
  return {
    image: docker.image,
    network,
    ports: portsOf(docker, network, held),
    options,
    provision: docker.force_pull_image === true ? { pull: "always" } : undefined,
  };
}

function dockerOf(info: ContainerInfo | undefined): Docker {
  if (info === undefined || (info.type === "DOCKER" && info.docker === undefined))
    throw new TaskRefused(
      "every task is a Docker container here: say which image in container.docker.image",
    );
  const { docker } = info;
  if (info.type !== "DOCKER" || docker === undefined)
    throw new TaskRefused(
      "container.type MESOS is not there: use DOCKER, and say which image in container.docker.image",
    );
  for (const field of ["linux_info", "tty_info"] as const)
    if (info[field] !== undefined) throw new TaskRefused(`container.${absent[field]}`);
  if (docker.privileged === true)
    throw new TaskRefused(
      "docker.privileged is not there: give the capabilities and devices it needs in docker.parameters (cap-add, device)",
    );
  if (docker.image === "" || docker.image.length > 512)
    throw new TaskRefused("container.docker.image must have 1 to 512 characters");
  return docker;
}

function networkOf({ network = "HOST", port_mappings: mappings = [] }: Docker): "host" | "bridge" {
  if (network === "NONE" || network === "USER")
    throw new TaskRefused(`docker.network ${network}: ${absent.network_infos}`);
  if (network === "HOST" && mappings.length > 0)
    throw new TaskRefused("docker.port_mappings belong to network BRIDGE, and this is HOST");
  return network === "HOST" ? "host" : "bridge";
}

/** Every port it holds is one of its ports: those not mapped lead to the same number inside. */
function portsOf(
  { port_mappings: mappings = [] }: Docker,
  network: TaskSpec["network"],
  held: readonly number[],
): readonly TaskPort[] {
  const wrong = mappings.find(({ host_port: port }) => !held.includes(port));
  if (wrong !== undefined)
    throw new TaskRefused(
      `docker.port_mappings: host_port ${wrong.host_port} is not among the task's ports`,
    );
  const mapped = mappings.map((mapping) => ({
    containerPort: portNumber(mapping.container_port),
    hostPort: mapping.host_port,
    protocol: protocolOf(mapping.protocol ?? "tcp"),
  }));
  const others = held
    .filter((port) => network === "host" || !mapped.some(({ hostPort }) => hostPort === port))
    .map((port) => ({ containerPort: port, hostPort: port, protocol: "tcp" as const }));
  return [...mapped, ...others].map((port, index) => ({ name: `p${index}`, ...port }));
}

function portNumber(port: number): number {
  if (Number.isInteger(port) && 1 <= port && port <= 65_535) return port;
  throw new TaskRefused(`docker.port_mappings: container_port ${port} must be from 1 to 65535`);
}

function protocolOf(protocol: string): "tcp" | "udp" {
  const name = protocol.toLowerCase();
  if (name === "tcp" || name === "udp") return name;
  throw new TaskRefused(`docker.port_mappings: protocol '${clip(protocol)}' must be tcp or udp`);
}

function mountOf(volume: Volume): { source: string; target: string; readOnly: boolean } {
  const { host_path: source, container_path: target, mode } = volume;
  if (source === undefined || volume.source !== undefined || volume.image !== undefined)
    throw new TaskRefused(
      `volume '${clip(target)}': only paths of the node can be mounted, by host_path`,
    );
  return { source, target, readOnly: mode === "RO" };
}
