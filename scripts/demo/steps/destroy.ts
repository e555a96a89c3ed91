import { cdktf, forgetExample } from "../example";
import { findRemains } from "../remains";
import type { Scene } from "../scene";
import { show } from "../show";

/** `cdktf destroy`, after which there is no trace. */
export async function destroy(scene: Scene): Promise<{ destroyMs: number }> {
  const { stage, signal, deployed } = scene;
  stage.act("Destroyed without a trace");
  const { tookMs } = await cdktf("destroy", { stage, signal });
  await show(
    ["docker", "ps", "--all", "--quiet", "--filter", `label=covey.cluster=${deployed.cluster}`],
    scene,
  );
  const remains = await findRemains();
  if (remains.length > 0)
    throw new Error(`after the destroy there is still:\n${remains.join("\n")}`);
  if ((await scene.names.addresses("consul.service.consul")).length > 0)
    throw new Error(`a Consul still answers at ${scene.server}`);
  forgetExample();
  stage.fact("no container, process, network, Consul entry or file is left");
  return { destroyMs: tookMs };
}
