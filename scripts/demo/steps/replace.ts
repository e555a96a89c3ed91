import { waitFor } from "../../wait";
import { watchStarts } from "../container-events";
import { runningContainers, wallClockMs } from "../scene";
import type { Scene } from "../scene";
import { show } from "../show";
import { waitForNames } from "./names";

/** Kills one container; another takes its place, and DNS follows. */
export async function replaceContainer(
  scene: Scene,
): Promise<{ replacedMs: number; dnsRightMs: number }> {
  const { stage, signal, deployed, api } = scene;
  stage.act("A container is killed");
  const before = await runningContainers(deployed.cluster);
  const victim = (await api.tasks()).find(({ state }) => state === "TASK_RUNNING");
  if (victim?.containerId === undefined) throw new Error("no task runs that could be killed");
  const starts = watchStarts(deployed.cluster);
  try {
    const killedAtMs = wallClockMs();
    const killedAt = performance.now();
    await show(["docker", "kill", victim.containerId.slice(0, 12)], scene);
    const what = "a container to be started in its place";
    const started = await waitFor({ what, deadlineMs: 30_000, everyMs: 5, signal }, () =>
      Promise.resolve(starts.seen.find(({ atMs }) => atMs > killedAtMs)),
    );
    const right = await waitForNames(scene, before.length, [victim.id]);
    const times = { replacedMs: started.atMs - killedAtMs, dnsRightMs: right - killedAt };
    stage.fact(
      `new container ${started.id.slice(0, 12)} after ${times.replacedMs.toFixed(0)} ms; DNS right again after ${times.dnsRightMs.toFixed(0)} ms`,
    );
    return times;
  } finally {
    starts.close();
  }
}
