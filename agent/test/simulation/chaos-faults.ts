import { SeededRandom } from "../fakes/seeded-random";
import { web, webOf } from "./cluster-stories";
import type { ClusterWorld } from "./cluster-world";

/** One fault, or the end of one: data, so that a failing list can be made shorter and run again. */
export interface Fault {
  /** Time that passes afterwards. */
  readonly thenMs: number;
  readonly kind: string;
  readonly node: string;
  /** One side of a cut. */
  readonly side: readonly string[];
  /** Uniform in [0, 1): how long, how far, how many. */
  readonly degree: number;
}

/** Takes nearly half a node and a port of its own on each: two on one node would show at once. */
export const big = webOf({
  name: "big",
  image: "big:1",
  instances: 2,
  memMiB: 400,
  ports: [{ name: "http", containerPort: 80, hostPort: 31_007, protocol: "tcp" }],
});

export function planFaults(
  seed: number | string,
  count: number,
  names: readonly string[],
): Fault[] {
  const random = new SeededRandom(`${seed}/faults`);
  return Array.from({ length: count }, () => ({
    kind: random.pick(Object.keys(kinds)),
    node: random.pick(names),
    side: names.filter(() => random.chance(0.5)),
    degree: random.next(),
    thenMs: Math.round(random.between(50, 4000)),
  }));
}

export function applyFault(world: ClusterWorld, fault: Fault): void {
  world.invariants.note(`fault: ${describeFault(fault)}`);
  kinds[fault.kind]?.(world, fault);
}

export function describeFault({ kind, node, side, degree, thenMs }: Fault): string {
  return `${kind} ${node} (${side.join()}; ${degree.toFixed(3)}), then ${thenMs} ms`;
}

/** Everything whole again: what is not in order some time later is a fault of ours. */
export function mend(world: ClusterWorld): void {
  world.invariants.note("all is mended");
  world.heal();
  world.store.away = undefined;
  world.network.faults = { ...world.network.faults, loss: 0, duplication: 0 };
  for (const name of world.names) {
    const { disk } = world.machine(name);
    disk.failing = false;
    disk.lies = false;
    world.powerOn(name);
    world.machine(name).mendDocker();
    world.startAgent(name);
  }
}

type Apply = (world: ClusterWorld, fault: Fault) => void;

const kinds: Readonly<Record<string, Apply>> = {
  "kill agent": (world, { node }) => world.killAgent(node),
  "start agent": (world, { node }) => world.startAgent(node),
  "agent stalls": (world, { node, degree }) => world.stall(node, 100 + degree * 5900),
  "agent is slow": (world, { node, degree }) => world.slow(node, 100 + degree * 5900),
  "power off": (world, { node }) => world.powerOff(node),
  "power on": (world, { node }) => world.powerOn(node),
  partition: (world, { side }) => {
    world.heal();
    world.partition(
      side,
      world.names.filter((other) => !side.includes(other)),
    );
  },
  isolate: (world, { node }) => world.isolate(node),
  "cut one way": (world, { node, side }) => {
    for (const other of side) if (other !== node) world.network.cut(node, other);
  },
  "udp blocked one way": (world, { node, side }) => {
    for (const other of side) if (other !== node) world.network.blockDatagrams(node, other);
  },
  heal: (world) => world.heal(),
  "clock jumps": (world, { degree }) =>
    world.clock.setWallMs(world.clock.wallMs() + (degree - 0.5) * 7_200_000),
  "docker hangs": (world, { node, degree }) => {
    const faults = ["hanging", "down", "mute"] as const;
    world.machine(node).engine.fault = faults[Math.floor(degree * faults.length)];
  },
  "docker mended": (world, { node }) => world.machine(node).mendDocker(),
  "store away": (world, { degree }) =>
    void (world.store.away = degree < 0.5 ? "No cluster leader" : undefined),
  "container dies": (world, { node }) => {
    const machine = world.machine(node);
    const [victim] = machine.running();
    if (machine.up && victim) machine.engine.exit(victim.spec.id, { exitCode: 1 });
  },
  "container vanishes": (world, { node }) => {
    const machine = world.machine(node);
    const [victim] = machine.engine.all();
    if (machine.up && victim) machine.engine.vanish(victim.spec.id);
  },
  "disk full": (world, { node, degree }) => void (world.machine(node).disk.failing = degree < 0.3),
  "disk lies": (world, { node, degree }) => void (world.machine(node).disk.lies = degree < 0.7),
  "hand over": (world, { node }) => {
    if (world.master() !== undefined) ignoringRefusal(world, world.masterControl().transfer(node));
  },
  "voters changed": (world, { node, degree }) => {
    const count = [1, 3, 5][Math.floor(degree * 3)] ?? 3;
    const names = [node, ...world.names.filter((other) => other !== node)].slice(0, count);
    if (world.master() !== undefined)
      ignoringRefusal(world, world.masterControl().setVoters(names));
  },
  "service changed": (world, { degree }) => {
    const isWeb = degree < 0.5;
    const part = (degree * 2) % 1;
    const image = Math.floor(part * 97) % 3;
    const spec = isWeb
      ? { ...web, instances: Math.floor(part * 9), image: `web:${image + 1}` }
      : {
          ...big,
          instances: Math.floor(part * (world.names.length - 1)),
          image: `big:${image + 1}`,
        };
    if (world.master() !== undefined)
      ignoringRefusal(world, world.masterControl().putService(spec));
  },
};

/** In chaos much is refused; why goes into the story. */
function ignoringRefusal(world: ClusterWorld, work: Promise<unknown>): void {
  work.catch((error: unknown) => world.invariants.note(`refused: ${String(error)}`));
}
