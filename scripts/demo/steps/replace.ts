import { waitFor } from "../../wait";
import { watchContainers } from "../container-events";
import type { ContainerEventSeen, EventWatch } from "../container-events";
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
  const events = watchContainers(deployed.cluster);
  try {
    const askedAtMs = wallClockMs();
    await show(["docker", "kill", victim.containerId.slice(0, 12)], scene);
    const what = "a container to be started in its place";
    const { killed, started } = await waitFor(
      { what, deadlineMs: 30_000, everyMs: 5, signal },
      () => Promise.resolve(replacement(events, askedAtMs)),
    );
    const right = await waitForNames(scene, before.length, [victim.id]);
    // From the kill itself, by Docker's clock: how long its command line takes to start is not ours.
    const times = {
      replacedMs: started.atMs - killed.atMs,
      dnsRightMs: performance.timeOrigin + right - killed.atMs,
    };
    stage.fact(
      `new container ${started.id.slice(0, 12)} after ${times.replacedMs.toFixed(0)} ms; DNS right again after ${times.dnsRightMs.toFixed(0)} ms`,
    );
    return times;
  } finally {
    events.close();
  }
}

/** The kill asked for, and the first start after it; undefined while either is missing. */
function replacement(
  { seen }: EventWatch,
  sinceMs: number,
): { readonly killed: ContainerEventSeen; readonly started: ContainerEventSeen } | undefined {
  const killed = seen.find(({ action, atMs }) => action === "kill" && atMs > sinceMs);
  const started = killed && seen.find((one) => one.action === "start" && one.atMs > killed.atMs);
  return started && { killed, started };
}
