import { readFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../../wait";
import { runningContainers } from "../scene";
import type { DeployedNode } from "../example";
import type { Scene } from "../scene";
import { show } from "../show";
import { showStatus } from "./status";
import { waitForNames } from "./names";

/** Kills the master's agent; another becomes master, and no container notices. */
export async function succeedMaster(scene: Scene): Promise<{ succeededMs: number }> {
  const { stage, signal, deployed, api } = scene;
  stage.act("The master is killed");
  await showStatus(scene);
  const before = await api.anyStatus();
  const master = deployed.nodes.find(({ name }) => name === before.master?.name);
  if (!master)
    throw new Error(
      `the master is ${before.master?.name ?? "nobody"}, which is no node of the example`,
    );
  const containers = await runningContainers(deployed.cluster);
  const others = deployed.nodes
    .filter((node) => node !== master)
    .map(({ address }) => apiOf(scene, address));
  const pid = readFileSync(join(master.dataDir, "agent.pid"), "utf8").trim().split(" ")[0] ?? "";
  const killedAt = performance.now();
  await show(["kill", "-9", pid], scene);
  const what = `a new master in place of ${master.name}`;
  const successor = await waitFor({ what, deadlineMs: 30_000, everyMs: 10, signal }, async () => {
    const views = await Promise.all(others.map((other) => api.status(other)));
    const at = performance.now();
    const names = new Set(
      views.map(({ master: seen, term }) => (term > before.term ? seen?.name : undefined)),
    );
    const [name] = names;
    if (names.size !== 1 || name === undefined) return undefined;
    // While a term has no master yet, the one of before is still shown; he counts only if he says so himself, alive again.
    if (name === master.name && !(await claims(scene, master, before.term))) return undefined;
    return { name, at };
  });
  const succeededMs = successor.at - killedAt;
  await waitForReturn(scene, master.address);
  await waitForNames(scene, containers.length);
  await assertUntouched(scene, containers);
  await showStatus(scene);
  stage.fact(
    `${successor.name} is master after ${succeededMs.toFixed(0)} ms; no container was restarted`,
  );
  return { succeededMs };
}

async function claims(scene: Scene, node: DeployedNode, after: number): Promise<boolean> {
  const view = await scene.api.status(apiOf(scene, node.address));
  return view.term > after && view.master?.name === node.name;
}

async function waitForReturn(scene: Scene, address: string): Promise<void> {
  const what = `the killed agent at ${address} to be started again`;
  await waitFor({ what, deadlineMs: 30_000, everyMs: 50, signal: scene.signal }, async () => {
    const { master } = await scene.api.status(apiOf(scene, address));
    return master ? true : undefined;
  });
}

async function assertUntouched(
  scene: Scene,
  before: readonly { id: string; startedAtMs: number }[],
): Promise<void> {
  const after = await runningContainers(scene.deployed.cluster);
  const same = JSON.stringify(after) === JSON.stringify(before);
  if (!same)
    throw new Error(
      `the containers are not those of before: ${before.map(({ id }) => id.slice(0, 12)).join(" ")}, now ${after.map(({ id }) => id.slice(0, 12)).join(" ")}`,
    );
}

function apiOf(scene: Scene, address: string): string {
  const found = scene.deployed.api.find((api) => new URL(api).hostname === address);
  if (found === undefined) throw new Error(`no API is known at ${address}`);
  return found;
}
