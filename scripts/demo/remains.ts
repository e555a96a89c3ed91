import { existsSync, readdirSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { attempt } from "../command";
import { dockerSocket } from "../paths";
import { waitFor } from "../wait";
import { deployedResources, forgetExample } from "./example";
import { processesOf, signalProcess } from "./processes";

/** The example's cluster; its nodes' data directories lie in a folder of its name unless they are told otherwise. */
export const clusterName = "hello";
export const clusterDir = join("/var/lib/covey", clusterName);

const docker = ["-H", `unix://${dockerSocket}`];
const filter = ["--filter", `label=covey.cluster=${clusterName}`];

/** Everything of the example's cluster on this machine, one line each; empty: not a trace. */
export async function findRemains(): Promise<readonly string[]> {
  const [containers, networks] = await Promise.all([
    list(["ps", "--all", "--format", "{{.ID}} {{.Image}} {{.Status}}"]),
    list(["network", "ls", "--format", "{{.Name}}"]),
  ]);
  return [
    ...containers.map((line) => `container ${line}`),
    ...networks.map((line) => `Docker network ${line}`),
    ...processesOf(clusterDir).map(
      ({ pid, command }) => `process ${pid}: ${command.slice(0, 100)}`,
    ),
    ...filesBelow(clusterDir).map((name) => `file ${name}`),
    ...(deployedResources() > 0 ? [`Terraform state with ${deployedResources()} resources`] : []),
  ];
}

/** Whether any of it runs. What is left of a demo that ended with its machine does not, and is of use to nobody. */
export async function anythingRuns(): Promise<boolean> {
  if (processesOf(clusterDir).length > 0) return true;
  return (await list(["ps", "--quiet"])).length > 0;
}

/**
 * Removes it all without Terraform, which may have been ended half-way. More than once where need be: Docker may finish what it
 * was asked for by an agent that is ended meanwhile.
 */
export async function removeRemains(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await removeOnce();
    if ((await findRemains()).length === 0) return;
  }
}

/** Processes first, so that nothing comes back. */
async function removeOnce(): Promise<void> {
  await waitFor({ what: "the cluster's processes to end", deadlineMs: 20_000, everyMs: 50 }, () => {
    const left = processesOf(clusterDir);
    for (const { pid } of left) signalProcess(pid, "SIGKILL");
    const names = left.map(({ pid, command }) => `${pid} ${command.slice(0, 60)}`).join("; ");
    return left.length === 0 ? Promise.resolve(true) : Promise.reject(new Error(names));
  });
  const containers = await list(["ps", "--all", "--quiet"]);
  if (containers.length > 0) await attempt("docker", [...docker, "rm", "--force", ...containers]);
  const networks = await list(["network", "ls", "--quiet"]);
  if (networks.length > 0) await attempt("docker", [...docker, "network", "rm", ...networks]);
  rmSync(clusterDir, { recursive: true, force: true });
  removeIfEmpty(dirname(clusterDir));
  forgetExample();
}

async function list(args: readonly [string, ...string[]]): Promise<readonly string[]> {
  const [first, ...rest] = args;
  const head = first === "network" ? [first, ...rest.splice(0, 1)] : [first];
  const { stdout } = await attempt("docker", [...docker, ...head, ...filter, ...rest]);
  return stdout.split("\n").filter((line) => line !== "");
}

function filesBelow(folder: string): readonly string[] {
  return existsSync(folder)
    ? [folder, ...readdirSync(folder).map((name) => join(folder, name))]
    : [];
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not there, or of use to others.
  }
}
