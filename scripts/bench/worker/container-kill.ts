import { setTimeout as sleep } from "node:timers/promises";
import { engine } from "../../engine";
import { startedAtMs } from "../containers";
import { median, type Figure } from "../figure";
import { benchImage, withOneAgent, type OneAgent } from "./one-agent";
import { timePlainStarts } from "./plain";

/** One that ends sooner after its start is not replaced at once. */
const provenMs = 12_000;
const goalBeyondPlainMs = 100;
const plainSamples = 10;

/**
 * As many tasks as rounds, on one real agent; each is killed once (SIGKILL through Docker), and time runs from the call until Docker's
 * own time of its successor's start. Beside it: Docker's create and start of a container just like it.
 */
export function runContainerKillBench(rounds: number): Promise<Figure[]> {
  return withOneAgent("bench-replace", async (node) => {
    await node.run({
      name: "web",
      image: benchImage,
      instances: rounds,
      command: ["sleep", "100000"],
      cpus: 0.25,
      memMiB: 16,
      ports: [{ name: "http", containerPort: 80 }],
    });
    await sleep(provenMs, undefined, { signal: node.signal });
    const victims = await node.containers();
    const [model] = victims;
    if (!model) throw new Error("no container runs");
    const plainMs = await timePlainStarts(model, plainSamples);
    const replacedMs: number[] = [];
    for (const { Id } of victims) {
      replacedMs.push(await timeReplacement(node, Id, rounds));
    }
    return [
      {
        name: "container replaced",
        unit: "ms",
        samples: replacedMs,
        goal: median(plainMs) + goalBeyondPlainMs,
        peer: { name: "docker create + start", samples: plainMs },
      },
    ];
  });
}

async function timeReplacement(node: OneAgent, victim: string, count: number): Promise<number> {
  const before = new Set((await node.containers()).map(({ Id }) => Id));
  const killedAt = Date.now();
  await engine("POST", `/containers/${victim}/kill`);
  const successor = await node.wait("the successor", 10, async () =>
    (await node.containers()).find(({ Id }) => !before.has(Id)),
  );
  const tookMs = startedAtMs(successor) - killedAt;
  await node.running("web", count);
  return tookMs;
}
