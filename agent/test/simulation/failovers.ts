import type { ElectionTiming } from "../../src/election/options";
import { quietNetwork } from "../fakes/simulated-network";
import { ElectionWorld } from "./election-world";

export interface FailoverSetting {
  readonly voters: number;
  /** Probability that a packet is lost. */
  readonly loss: number;
  readonly timing?: ElectionTiming;
}

/** With 20 % of packets lost a change of master takes seconds, never this. */
const limitMs = 120_000;

/**
 * So many times in one world of voters: the acting master is killed at a random moment of its heartbeat phase.
 * Returns how long it took each time until another might act, in ms of simulated time.
 * @throws Violation where two acted at once, Error where nobody did for two minutes.
 */
export function failovers(seed: number, setting: FailoverSetting, count: number): number[] {
  const { voters, loss, timing } = setting;
  const faults = { ...quietNetwork, loss };
  const world = new ElectionWorld({ seed, voters, faults, ...(timing && { timing }) });
  const { heartbeatMs, timeoutMinMs } = world.timing;
  return Array.from({ length: count }, () => {
    world.advanceUntil(() => world.master() !== undefined, limitMs);
    // Longer than any voter withholds its vote after its start.
    world.advance(timeoutMinMs + 2 * heartbeatMs);
    world.advanceUntil(() => world.master() !== undefined, limitMs);
    world.advance(world.random.between(0, heartbeatMs));
    const master = world.master() ?? world.random.pick(world.names);
    return failoverOf(world, master);
  });
}

function failoverOf(world: ElectionWorld, master: string): number {
  const killedAtMs = world.clock.nowMs();
  world.kill(master);
  world.advanceUntil(() => world.tookOfficeAtMs > killedAtMs, limitMs);
  const tookMs = world.tookOfficeAtMs - killedAtMs;
  world.advance(world.random.between(0, 2000));
  world.start(master);
  return tookMs;
}
