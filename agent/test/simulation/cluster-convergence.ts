import type { ClusterWorld } from "./cluster-world";

/** What is not yet as it should be with everything mended, in one sentence; undefined: all is well. */
export function unconverged(world: ClusterWorld): string | undefined {
  return masterTrouble(world) ?? serviceTrouble(world) ?? containerTrouble(world);
}

export function converged(world: ClusterWorld): boolean {
  return unconverged(world) === undefined;
}

function masterTrouble(world: ClusterWorld): string | undefined {
  const master = world.master();
  if (master === undefined) return "nobody is master";
  const term = world.control(master)?.agent.status().term ?? 0;
  for (const name of world.running()) {
    const trouble = agentTrouble(world, name, { master, term });
    if (trouble !== undefined) return `${name} ${trouble}`;
  }
  return undefined;
}

function agentTrouble(
  world: ClusterWorld,
  name: string,
  { master, term }: { readonly master: string; readonly term: number },
): string | undefined {
  const agent = world.control(name)?.agent;
  if (!agent) return "does not run";
  const status = agent.status();
  const others = status.master?.name ?? "nobody";
  if (others !== master || status.term !== term)
    return `takes ${others} of term ${status.term} for the master, not ${master} of ${term}`;
  const present = world.running().length;
  if (status.members.alive !== present) return `sees ${status.members.alive} of ${present} members`;
  const { attached, unhealthy } = agent.agent();
  if (!attached) return "is not attached";
  return unhealthy === undefined ? undefined : `is unhealthy: ${unhealthy}`;
}

function serviceTrouble(world: ClusterWorld): string | undefined {
  const control = world.masterControl();
  try {
    const services = control.services();
    const names = services.map(({ spec }) => spec.name).join();
    const wanted = Object.keys(world.store.state.services).sort().join();
    if (names !== wanted) return `services are ${names}, stored are ${wanted}`;
    for (const { spec, phase, healthy, running } of services)
      if (phase !== "running" || healthy !== spec.instances || running !== spec.instances)
        return `${spec.name} is ${phase}: ${running} run, ${healthy} healthy, ${spec.instances} wanted: ${JSON.stringify(control.why(spec.name))}`;
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** Containers, the catalog and the master's own list show exactly the instances wanted, and nothing else. */
function containerTrouble(world: ClusterWorld): string | undefined {
  const found = [...world.machines.values()]
    .filter(({ up }) => up)
    .flatMap(({ name, engine }) => engine.all().map((container) => ({ name, ...container })));
  const idle = found.find(({ state }) => state !== "running");
  if (idle) return `${idle.name} keeps ${idle.spec.id}, which is ${idle.state}`;
  const tasks = world.masterControl().tasks();
  const known = tasks.map(({ id, node }) => `${id}@${node}`).sort();
  const there = found.map(({ spec, name }) => `${spec.id}@${name}`).sort();
  if (known.join() !== there.join())
    return `the master knows ${known.join()}; there are ${there.join()}`;
  for (const [name, spec] of Object.entries(world.store.state.services)) {
    const own = found.filter((one) => one.spec.catalogName === name);
    if (own.length !== spec.instances) return `${own.length} containers of ${name}`;
    const places = own
      .map((one) => `${world.addressOf(one.name)}:${one.spec.ports[0]?.hostPort ?? 0}`)
      .sort();
    if (world.passing(name).join() !== places.join())
      return `the catalog shows ${world.passing(name).join()} for ${name}, not ${places.join()}`;
  }
  return catalogTrouble(world, found.length);
}

function catalogTrouble(world: ClusterWorld, containers: number): string | undefined {
  const held = [...world.catalogWorld.held.values()];
  const agents = held.filter(({ entry }) => entry.service === "covey");
  if (held.length !== agents.length + containers)
    return `the catalog holds ${held.map(({ node, entry }) => `${node}/${entry.id}`).join()}`;
  const nodes = agents.map(({ node }) => node).sort();
  if (nodes.join() !== world.running().join()) return `the catalog has agents ${nodes.join()}`;
  const masters = agents.filter(({ entry }) => entry.tags.includes("master"));
  return masters.map(({ node }) => node).join() === world.master()
    ? undefined
    : `the catalog has masters ${masters.map(({ node }) => node).join()}`;
}
