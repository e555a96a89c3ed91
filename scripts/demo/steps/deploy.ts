import { waitFor } from "../../wait";
import { ClusterApi } from "../api";
import { cdktf, readDeployed } from "../example";
import { ServiceNames } from "../resolver";
import { firstInstances, runningContainers, serviceHost, wallClockMs } from "../scene";
import type { Scene } from "../scene";
import type { Stage } from "../show";

/** Where the example's first node is; its DNS is asked from the start, to see the first answer when it comes. */
const firstAddress = "10.207.1.1";

export interface Deploying {
  readonly stage: Stage;
  readonly signal: AbortSignal;
}

/** `cdktf deploy`, from nothing to three healthy instances. */
export async function deploy(
  options: Deploying,
): Promise<{ scene: Scene; deployMs: number; firstDnsAnswerMs: number }> {
  const { stage, signal } = options;
  stage.act("Three nodes and a service, by one deploy");
  const names = new ServiceNames(`${firstAddress}:53`);
  const watching = new AbortController();
  const ended = AbortSignal.any([signal, watching.signal]);
  const answered = firstAnswer(names, ended).catch(() => undefined);
  try {
    const { tookMs } = await cdktf("deploy", options);
    const deployed = readDeployed();
    if (!deployed) throw new Error("cdktf deploy ended well, but Terraform's state has no cluster");
    const scene = {
      stage,
      signal,
      deployed,
      names,
      server: firstAddress,
      api: new ClusterApi(deployed),
    };
    const answeredAtMs = await answered;
    if (answeredAtMs === undefined)
      throw new Error(`DNS at ${firstAddress} does not answer for ${serviceHost}`);
    const containers = await runningContainers(deployed.cluster);
    const first = containers[0];
    if (!first || containers.length !== firstInstances)
      throw new Error(
        `${containers.length} containers run after the deploy, ${firstInstances} should`,
      );
    return { scene, deployMs: tookMs, firstDnsAnswerMs: answeredAtMs - first.startedAtMs };
  } finally {
    watching.abort();
  }
}

/** Wall clock at the first answer with an address in it. */
async function firstAnswer(names: ServiceNames, signal: AbortSignal): Promise<number> {
  const what = `DNS to answer for ${serviceHost}`;
  return waitFor({ what, deadlineMs: 300_000, everyMs: 10, signal }, async () => {
    const found = await names.addresses(serviceHost);
    return found.length > 0 ? wallClockMs() : undefined;
  });
}
