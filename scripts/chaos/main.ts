/**
 * `npm run chaos -- [--minutes N] [--seed S] [--round R] [--hosts 5] [--folder DIR] [--json]
 * [--verbose]`: a cluster on a lab of its own, faults by
 * chance under load, its invariants checked. Exit 0 only if none was broken. docs/lab.md
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { withScratch } from "../bench/scratch";
import { missingForLab } from "../lab/lab-programs";
import { coveyDir } from "../paths";
import { ChaosCluster } from "./chaos-cluster";
import { formatReport, reportOf } from "./report";
import { ChaosRun, Violation } from "./run";
import { Story } from "./story";

const webInstances = 6;
const boundMs = 150_000;
const linesOfStory = 60;
const linesOfLog = 40;

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly round: number;
  readonly hosts: number;
  readonly folder: string | undefined;
  readonly json: boolean;
  readonly verbose: boolean;
}

function parseOptions(): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      minutes: text,
      seed: text,
      round: text,
      hosts: text,
      folder: text,
      json: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
    },
  });
  const minutes = Number(values.minutes ?? "5");
  if (!(minutes > 0)) throw new Error(`--minutes '${values.minutes ?? ""}' must be above 0`);
  const whole = (name: "seed" | "round" | "hosts", preset: number, least: number): number => {
    const number = Number(values[name] ?? preset);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new Error(`--${name} '${values[name] ?? ""}' must be a whole number, at least ${least}`);
  };
  return {
    minutes,
    seed: whole("seed", Math.floor(Math.random() * 1_000_000), 0),
    round: whole("round", 1, 1),
    hosts: whole("hosts", 5, 4),
    folder: values.folder === undefined ? undefined : resolve(values.folder),
    json: values.json,
    verbose: values.verbose,
  };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function chaos(options: Options, signal: AbortSignal): Promise<number> {
  const { seed, round, hosts, minutes } = options;
  const folder = options.folder ?? join(process.env["TMPDIR"] ?? "/tmp", "chaos");
  const story = new Story(say, options.verbose);
  const cluster = new ChaosCluster(folder);
  cluster.lab.refuseWhereThere();
  try {
    story.tell(`seed ${seed}: ${hosts} hosts, ${minutes} min of faults`);
    await cluster.up(hosts, webInstances, signal);
    const settings = { seed, minutes, firstRound: round, webInstances, boundMs, signal };
    const figures = await new ChaosRun(cluster, story, settings).run();
    say(formatReport(figures));
    say(`machine load (1 min): ${(loadavg()[0] ?? 0).toFixed(2)}`);
    const { convergedMs, ranMs } = figures;
    if (options.json) say(JSON.stringify({ seed, ranMs, convergedMs, kinds: reportOf(figures) }));
    return 0;
  } catch (error) {
    if (signal.aborted || !(error instanceof Violation)) throw error;
    await tell(error, cluster, { story, options });
    return 1;
  } finally {
    await cluster.down();
  }
}

async function tell(
  error: Violation,
  cluster: ChaosCluster,
  { story, options }: { readonly story: Story; readonly options: Options },
): Promise<void> {
  const { seed, hosts, minutes } = options;
  mkdirSync(coveyDir, { recursive: true });
  const file = join(coveyDir, `chaos-${seed}.log`);
  const logs = await cluster.logs(linesOfLog);
  writeFileSync(file, `${story.last(Infinity).join("\n")}\n\n${error.message}\n\n${logs}`);
  say(["", ...story.last(linesOfStory), "", `violated: ${error.message}`].join("\n"));
  say(`the whole story, with the agents' logs: ${file}`);
  say(`again: npm run chaos -- --minutes ${minutes} --seed ${seed} --hosts ${hosts}`);
}

async function main(): Promise<number> {
  const options = parseOptions();
  const missing = missingForLab();
  if (missing !== undefined) throw new Error(`a lab cannot be made here: ${missing}`);
  return withScratch((signal) => chaos(options, signal));
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`chaos: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
