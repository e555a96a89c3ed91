import { readFileSync } from "node:fs";
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
import { demoImage } from "../paths";
import type { Figure } from "./figure";
import { runProviderStartBench } from "./provider-start";

const handshakeSamples = 20;
const plainSamples = 5;
/** Outside the range that tasks get theirs from. */
const plainPort = "30999";
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
    const plainStartMs = await timePlainStarts(scene);
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

/** Create and start of the same image with a task's settings on the same network, by Docker alone: the floor. */
async function timePlainStarts(scene: Scene): Promise<number[]> {
  const node = scene.deployed.nodes[0];
  if (!node) throw new Error("the example has no node");
  const mebibyte = 1024 * 1024;
  const body = {
    Image: demoImage,
    Cmd: ["sleep", "60"],
    ExposedPorts: { "80/tcp": {} },
    HostConfig: {
      Init: true,
      NetworkMode: `covey-${scene.deployed.cluster}-${node.name}`,
      PortBindings: { "80/tcp": [{ HostIp: node.address, HostPort: plainPort }] },
      Memory: 32 * mebibyte,
      MemorySwap: 32 * mebibyte,
      NanoCpus: 1e8,
    },
  };
  const times: number[] = [];
  for (let sample = 0; sample < plainSamples; sample++) {
    const began = performance.now();
    const { Id: id } = (await engine("POST", "/containers/create", { body })) as { Id: string };
    try {
      await engine("POST", `/containers/${id}/start`);
      times.push(performance.now() - began);
    } finally {
      await engine("DELETE", `/containers/${id}?force=true`);
    }
  }
  return times;
}

function readAgentRss(scene: Scene): number[] {
  return scene.deployed.nodes.flatMap(({ dataDir }) => {
    const folder = dataDir.slice(0, dataDir.lastIndexOf("/"));
    const agent = processesOf(folder).find(
      ({ command, directory }) => directory === dataDir && /covey\.js agent /.test(command),
    );
    if (!agent) throw new Error(`no agent runs in ${dataDir}`);
    const status = readFileSync(`/proc/${agent.pid}/status`, "utf8");
    return [(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 1e6];
  });
}
