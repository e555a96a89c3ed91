import { waitFor } from "../../wait";
import { formatInstance } from "../resolver";
import { serviceHost } from "../scene";
import type { Scene } from "../scene";
import { show } from "../show";

/** DNS names every healthy instance, by address (A) and with its port (SRV), and each answers over HTTP. */
export async function showNames(scene: Scene): Promise<void> {
  const { stage, server } = scene;
  stage.act("Found by name, answering over HTTP");
  await show(["dig", `@${server}`, serviceHost, "+short"], scene);
  await show(["dig", `@${server}`, serviceHost, "SRV", "+short"], scene);
  const instances = await scene.names.instances(serviceHost);
  const answers = new Set<string>();
  for (const instance of instances)
    answers.add(
      (await show(["curl", "-sS", "-m", "5", `http://${formatInstance(instance)}/`], scene)).trim(),
    );
  if (answers.size !== instances.length)
    throw new Error(
      `${instances.length} instances in DNS gave ${answers.size} different answers; each should give its own`,
    );
  stage.fact(`${answers.size} instances, each found by name and answering`);
}

/**
 * Waits until DNS names exactly the healthy tasks, `count` of them and none of `gone`.
 * @returns when that was so, on this process's clock
 */
export async function waitForNames(
  scene: Scene,
  count: number,
  gone: readonly string[] = [],
): Promise<number> {
  const { signal } = scene;
  const what = `DNS to name ${count} healthy instances of ${serviceHost}`;
  return waitFor({ what, deadlineMs: 60_000, everyMs: 15, signal }, async () => {
    const named = await scene.names.instances(serviceHost);
    const at = performance.now();
    const wanted = await healthyEndpoints(scene, gone);
    const seen = named.map(formatInstance).join(" ");
    if (wanted.length === count && wanted.join(" ") === seen) return at;
    throw new Error(`DNS has [${seen}], healthy are [${wanted.join(" ")}]`);
  });
}

async function healthyEndpoints(scene: Scene, gone: readonly string[]): Promise<readonly string[]> {
  const tasks = await scene.api.tasks();
  return tasks
    .filter(
      ({ id, state, healthy }) =>
        state === "TASK_RUNNING" && healthy === true && !gone.includes(id),
    )
    .flatMap(({ address, ports }) => ports.map(({ hostPort }) => `${address}:${hostPort}`))
    .sort((a, b) => a.localeCompare(b));
}
