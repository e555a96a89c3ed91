import type { Clock } from "../../src/ports/clock";
import type { FoundContainer } from "../../src/ports/containers";
import type { Prober } from "../../src/ports/prober";
import { MemoryContainers } from "../fakes/memory-containers";
import { EpochClock, MemoryDisk } from "./cluster-process";

/** Roughly what Docker 20 takes for each. */
const dockerMs = {
  list: 5,
  look: 2,
  ensureImage: 5,
  create: 30,
  start: 120,
  stop: 40,
  remove: 25,
  ping: 2,
};
/** From its start until a container's process listens. */
const listensAfterMs = 300;

/** A machine: its disk and its engine outlive the agent on it, and its disk and containers its power. */
export class Machine {
  readonly disk: MemoryDisk;
  readonly engine: MemoryContainers;
  up = true;
  private readonly clock: EpochClock;

  constructor(
    readonly name: string,
    readonly address: string,
    clock: Clock,
  ) {
    this.disk = new MemoryDisk(clock);
    this.clock = new EpochClock(clock);
    this.engine = new MemoryContainers({ clock: this.clock, latencyMs: dockerMs });
  }

  powerOff(): void {
    this.up = false;
    this.disk.losePower();
    this.clock.cut();
  }

  /** Containers are there, but none runs: the agent asks for no restart policy. */
  powerOn(): void {
    this.engine.fault = undefined;
    for (const container of this.running()) this.engine.exit(container.spec.id, { exitCode: 137 });
    this.up = true;
  }

  mendDocker(): void {
    this.engine.restart();
  }

  running(): FoundContainer[] {
    return this.engine.all().filter(({ state }) => state === "running");
  }

  /** Whether something answers on this port now. */
  listens(port: number): boolean {
    return this.running().some(
      ({ spec, startedAtMs }) =>
        spec.ports.some(({ hostPort }) => hostPort === port) &&
        this.clock.wallMs() - (startedAtMs ?? Infinity) >= listensAfterMs,
    );
  }

  /** Asks this machine's own ports. */
  prober(): Prober {
    const ask = (port: number): Promise<string | undefined> =>
      new Promise((resolve) => {
        this.clock.after(1, () => resolve(this.listens(port) ? undefined : "connection refused"));
      });
    const probe = (_address: string, port: number): Promise<string | undefined> => ask(port);
    return { http: probe, tcp: probe, grpc: probe };
  }
}
