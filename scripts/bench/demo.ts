import { setTimeout as sleep } from "node:timers/promises";
import { destroy } from "../demo/steps/destroy";
import { raise } from "../demo/demo";
import type { DemoTimes } from "../demo/demo-times";
import { forgetKept } from "../demo/kept";
import { takeLock } from "../demo/lock";
import { processesOf } from "../demo/processes";
import { findRemains, removeRemains } from "../demo/remains";
import type { Scene } from "../demo/scene";
import { silentStage } from "../demo/show";
import { engine } from "../engine";
import { seeContainers } from "./containers";
import type { Figure } from "./figure";
import { residentMb } from "./process-cost";
import { runProviderStartBench } from "./provider-start";
import { timePlainStarts } from "./worker/plain";

const handshakeSamples = 20;
const plainSamples = 5;
/** After the last deploy, before memory is read. */
const idleMs = 10_000;

/** What one round of the demo gives. */
interface Round {
  readonly times: DemoTimes;
  /** Of each agent, in MB (10^6 bytes). */
  readonly agentRssMb: readonly number[];
  /** Create and start of such a container, nothing else. */
  readonly plainStartMs: readonly number[];
}

/** The demo's own times over some rounds, an agent's memory, and the provider's start. */
export async function runDemoBench(rounds: number): Promise<Figure[]> {
  const release = takeLock();
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort(new Error("interrupted"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const remains = await findRemains();
    if (remains.length > 0)
      throw new Error(
        `take an earlier demo down first (npm run demo -- --down): ${remains[0] ?? ""}`,
      );
    const done: Round[] = [];
    for (let round = 0; round < rounds; round++) done.push(await oneRound(interrupt.signal));
    return [...figuresOf(done), ...(await runProviderStartBench(handshakeSamples))];
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await removeRemains();
    forgetKept();
    release();
  }
}

async function oneRound(signal: AbortSignal): Promise<Round> {
  const { scene, times } = await raise({ stage: silentStage, signal });
  try {
    const plainStartMs = await timeDockerAlone(scene);
    await sleep(idleMs, undefined, { signal });
    const agentRssMb = readAgentRss(scene);
    return { times: { ...times, ...(await destroy(scene)) }, agentRssMb, plainStartMs };
  } finally {
    scene.api.close();
  }
}

function figuresOf(rounds: readonly Round[]): Figure[] {
  const of = (key: keyof DemoTimes): number[] => rounds.map((round) => round.times[key]);
  const plain = rounds.flatMap((round) => round.plainStartMs);
  return [
    { name: "deploy", unit: "ms", samples: of("deployMs") },
    { name: "first DNS answer", unit: "ms", samples: of("firstDnsAnswerMs") },
    {
      name: "container replaced",
      unit: "ms",
      samples: of("replacedMs"),
      goal: 500,
      peer: { name: "docker create + start", samples: plain },
    },
    { name: "DNS right after a kill", unit: "ms", samples: of("dnsRightMs") },
    { name: "master succeeded", unit: "ms", samples: of("succeededMs"), goal: 4000 },
    { name: "scale by one", unit: "ms", samples: of("scaleMs") },
    { name: "destroy", unit: "ms", samples: of("destroyMs") },
    {
      name: "agent RSS idle",
      unit: "MB",
      samples: rounds.flatMap((round) => round.agentRssMb),
      goal: 80,
    },
  ];
}

/** The floor: Docker alone, with containers just like a task of the demo. */
async function timeDockerAlone({ deployed }: Scene): Promise<number[]> {
  const [model] = await seeContainers(engine, { label: `covey.cluster=${deployed.cluster}` });
  if (!model) throw new Error("no container of the demo runs");
  return timePlainStarts(model, plainSamples);
}

function readAgentRss(scene: Scene): number[] {
  return scene.deployed.nodes.flatMap(({ dataDir }) => {
    const folder = dataDir.slice(0, dataDir.lastIndexOf("/"));
    const agent = processesOf(folder).find(
      ({ command, directory }) => directory === dataDir && /covey\.js agent /.test(command),
    );
    if (!agent) throw new Error(`no agent runs in ${dataDir}`);
    return [residentMb(agent.pid)];
  });
}
