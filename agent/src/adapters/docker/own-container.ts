import type Docker from "dockerode";
import { containerName } from "./create-options";
import type { DockerOptions } from "./docker";
import { statusCodeOf } from "./docker-fault";
import type { EngineCalls } from "./engine-calls";
import { label } from "./spec-label";

/** The id of a task's container; undefined where there is none of this node's. */
export async function ownContainerId(
  { docker, engine }: { readonly docker: Docker; readonly engine: EngineCalls },
  { cluster, node }: Pick<DockerOptions, "cluster" | "node">,
  taskId: string,
): Promise<string | undefined> {
  const info = await engine.call(`inspecting task ${taskId}`, (abortSignal) =>
    docker
      .getContainer(containerName(taskId))
      .inspect({ abortSignal })
      .catch((error: unknown) => {
        if (statusCodeOf(error) === 404) return undefined;
        throw error;
      }),
  );
  const labels = info?.Config.Labels;
  const own = labels?.[label.cluster] === cluster && labels[label.node] === node;
  return own ? info?.Id : undefined;
}
