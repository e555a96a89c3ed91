import { basename, dirname } from "node:path/posix";
import type { Connection } from "./connection";
import { nodeLabels, networkName } from "./node-network";
import type { NodeName } from "./node-network";
import type { NodePaths } from "./node-paths";
import { Keeper } from "./keeper";
import { stopManagedConsul } from "./managed-consul";

export interface Remains {
  readonly name: NodeName;
  readonly paths: NodePaths;
  readonly dockerSocket: string;
}

const stopGraceMs = 10_000;

/**
 * Removes all a node has left on its machine, in an order that nothing made later can come back: the supervisor or
 * unit, the agent, the Consul it managed, its containers, its network, its directory and what folders that leaves empty. What is gone already is no error, so an
 * interrupted removal is finished by the next.
 */
export async function removeRemains(connection: Connection, remains: Remains): Promise<void> {
  const { name, paths, dockerSocket } = remains;
  await new Keeper(connection, paths, name).remove(stopGraceMs);
  await stopManagedConsul(connection, paths.consul);
  const engine = connection.engine(dockerSocket);
  const containers = await engine.containers(nodeLabels(name));
  await Promise.all(containers.map((id) => engine.removeContainer(id)));
  const own = (await engine.networks()).filter((network) => network.name === networkName(name));
  for (const network of own) await engine.removeNetwork(network.name);
  await connection.remove(paths.directory);
  await removeEmptyParents(connection, paths.directory, name.cluster);
}

/** Of `.../covey/CLUSTER/NODE`, what the last node of the cluster, then of the machine, leaves empty. */
async function removeEmptyParents(
  connection: Connection,
  directory: string,
  cluster: string,
): Promise<void> {
  let parent = dirname(directory);
  for (const ours of [cluster, "covey"]) {
    if (basename(parent) !== ours || !(await connection.removeEmpty(parent))) return;
    parent = dirname(parent);
  }
}
