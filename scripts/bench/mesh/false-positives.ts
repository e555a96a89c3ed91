import { quantile, type Figure } from "../figure";
import { emptyTally, grid, runAnomalies, type Tally } from "./anomalies";
import { runCrashes, type Detection } from "./crashes";
import { formatTable } from "../table";
import { coveyVariant, lifeguardVariant, swimVariant, variants, type Variant } from "./variants";

const crashMembers = 128;
const crashCounts = [1, 4, 8, 16];
/** Groups of crashes a round: 174 deaths, enough for a percentile of 99. */
const crashGroups = 6;
/** The paper's variants, the fewest false positives first. */
const publishedOrder = ["Lifeguard", "LHA-Suspicion", "LHA-Probe", "SWIM"];

/** Lifeguard's experiments in simulated time: false positives under anomalies, and detection of real crashes. */
export function runFalsePositivesBench(rounds: number): Promise<Figure[]> {
  const tallies = new Map<string, Tally>();
  for (const variant of variants) {
    const tally = tallyOf(variant, rounds);
    tallies.set(variant.name, tally);
    progress(`${variant.name}: ${JSON.stringify(tally)}`);
  }
  const detections = new Map<string, Detection[]>();
  for (const variant of [swimVariant, lifeguardVariant, coveyVariant]) {
    detections.set(variant.name, detectionsOf(variant, rounds));
    progress(`${variant.name}: crashes done`);
  }
  console.log(`${grid.length} cells of 128 members, 120 s each, ${rounds} round(s)`);
  console.log(`${anomalyTable(tallies)}\n\n${detectionTable(detections)}\n`);
  return Promise.resolve([...anomalyFigures(tallies), ...detectionFigures(detections)]);
}

function tallyOf(variant: Variant, rounds: number): Tally {
  const total = emptyTally();
  for (let round = 1; round <= rounds; round++)
    for (const cell of grid) {
      const one = runAnomalies(variant.membership, cell, round);
      for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += one[key];
    }
  return total;
}

function detectionsOf(variant: Variant, rounds: number): Detection[] {
  const { membership } = variant;
  return Array.from({ length: rounds * crashGroups }, (_, group) =>
    crashCounts.flatMap((crashes) =>
      runCrashes({
        seed: `crashes ${crashes} ${group + 1}`,
        members: crashMembers,
        crashes,
        membership,
      }),
    ),
  ).flat();
}

function anomalyTable(tallies: ReadonlyMap<string, Tally>): string {
  const swim = tallies.get("SWIM") ?? emptyTally();
  const rows = variants.map(({ name, published }) => {
    const tally = tallies.get(name) ?? emptyTally();
    const cell = (key: keyof Tally): string => `${tally[key]} (${percent(tally[key], swim[key])})`;
    const paper = published
      ? `${published.falsePositives} / ${published.atHealthy} / ${published.messages} / ${published.bytes}`
      : "-";
    const mebibytes = `${Math.round(tally.bytes / 2 ** 20)} (${percent(tally.bytes, swim.bytes)})`;
    const counted = ["originated", "originatedAtHealthy", "seen", "seenAtHealthy", "messages"];
    return [name, ...counted.map((key) => cell(key as keyof Tally)), mebibytes, paper];
  });
  const head = ["variant (% of SWIM)", "FP originated", "FP- originated", "FP seen", "FP- seen"];
  return formatTable([
    ...[[...head, "messages", "MiB", "paper: FP / FP- / msgs / bytes"]],
    ...rows,
  ]);
}

function detectionTable(detections: ReadonlyMap<string, readonly Detection[]>): string {
  const rows = [...detections].map(([name, all]) => {
    const seconds = (key: keyof Detection, share: number): string =>
      (quantile(valuesOf(all, key), share) / 1000).toFixed(2);
    return [
      name,
      String(all.length),
      ...[0.5, 0.99].map((share) => seconds("firstMs", share)),
      ...[0.5, 0.99].map((share) => seconds("fullMs", share)),
    ];
  });
  const head = ["crashes, s", "n", "first p50", "first p99", "full p50", "full p99"];
  return formatTable([head, ...rows]);
}

function anomalyFigures(tallies: ReadonlyMap<string, Tally>): Figure[] {
  const share = (name: string, key: keyof Tally): number =>
    (100 * (tallies.get(name)?.[key] ?? Number.NaN)) / (tallies.get("SWIM")?.[key] ?? Number.NaN);
  const order = publishedOrder.map((name) => tallies.get(name)?.originated ?? Number.NaN);
  const outOfOrder = order.filter((count, at) => at > 0 && !(count >= (order[at - 1] ?? 0)));
  const paper = lifeguardVariant.published;
  const figure = (name: string, value: number, goal: number, published?: number): Figure => ({
    name,
    unit: "%",
    samples: [value],
    goal,
    ...(published !== undefined && { peer: { name: "paper", samples: [published] } }),
  });
  return [
    figure("Lifeguard FP, of SWIM", share("Lifeguard", "originated"), 1.5, paper?.falsePositives),
    figure(
      "Lifeguard FP at healthy, of SWIM",
      share("Lifeguard", "originatedAtHealthy"),
      1.9,
      paper?.atHealthy,
    ),
    figure("Lifeguard bytes, of SWIM", share("Lifeguard", "bytes"), 98, paper?.bytes),
    figure("Covey lan FP, of SWIM", share("Covey, lan", "originated"), 1.5),
    { name: "variants out of order", unit: "", samples: [outOfOrder.length], goal: 1 },
  ];
}

function detectionFigures(detections: ReadonlyMap<string, readonly Detection[]>): Figure[] {
  return [lifeguardVariant.name, coveyVariant.name].flatMap((name) =>
    [0.5, 0.99].flatMap((share) =>
      (["firstMs", "fullMs"] as const).map((key) => {
        const of = (who: string): number =>
          quantile(valuesOf(detections.get(who) ?? [], key), share);
        return {
          name: `${name} ${key === "firstMs" ? "first" : "full"} detection p${share * 100}, of SWIM`,
          unit: "x",
          samples: [of(name) / of("SWIM")],
          goal: 1.05,
        };
      }),
    ),
  );
}

function valuesOf(all: readonly Detection[], key: keyof Detection): number[] {
  return all.map((one) => one[key]);
}

function percent(value: number, whole: number): string {
  return `${((100 * value) / whole).toFixed(1)} %`;
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
