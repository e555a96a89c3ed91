import { SeededRandom } from "../../agent/test/fakes/seeded-random";
import { endMs, type Fault, type FaultKind, type Round } from "./fault";

export interface PlanOptions {
  readonly seed: number;
  readonly hosts: readonly string[];
  /** Of the hosts: they vote, and have Consul's servers. */
  readonly voters: readonly string[];
}

/** How often of the sum of all, and how long it lasts: least and most, in ms. */
const kinds: Readonly<
  Record<FaultKind, { readonly weight: number; readonly forMs: readonly [number, number] }>
> = {
  "power cut": { weight: 4, forMs: [3000, 20_000] },
  freeze: { weight: 4, forMs: [500, 15_000] },
  cut: { weight: 4, forMs: [500, 20_000] },
  "cut in": { weight: 2, forMs: [500, 15_000] },
  "cut out": { weight: 2, forMs: [500, 15_000] },
  "dockerd restart": { weight: 3, forMs: [500, 4000] },
  "consul kill": { weight: 3, forMs: [0, 0] },
  "agent kill": { weight: 3, forMs: [0, 0] },
};

/** So long after its fault a host counts as down: a Consul server that was away votes again after about ten seconds. */
export function recoversMs(isVoter: boolean): number {
  return isVoter ? 15_000 : 6000;
}

/** Down at once: of all hosts, so that the rest has room for the tasks. */
const hostsDown = 2;
const roundMs = { least: 30_000, most: 50_000 };
const pauseMs = { least: 1000, most: 8000 };

/** How many voters may be down, so that those left are a majority. */
export function minorityOf(voters: readonly string[]): number {
  return Math.ceil(voters.length / 2) - 1;
}

/** Each round follows from the seed and its number alone, so that it can be repeated without those before it. */
export function planRound({ seed, hosts, voters }: PlanOptions, number: number): Round {
  const random = new SeededRandom(`chaos/${seed}/${number}`);
  const endsMs = random.integer(roundMs.least, roundMs.most);
  const faults: Fault[] = [];
  for (let atMs = 0; atMs < endsMs; atMs += random.integer(pauseMs.least, pauseMs.most)) {
    const kind = pickKind(random);
    const [least, most] = kinds[kind].forMs;
    const forMs = random.integer(least, most);
    const wanted = kind === "cut" && random.chance(0.3) ? 2 : 1;
    const chosen = pickHosts(random, wanted, {
      hosts,
      voters,
      down: downIn(faults, voters, [atMs, atMs + forMs]),
    });
    if (chosen.length > 0) faults.push({ kind, hosts: chosen, atMs, forMs });
  }
  return { number, faults };
}

/** Who is down, or not yet whole again, at any time between. A host that is to fail counts its own recovery too. */
function downIn(
  faults: readonly Fault[],
  voters: readonly string[],
  [fromMs, toMs]: readonly [number, number],
): readonly string[] {
  return faults.flatMap((fault) =>
    fault.hosts.filter((host) => {
      const restMs = recoversMs(voters.includes(host));
      return fault.atMs <= toMs + restMs && endMs(fault) + restMs > fromMs;
    }),
  );
}

interface Choice {
  readonly hosts: readonly string[];
  readonly voters: readonly string[];
  readonly down: readonly string[];
}

/** As many as may be down besides those that are, `wanted` at most; none: there is no room for a fault now. */
function pickHosts(random: SeededRandom, wanted: number, choice: Choice): readonly string[] {
  const chosen: string[] = [];
  while (chosen.length < wanted) {
    const down = [...choice.down, ...chosen];
    if (down.length >= hostsDown) break;
    const votersDown = down.filter((name) => choice.voters.includes(name)).length;
    const free = choice.hosts.filter(
      (name) =>
        !down.includes(name) &&
        (!choice.voters.includes(name) || votersDown < minorityOf(choice.voters)),
    );
    if (free.length === 0) break;
    chosen.push(random.pick(free));
  }
  return chosen.sort();
}

function pickKind(random: SeededRandom): FaultKind {
  const all = Object.entries(kinds) as [FaultKind, { readonly weight: number }][];
  let left = random.next() * all.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [kind, { weight }] of all) {
    left -= weight;
    if (left < 0) return kind;
  }
  return "freeze";
}
