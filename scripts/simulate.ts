/**
 * `npm run simulate -- [--hours N] [--from-seed S] [--cores C] [--each]`: whole clusters in chaos, seed by seed from S on, until N
 * simulated hours have passed; Ctrl-C ends it after the seeds that have begun, and says how to go on. `--seed S`: that seed alone.
 * Exit 0 only if no rule was broken; the least that breaks it is shown. A seed's hash is the same on every machine.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withScratch } from "./bench/scratch";
import { bundleProgram } from "./bundle";
import { SeedRange } from "./seed-range";
import type { SeedOutcome } from "./simulated-seed";

const progressMs = 10_000;

interface Options {
  readonly hours: number;
  readonly first: number;
  readonly only: boolean;
  readonly cores: number;
  /** A line for each seed. */
  readonly each: boolean;
}

function parseOptions(): Options {
  const { values } = parseArgs({
    options: {
      hours: { type: "string", default: "1" },
      "from-seed": { type: "string" },
      seed: { type: "string" },
      cores: { type: "string", default: String(availableParallelism()) },
      each: { type: "boolean", default: false },
    },
  });
  const { seed, each } = values;
  if (seed !== undefined && values["from-seed"] !== undefined)
    throw new Error("--seed is one seed alone, --from-seed the first of many: give one of them");
  const hours = Number(values.hours);
  if (!(hours > 0)) throw new Error(`--hours '${values.hours}' must be a number above 0`);
  const name = seed === undefined ? "--from-seed" : "--seed";
  const first = wholeNumber(name, seed ?? values["from-seed"] ?? "1", 0);
  const cores = wholeNumber("--cores", values.cores, 1);
  return { hours, first, only: seed !== undefined, cores, each: each || seed !== undefined };
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < least)
    throw new Error(`${option} '${text}' must be a whole number, ${least} or above`);
  return value;
}

/** One process, as long as there are seeds. Its own group: Ctrl-C is for us, it finishes its seed. */
async function work(
  program: string,
  seeds: SeedRange,
  done: (outcome: SeedOutcome) => void,
): Promise<void> {
  const child = fork(program, { execArgv: [], detached: true });
  const ended = once(child, "exit");
  const feed = (): void => {
    const seed = seeds.take();
    if (seed === undefined) child.disconnect();
    else child.send(seed);
  };
  child.on("message", (outcome: SeedOutcome) => {
    seeds.done(outcome);
    done(outcome);
    feed();
  });
  feed();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`a process that simulates ended with ${String(code)}`);
}

async function main(): Promise<number> {
  const options = parseOptions();
  return withScratch(async (interrupted) => {
    const program = join(process.env["TMPDIR"] ?? "", "simulated-seed.js");
    await bundleProgram(join(__dirname, "simulated-seed.ts"), program);
    const seeds = new SeedRange(options, () => performance.now());
    interrupted.addEventListener("abort", () => seeds.stop());
    const told = setInterval(() => console.log(seeds.progress()), progressMs);
    const tell = (outcome: SeedOutcome): void => {
      if (options.each) console.log(lineOf(outcome));
      if (outcome.transcript !== undefined) console.log(outcome.transcript);
    };
    try {
      const processes = Array.from({ length: options.only ? 1 : options.cores }, () =>
        work(program, seeds, tell),
      );
      await Promise.all(processes);
    } finally {
      clearInterval(told);
    }
    console.log(seeds.result());
    return seeds.broken.length === 0 ? 0 : 1;
  });
}

function lineOf({ seed, simulatedMs, hash, transcript }: SeedOutcome): string {
  const seconds = (simulatedMs / 1000).toFixed(1).padStart(6);
  return `${transcript === undefined ? "ok    " : "BROKEN"} seed ${seed} ${seconds} s ${hash}`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`simulate: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  },
);
