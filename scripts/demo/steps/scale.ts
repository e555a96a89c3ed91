import { cdktf } from "../example";
import { firstInstances, runningContainers, serviceHost } from "../scene";
import type { Scene } from "../scene";
import { show } from "../show";
import { waitForNames } from "./names";

/** One more instance, by a deploy that the new master takes. */
export async function scaleUp(scene: Scene): Promise<{ scaleMs: number }> {
  const { stage, signal, deployed, server } = scene;
  stage.act("One instance more");
  const before = await runningContainers(deployed.cluster);
  const env = { WEB_INSTANCES: String(firstInstances + 1) };
  const { tookMs } = await cdktf("deploy", { stage, signal, env });
  await waitForNames(scene, firstInstances + 1);
  const after = new Set((await runningContainers(deployed.cluster)).map(({ id }) => id));
  const lost = before.find(({ id }) => !after.has(id));
  if (lost)
    throw new Error(
      `container ${lost.id.slice(0, 12)} was replaced, though only the number of instances changed`,
    );
  await show(["dig", `@${server}`, serviceHost, "SRV", "+short"], scene);
  stage.fact(`${after.size} instances; those of before run on`);
  return { scaleMs: tookMs };
}
