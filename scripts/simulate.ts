/**
 * `npm run simulate -- [--hours N] [--seed S] [--cores C]`: whole clusters in chaos, seed by seed, until N simulated hours have
 * passed; or the one seed S. Exit 0 only if no rule was broken. One line a seed: its hash is the same on every machine.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withScratch } from "./bench/scratch";
import { bundleProgram } from "./bundle";
import type { SeedOutcome } from "./simulated-seed";

const hourMs = 3_600_000;

interface Options {
  readonly hours: number;
  readonly first: number;
  readonly only: boolean;
  readonly cores: number;
}

function parseOptions(): Options {
  const { values } = parseArgs({
    options: { hours: { type: "string" }, seed: { type: "string" }, cores: { type: "string" } },
  });
  const hours = Number(values.hours ?? "1");
  if (!(hours > 0)) throw new Error(`--hours '${values.hours ?? ""}' must be a number above 0`);
  const first = Number(values.seed ?? "1");
  if (!Number.isSafeInteger(first))
    throw new Error(`--seed '${values.seed ?? ""}' must be a whole number`);
  const cores = Number(values.cores ?? availableParallelism());
  if (!Number.isSafeInteger(cores) || cores < 1)
    throw new Error(`--cores '${values.cores ?? ""}' must be a whole number above 0`);
  return { hours, first, only: values.seed !== undefined && values.hours === undefined, cores };
}

/** Seeds in order, each to the process that is free; all that were begun are finished. */
class Seeds {
  readonly broken: number[] = [];
  simulatedMs = 0;
  next: number;

  constructor(private readonly options: Options) {
    this.next = options.first;
  }

  take(): number | undefined {
    const { first, only, hours } = this.options;
    const more = this.next === first || (!only && this.simulatedMs < hours * hourMs);
    return more ? this.next++ : undefined;
  }

  done({ seed, simulatedMs, hash, transcript }: SeedOutcome): void {
    this.simulatedMs += simulatedMs;
    const seconds = (simulatedMs / 1000).toFixed(1).padStart(6);
    console.log(
      `${transcript === undefined ? "ok    " : "BROKEN"} seed ${seed} ${seconds} s ${hash}`,
    );
    if (transcript === undefined) return;
    this.broken.push(seed);
    console.log(transcript);
  }
}

/** One process, as long as there are seeds. */
async function work(program: string, seeds: Seeds, interrupted: AbortSignal): Promise<void> {
  const child = fork(program, { execArgv: [], signal: interrupted });
  const ended = once(child, "exit");
  child.on("error", () => undefined);
  const feed = (): void => {
    const seed = seeds.take();
    if (seed === undefined) child.disconnect();
    else child.send(seed);
  };
  child.on("message", (outcome: SeedOutcome) => {
    seeds.done(outcome);
    feed();
  });
  feed();
  const [code] = (await ended.catch(() => [null])) as [number | null];
  interrupted.throwIfAborted();
  if (code !== 0) throw new Error(`a process that simulates ended with ${String(code)}`);
}

async function main(): Promise<number> {
  const options = parseOptions();
  return withScratch(async (interrupted) => {
    const program = join(process.env["TMPDIR"] ?? "", "simulated-seed.js");
    await bundleProgram(join(__dirname, "simulated-seed.ts"), program);
    const began = performance.now();
    const seeds = new Seeds(options);
    const processes = Array.from({ length: options.only ? 1 : options.cores }, () =>
      work(program, seeds, interrupted),
    );
    await Promise.all(processes);
    const { simulatedMs, broken } = seeds;
    const rate = simulatedMs / (performance.now() - began);
    console.log(
      `seeds ${options.first} to ${seeds.next - 1}: ${(simulatedMs / hourMs).toFixed(2)} simulated hours, ` +
        `${rate.toFixed(1)} times real time, ` +
        (broken.length === 0 ? "no rule broken" : `BROKEN: ${broken.join(", ")}`),
    );
    return broken.length === 0 ? 0 : 1;
  });
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
