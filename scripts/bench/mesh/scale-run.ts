import { lanMembership } from "../../../agent/src/membership/options";
import { coreMs } from "./core-time";
import { MeshField, type Sighting } from "./field";

const settleMs = 5000;
const restMs = 30_000;
const goodbyeMs = 5000;
const deathMs = 30_000;
/** In each mesh so many, one after another. */
const goodbyes = 3;
const deaths = 2;

/** What one mesh of so many members costs, and how fast it is. */
export interface Scale {
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
  field.meter.counts = false;
  field.advance(settleMs);
  const beforeMs = coreMs();
  field.meter.counts = true;
  field.advance(restMs);
  const restCoreMs = coreMs() - beforeMs;
  field.meter.counts = false;
  const perMemberSecond = (count: number): number => (count * 1000) / restMs / members;
  const bytesPerSecond = perMemberSecond(field.meter.bytes);
  const packetsPerSecond = perMemberSecond(field.meter.messages);
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

function main(): void {
  const [members, round] = process.argv.slice(2).map(Number);
  if (members === undefined || round === undefined) throw new Error("usage: MEMBERS ROUND");
  const scale = measure(members, round);
  const lost = [...scale.goodbyesMs, ...scale.fullMs].filter((ms) => !Number.isFinite(ms));
  if (lost.length > 0) throw new Error(`${members} members: ${lost.length} news did not reach all`);
  process.stdout.write(`${JSON.stringify(scale)}\n`);
}

main();
