/** `npm run bench -- NAME [--json] [--rounds N]`: exit 0 only if every goal is met. `npm run bench` lists the names. */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { runAllocatorBench } from "./allocator";
import { runDemoBench } from "./demo";
import { runElectionBench } from "./election";
import { formatRows, toRow, type Figure } from "./figure";
import { runMasterKillBench } from "./master-kill";
import { runFalsePositivesBench } from "./mesh/false-positives";
import { runFuzzBench } from "./mesh/fuzz";
import { runScaleBench } from "./mesh/scale";
import { runNodeKillBench } from "./node-kill";
import { runPlacementsBench } from "./placements";
import { runProviderPlanBench } from "./provider-plan";
import { runProviderStartBench } from "./provider-start";
import { runAgentCostBench } from "./worker/agent-cost";
import { runContainerKillBench } from "./worker/container-kill";
import { runDeployBench } from "./worker/deploy-50";
import { runDnsBench } from "./worker/dns";

interface Bench {
  readonly name: string;
  /** One line for the list. */
  readonly about: string;
  readonly defaultRounds: number;
  /** Leaves the machine as it found it, also when it throws. */
  run(rounds: number): Promise<Figure[]>;
}

const benches: readonly Bench[] = [
  {
    name: "demo",
    about: "the demo's own times, an agent's memory, the provider's start",
    defaultRounds: 3,
    run: runDemoBench,
  },
  {
    name: "mesh-false-positives",
    about: "Lifeguard's experiments in simulated time, its variants beside the published figures",
    defaultRounds: 1,
    run: runFalsePositivesBench,
  },
  {
    name: "mesh-scale",
    about: "load, detection and dissemination from 10 to 5000 members, in simulated time",
    defaultRounds: 1,
    run: runScaleBench,
  },
  {
    name: "mesh-fuzz",
    about:
      "ten million random and damaged packets through the decoder, five minutes of a core at most",
    defaultRounds: 1,
    run: runFuzzBench,
  },
  {
    name: "provider-start",
    about: "the provider's start to its handshake, beside bare Node",
    defaultRounds: 25,
    run: runProviderStartBench,
  },
  {
    name: "provider-plan",
    about: "plans of 1, 100 and 1000 resources, beside Terraform's own",
    defaultRounds: 3,
    run: runProviderPlanBench,
  },
  {
    name: "election",
    about: "simulated: the master is killed 10,000 times with 3, 5, 7 voters and 0, 5, 20 % loss",
    defaultRounds: 10_000,
    run: runElectionBench,
  },
  {
    name: "allocator",
    about: "full and incremental allocation of up to 20,000 nodes, beside Mesos' published figures",
    defaultRounds: 20,
    run: runAllocatorBench,
  },
  {
    name: "placements",
    about:
      "a million tasks of 1000 services on 5000 nodes, in process: decided per second, fairness",
    defaultRounds: 1,
    run: runPlacementsBench,
  },
  {
    name: "master-kill",
    about:
      "real agents and Consul: SIGKILL of the master until a write is accepted again, beside Swarm",
    defaultRounds: 20,
    run: runMasterKillBench,
  },
  {
    name: "node-kill",
    about:
      "a lab of five hosts: one with ten tasks dies, until they run elsewhere and it is gone from DNS",
    defaultRounds: 20,
    run: runNodeKillBench,
  },
  {
    name: "deploy-50",
    about: "one real agent: 50 tasks to running, beside Docker's API alone and Docker Swarm",
    defaultRounds: 3,
    run: runDeployBench,
  },
  {
    name: "container-kill",
    about: "one real agent: a container is killed, until its successor runs, beside a plain start",
    defaultRounds: 20,
    run: runContainerKillBench,
  },
  {
    name: "dns",
    about: "one real agent and Consul: healthy or not, until DNS says so",
    defaultRounds: 20,
    run: runDnsBench,
  },
  {
    name: "agent-cost",
    about: "one real agent: memory and processor, idle and with 100 tasks",
    defaultRounds: 6,
    run: runAgentCostBench,
  },
];

interface Options {
  readonly bench: Bench;
  readonly rounds: number;
  readonly json: boolean;
}

/** undefined: nothing is to be run, and why has been printed. */
function parseOptions(): Options | undefined {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, rounds: { type: "string" } },
  });
  const name = positionals[0];
  const bench = benches.find((one) => one.name === name);
  if (!bench) {
    for (const one of benches) console.log(`${one.name.padEnd(20)} ${one.about}`);
    if (name !== undefined) throw new Error(`no bench is named '${name}'`);
    return undefined;
  }
  const rounds = Number(values.rounds ?? bench.defaultRounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds '${values.rounds ?? ""}' must be a whole number above 0`);
  return { bench, rounds, json: values.json };
}

async function main(): Promise<number> {
  const options = parseOptions();
  if (!options) return 0;
  const load = { before: loadavg()[0] ?? 0, after: 0 };
  const rows = (await options.bench.run(options.rounds)).map(toRow);
  load.after = loadavg()[0] ?? 0;
  console.log(formatRows(rows));
  console.log(
    `machine load (1 min): ${load.before.toFixed(2)} before, ${load.after.toFixed(2)} after`,
  );
  const missed = rows.filter((row) => !row.met);
  if (missed.length > 0) console.log(`missed: ${missed.map((row) => row.name).join(", ")}`);
  if (options.json) console.log(JSON.stringify({ name: options.bench.name, load, figures: rows }));
  return missed.length === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`bench failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
