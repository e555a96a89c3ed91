/**
 * `npm run simulate -- [--hours N] [--seed S]`: whole clusters in chaos, seed by seed, until N simulated hours have passed; or
 * the one seed S. Exit 0 only if no rule was broken. One line a seed: its hash is the same on every machine.
 */
import { parseArgs } from "node:util";
import { chaosPlan, runChaos, transcript } from "../agent/test/simulation/chaos-run";

const hourMs = 3_600_000;

interface Options {
  readonly hours: number;
  readonly first: number;
  readonly only: boolean;
}

function parseOptions(): Options {
  const { values } = parseArgs({
    options: { hours: { type: "string" }, seed: { type: "string" } },
  });
  const hours = Number(values.hours ?? "1");
  if (!(hours > 0)) throw new Error(`--hours '${values.hours ?? ""}' must be a number above 0`);
  const first = Number(values.seed ?? "1");
  if (!Number.isSafeInteger(first))
    throw new Error(`--seed '${values.seed ?? ""}' must be a whole number`);
  return { hours, first, only: values.seed !== undefined && values.hours === undefined };
}

async function main(): Promise<number> {
  const { hours, first, only } = parseOptions();
  const began = performance.now();
  const broken: number[] = [];
  let simulatedMs = 0;
  let seed = first;
  for (; seed === first || (!only && simulatedMs < hours * hourMs); seed++) {
    const faults = chaosPlan(seed);
    const outcome = await runChaos(seed, faults);
    simulatedMs += outcome.simulatedMs;
    const ok = outcome.broken === undefined;
    const seconds = (outcome.simulatedMs / 1000).toFixed(1).padStart(6);
    console.log(`${ok ? "ok    " : "BROKEN"} seed ${seed} ${seconds} s ${outcome.hash}`);
    if (ok) continue;
    broken.push(seed);
    console.log(await transcript(seed, faults));
  }
  const rate = simulatedMs / (performance.now() - began);
  console.log(
    `seeds ${first} to ${seed - 1}: ${(simulatedMs / hourMs).toFixed(2)} simulated hours, ${rate.toFixed(1)} times real time, ` +
      (broken.length === 0 ? "no rule broken" : `BROKEN: ${broken.join(", ")}`),
  );
  return broken.length === 0 ? 0 : 1;
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
