import { setFlagsFromString } from "node:v8";
import { lanMembership } from "../../../agent/src/membership/options";
import { median, type Figure } from "../figure";
import { formatTable } from "../table";
import { coreMs } from "./core-time";
import { MeshField, type Sighting } from "./field";

const sizes = [10, 100, 1000, 5000];
/** Whose simulation must run at ten times real time. */
const speedSize = 1000;
/** 25 million views of one another, in 5000 members. */
const heapMebibytes = 12_288;
const settleMs = 5000;
const restMs = 30_000;
const goodbyeMs = 5000;
const deathMs = 30_000;
/** In each mesh so many, one after another. */
const goodbyes = 3;
const deaths = 2;

interface Scale {
  readonly members: number;
  readonly bytesPerSecond: number;
  readonly packetsPerSecond: number;
  /** From a goodbye until everybody knows. */
  readonly goodbyesMs: readonly number[];
  /** From a crash until somebody, and until everybody, knows. */
  readonly firstMs: readonly number[];
  readonly fullMs: readonly number[];
  /** Simulated time over time on one core, at rest, and through goodbyes and deaths too. */
  readonly restSpeed: number;
  readonly speed: number;
}

/** What the mesh costs and how fast it is as it grows; the same machine and options that agents run on one site. */
export function runScaleBench(rounds: number): Promise<Figure[]> {
  setFlagsFromString(`--max-old-space-size=${heapMebibytes}`);
  const scales: Scale[] = [];
  for (let round = 1; round <= rounds; round++)
    for (const members of sizes) {
      const scale = measure(members, round);
      scales.push(scale);
      process.stderr.write(`${members} members: ${JSON.stringify(scale)}\n`);
    }
  console.log(`${scaleTable(scales)}\n`);
  return Promise.resolve(figuresOf(scales));
}

function measure(members: number, round: number): Scale {
  const knows = new Map<string, Map<string, number>>();
  const watch = ({ atMs, observer, member }: Sighting): void => {
    const gone = member.status === "dead" || member.status === "left";
    if (gone && observer !== member.record.name) knows.get(member.record.name)?.set(observer, atMs);
  };
  const field = new MeshField({
    seed: `scale ${members} ${round}`,
    members,
    membership: lanMembership,
    watch,
    acquainted: true,
  });
  field.advance(settleMs);
  const beforeMs = coreMs();
  const { bytes, messages } = field.meter;
  field.advance(restMs);
  const restCoreMs = coreMs() - beforeMs;
  const perMemberSecond = (count: number): number => (count * 1000) / restMs / members;
  const bytesPerSecond = perMemberSecond(field.meter.bytes - bytes);
  const packetsPerSecond = perMemberSecond(field.meter.messages - messages);
  const events = goAll(field, knows);
  const simulatedMs = restMs + goodbyes * goodbyeMs + deaths * deathMs;
  return {
    members,
    bytesPerSecond,
    packetsPerSecond,
    ...events,
    restSpeed: restMs / restCoreMs,
    speed: simulatedMs / (coreMs() - beforeMs),
  };
}

/** Some say goodbye and some crash, each when what came before has settled. */
function goAll(
  field: MeshField,
  knows: Map<string, Map<string, number>>,
): Pick<Scale, "goodbyesMs" | "firstMs" | "fullMs"> {
  let left = field.names.length;
  const goOne = (index: number, go: (name: string) => void, waitMs: number): number[] => {
    // The first ones are the seeds.
    const name = field.names[field.names.length - 1 - index] ?? "";
    const at = new Map<string, number>();
    knows.set(name, at);
    const beganMs = field.nowMs;
    go(name);
    field.advance(waitMs);
    left -= 1;
    const times = [...at.values()].map((atMs) => atMs - beganMs);
    const everybody = times.length === left;
    return [
      times.length > 0 ? Math.min(...times) : Infinity,
      everybody ? Math.max(...times) : Infinity,
    ];
  };
  const waves = (
    count: number,
    from: number,
    go: (name: string) => void,
    waitMs: number,
  ): number[][] => Array.from({ length: count }, (_, index) => goOne(from + index, go, waitMs));
  const said = waves(goodbyes, 0, (name) => field.leave(name), goodbyeMs);
  const crashed = waves(deaths, goodbyes, (name) => field.crash(name), deathMs);
  return {
    goodbyesMs: said.map(([, full = Infinity]) => full),
    firstMs: crashed.map(([first = Infinity]) => first),
    fullMs: crashed.map(([, full = Infinity]) => full),
  };
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
