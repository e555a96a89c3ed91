/** `npm run check`: what every commit passes. Cheap checks first in two lanes, so that both cores work. */
import { spawn } from "node:child_process";

interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

const lanes: readonly (readonly Check[])[] = [
  [
    { name: "types", command: ["tsc", "--noEmit", "-p", "tsconfig.json"] },
    { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
    { name: "layers", command: ["depcruise", "agent/src", "provider/src", "constructs/src"] },
    { name: "dead code", command: ["knip"] },
    { name: "provider's pages", command: ["tsx", "scripts/generate-docs.ts", "--check"] },
    { name: "graph", command: ["tsx", "scripts/graph.ts", "--check"] },
  ],
  [
    {
      name: "lint",
      command: ["eslint", "--cache", "--cache-location", "node_modules/.cache/eslint/", "."],
    },
    {
      name: "unit and simulation tests",
      command: ["jest", "--selectProjects", "unit", "simulation", "--maxWorkers=1", "--silent"],
    },
  ],
];

interface Outcome {
  readonly check: Check;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

function run(check: Check): Promise<Outcome> {
  const startedMs = performance.now();
  const [program = "", ...args] = check.command;
  return new Promise((resolve) => {
    const child = spawn("npx", ["--no-install", program, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("close", (code) => {
      const seconds = (performance.now() - startedMs) / 1000;
      resolve({ check, ok: code === 0, seconds, output: Buffer.concat(chunks).toString() });
    });
  });
}

async function runLane(lane: readonly Check[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const check of lane) {
    const outcome = await run(check);
    console.log(
      `${outcome.ok ? "ok    " : "FAILED"} ${check.name} (${outcome.seconds.toFixed(1)} s)`,
    );
    if (!outcome.ok) console.log(outcome.output);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function main(): Promise<void> {
  const outcomes = (await Promise.all(lanes.map(runLane))).flat();
  const failed = outcomes.filter((outcome) => !outcome.ok);
  if (failed.length === 0) return;
  console.log(`check failed: ${failed.map((outcome) => outcome.check.name).join(", ")}`);
  process.exitCode = 1;
}

void main();
