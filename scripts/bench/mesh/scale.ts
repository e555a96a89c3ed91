import { join } from "node:path";
import { bundleProgram } from "../../bundle";
import { run } from "../../command";
import { median, type Figure } from "../figure";
import { withScratch } from "../scratch";
import { formatTable } from "../table";
import type { Scale } from "./scale-run";

const sizes = [10, 100, 1000, 5000];
/** Whose simulation must run at ten times real time. */
const speedSize = 1000;
/**
 * 25 million views of one another, in 5000 members, are 5 GB. As few collections as that allows, each on the one core
 * that is counted.
 */
const heap = ["--max-old-space-size=16384", "--max-semi-space-size=64", "--single-threaded-gc"];
const deadlineMs = 3_600_000;

/** What the mesh costs and how fast it is as it grows; the same machine and options that agents run on one site. */
export function runScaleBench(rounds: number): Promise<Figure[]> {
  return withScratch(async (interrupted) => {
    // Bundled as agents are, and each mesh in a process of its own: a heap's size must be set before it begins.
    const program = join(process.env["TMPDIR"] ?? "", "scale-run.js");
    await bundleProgram(join(__dirname, "scale-run.ts"), program);
    const scales: Scale[] = [];
    for (let round = 1; round <= rounds; round++)
      for (const members of sizes) {
        interrupted.throwIfAborted();
        const args = [...heap, program, String(members), String(round)];
        const printed = await run(process.execPath, args, { deadlineMs, signal: interrupted });
        process.stderr.write(`${members} members: ${printed}`);
        scales.push(JSON.parse(printed) as Scale);
      }
    console.log(`${scaleTable(scales)}\n`);
    return figuresOf(scales);
  });
}

function scaleTable(scales: readonly Scale[]): string {
  const rows = scales.map((scale) => [
    String(scale.members),
    scale.bytesPerSecond.toFixed(0),
    scale.packetsPerSecond.toFixed(2),
    median(scale.goodbyesMs).toFixed(0),
    median(scale.firstMs).toFixed(0),
    median(scale.fullMs).toFixed(0),
    `${scale.restSpeed.toFixed(0)} x`,
    `${scale.speed.toFixed(0)} x`,
  ]);
  const head = ["members", "B/s a member", "packets/s a member", "goodbye known, ms"];
  const more = ["death first seen, ms", "seen by all, ms", "speed at rest", "speed in all"];
  return formatTable([[...head, ...more], ...rows]);
}

function figuresOf(scales: readonly Scale[]): Figure[] {
  const of = (members: number, key: "goodbyesMs" | "fullMs"): number =>
    median(scales.filter((one) => one.members === members).flatMap((one) => one[key]));
  const loads = scales.map(({ bytesPerSecond }) => bytesPerSecond);
  const [small = 0, large = 0] = [sizes[1], sizes.at(-1)];
  const growth = of(large, "goodbyesMs") / of(small, "goodbyesMs");
  const speeds = scales.filter((one) => one.members === speedSize).map(({ speed }) => speed);
  return [
    {
      name: "load a member, most over least",
      unit: "x",
      samples: [Math.max(...loads) / Math.min(...loads)],
      goal: 1.2,
    },
    {
      // With log N it would grow by log(5000) / log(100) = 1.85; a fifth more is allowed.
      name: `goodbye known, ${large} over ${small} members`,
      unit: "x",
      samples: [growth],
      goal: (1.2 * Math.log(large)) / Math.log(small),
    },
    {
      name: `core time a simulated second, ${speedSize} members`,
      unit: "ms",
      samples: speeds.map((speed) => 1000 / speed),
      goal: 100,
    },
    { name: `death known to all, ${large} members`, unit: "ms", samples: [of(large, "fullMs")] },
  ];
}
