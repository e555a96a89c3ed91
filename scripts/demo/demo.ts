import type { DemoTimes } from "./demo-times";
import type { Scene } from "./scene";
import type { Stage } from "./show";
import { deploy } from "./steps/deploy";
import { destroy } from "./steps/destroy";
import { showNames } from "./steps/names";
import { replaceContainer } from "./steps/replace";
import { scaleUp } from "./steps/scale";
import { succeedMaster } from "./steps/succeed";

export interface DemoOptions {
  readonly stage: Stage;
  /** Aborted: the step under way ends, and the demo with the signal's reason. Whoever aborts cleans up (`removeRemains`). */
  readonly signal: AbortSignal;
}

export interface Raised {
  readonly scene: Scene;
  readonly times: Omit<DemoTimes, "destroyMs">;
}

/** All but the destroying. @throws Error naming what was not as it should be */
export async function raise(options: DemoOptions): Promise<Raised> {
  const { scene, deployMs, firstDnsAnswerMs } = await deploy(options);
  try {
    await showNames(scene);
    const replaced = await replaceContainer(scene);
    const succeeded = await succeedMaster(scene);
    const scaled = await scaleUp(scene);
    return { scene, times: { deployMs, firstDnsAnswerMs, ...replaced, ...succeeded, ...scaled } };
  } catch (error) {
    scene.api.close();
    throw error;
  }
}

/** The whole demo. @throws Error naming what was not as it should be */
export async function runDemo(options: DemoOptions): Promise<DemoTimes> {
  const { scene, times } = await raise(options);
  try {
    return { ...times, ...(await destroy(scene)) };
  } finally {
    scene.api.close();
  }
}
