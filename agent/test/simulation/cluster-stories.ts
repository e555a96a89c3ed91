/** The beginning of every story, and what its end is measured by. */
import type { ServiceSpec } from "../../src/model/service";
import { ControlError, type ControlFault } from "../../src/ports/control";
import { serviceSpec } from "../fakes/specs";
import { converged, unconverged } from "./cluster-convergence";
import type { ClusterWorld } from "./cluster-world";

export const web = webOf({});

export function webOf(changes: Partial<ServiceSpec>): ServiceSpec {
  return serviceSpec("web", {
    instances: 3,
    memMiB: 100,
    ports: [{ name: "http", containerPort: 80, hostPort: undefined, protocol: "tcp" }],
    health: {
      kind: "tcp",
      port: "http",
      path: "/",
      intervalMs: 1000,
      timeoutMs: 500,
      graceMs: 5000,
      maxFailures: 3,
    },
    ...changes,
  });
}

/** All agents run and are attached, and the service is whole; returns the master's name. */
export async function served(world: ClusterWorld, spec = web): Promise<string> {
  await world.startAll();
  await within(world, 8000, "all are attached", () =>
    world.names.every((name) => world.control(name)?.agent.agent().attached === true),
  );
  await world.put(spec);
  await convergedWithin(world, 15_000);
  return masterOf(world);
}

/** Whether all is in order takes more work to say than the agents do meanwhile. */
const convergedLookMs = 100;

/** Throws, saying what is amiss, where the cluster is not in order by then; returns how long it took. */
export async function convergedWithin(world: ClusterWorld, limitMs: number): Promise<number> {
  const took = await world.until(() => converged(world), limitMs, convergedLookMs);
  if (took === undefined)
    throw new Error(`not in order after ${limitMs} ms: ${unconverged(world) ?? ""}`);
  return took;
}

export async function within(
  world: ClusterWorld,
  limitMs: number,
  what: string,
  holds: () => boolean,
): Promise<number> {
  const took = await world.until(holds, limitMs);
  if (took === undefined)
    throw new Error(`never within ${limitMs} ms: ${what}; ${unconverged(world) ?? "all in order"}`);
  return took;
}

/** What passes by itself: the store is asked again only after a while, and a master that stood still may be none any more. */
const passing: readonly ControlFault[] = ["store-unavailable", "deposed"];

/** Asks again, as a client does, where it is refused for a reason that passes. */
export async function putWhenBack(world: ClusterWorld, spec: ServiceSpec): Promise<void> {
  const untilMs = world.clock.nowMs() + 8000;
  for (;;)
    try {
      await within(world, 8000, "a master acts", () => world.master() !== undefined);
      await world.put(spec);
      return;
    } catch (error) {
      const refused = error instanceof ControlError && passing.includes(error.fault);
      if (!refused || world.clock.nowMs() >= untilMs) throw error;
      await world.advance(500);
    }
}

export function masterOf(world: ClusterWorld): string {
  const master = world.master();
  if (master === undefined) throw new Error("no master");
  return master;
}

/** Task ids of running containers, by machine. */
export function tasksOf(world: ClusterWorld, ...names: readonly string[]): string[] {
  return names.flatMap((name) =>
    world
      .machine(name)
      .running()
      .map(({ spec }) => spec.id),
  );
}

export function others(world: ClusterWorld, ...names: readonly string[]): string[] {
  return world.names.filter((name) => !names.includes(name));
}

/** What engines have done since then. */
export function stepsSince(world: ClusterWorld, sinceMs: number): string[] {
  return world.invariants.steps
    .filter(({ atMs }) => atMs >= sinceMs)
    .map(({ node, entry }) => `${node} ${entry}`);
}
