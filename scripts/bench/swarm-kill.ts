import { setTimeout as sleep } from "node:timers/promises";
import { missingForSwarm, SwarmManagers } from "../lab/swarm-managers";

export interface SwarmKills {
  readonly image: string;
  readonly tasks: number;
  readonly rounds: number;
  /** From a kill to the start of the one that was killed, as by its supervisor. */
  readonly restartAfterMs: number;
  readonly signal: AbortSignal;
}

/**
 * Docker Swarm's side of the bench: of three managers the leader's dockerd is killed (SIGKILL, containerd goes on, as with
 * systemd's units), and time runs until one of the others has accepted a write. undefined: Swarm cannot be run here, and why
 * has been printed.
 */
export async function timeSwarmKills(kills: SwarmKills): Promise<number[] | undefined> {
  const missing = missingForSwarm();
  if (missing !== undefined) {
    console.log(`Docker Swarm is left out: ${missing}`);
    return undefined;
  }
  const swarm = new SwarmManagers(kills.signal);
  try {
    await swarm.startAll(kills.image, kills.tasks);
    const tookMs: number[] = [];
    for (let round = 1; round <= kills.rounds; round++)
      tookMs.push(await killLeader(swarm, round, kills));
    return tookMs;
  } finally {
    await swarm.close();
  }
}

async function killLeader(swarm: SwarmManagers, round: number, kills: SwarmKills): Promise<number> {
  const leader = await swarm.leader();
  const others = swarm.hosts.filter((host) => host !== leader);
  const killedAt = performance.now();
  leader.killEngine();
  const restarted = sleep(kills.restartAfterMs).then(() => leader.startEngine());
  let tookMs: number;
  try {
    await swarm.writeAccepted(others, `round-${round}`);
    tookMs = performance.now() - killedAt;
  } finally {
    // Also after a failure: nothing may be started once all is being taken down.
    await restarted;
  }
  await swarm.settled();
  return tookMs;
}
