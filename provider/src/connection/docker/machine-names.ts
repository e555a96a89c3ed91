import type { NodeName } from "../node-network";

/**
 * Labels of what is made for a node in a container. They are other ones than those of its tasks (`covey.cluster`,
 * `covey.node`): what removes tasks by label never sees a machine, and the reverse.
 */
export const machineLabel = {
  /** `CLUSTER/NODE`; on the container and its volume. */
  node: "covey.machine",
  /** On all of them, and on what the nodes of a cluster share. */
  cluster: "covey.machine.cluster",
  /** On the container: of what it was made, see `machineHash`. */
  madeOf: "covey.machine.made-of",
} as const;

/** Of container and volume. */
export function machineName({ cluster, node }: NodeName): string {
  return `covey-${cluster}-${node}`;
}

export function clusterNetworkName(cluster: string): string {
  return `covey-${cluster}`;
}

/** Programs by content hash, one copy for all nodes of the cluster. A dot is in no name of a node, so it is no node's volume. */
export function programsVolumeName(cluster: string): string {
  return `covey-${cluster}.programs`;
}

export function machineLabels(name: NodeName): Readonly<Record<string, string>> {
  return {
    [machineLabel.node]: `${name.cluster}/${name.node}`,
    [machineLabel.cluster]: name.cluster,
  };
}

/** Where things lie in a node's container. */
export const machinePaths = {
  /** The node's volume: data directory and root of its engine. */
  home: "/var/lib/covey",
  engineRoot: "/var/lib/covey/.engine",
  /** The cluster's volume. */
  programs: "/var/lib/covey.programs",
  /** There once the engine answers and, where there is a node, its supervisor was started. On a tmpfs. */
  ready: "/run/covey-machine-ready",
} as const;

/** Ends the line of the container's log that says so. */
export const readyLine = "machine: ready";
