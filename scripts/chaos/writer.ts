import { setTimeout as sleep } from "node:timers/promises";
import type { SeededRandom } from "../../agent/test/fakes/seeded-random";
import type { ServiceInput } from "../../agent/src/contract/index";
import type { ChaosCluster } from "./chaos-cluster";
import { describeWish, type Ledger, type Wanted, type Wish } from "./ledger";
import { revisionVariable } from "./picture";
import type { Story } from "./story";

const pauseMs = { least: 1500, most: 6000 };
/** With it a write goes on trying while there is no master. */
const writeWithinMs = 20_000;
const small = { cpus: 0.1, memMiB: 16, killGraceMs: 1000 };

export interface WriterOptions {
  readonly cluster: ChaosCluster;
  readonly ledger: Ledger;
  readonly story: Story;
  readonly random: SeededRandom;
}

/**
 * Changes two services for as long as it goes: `shift` gets new versions and other numbers of instances, `brief` comes and goes. One write
 * after the other, and of each it is written down whether it was acknowledged.
 */
export class Writer {
  #going = false;
  #done: Promise<void> = Promise.resolve();
  #revision = 0;
  #shift: Wanted = { revision: 0, instances: 0 };
  #briefIsThere = false;

  constructor(readonly options: WriterOptions) {}

  start(): void {
    this.#going = true;
    this.#done = this.#goOn();
  }

  /** Returns when the last write has its answer, or none. */
  async stop(): Promise<void> {
    this.#going = false;
    await this.#done;
  }

  async #goOn(): Promise<void> {
    const { random } = this.options;
    while (this.#going) {
      if (random.chance(0.3)) await this.#changeBrief();
      else await this.#changeShift();
      const untilMs = performance.now() + random.integer(pauseMs.least, pauseMs.most);
      while (this.#isGoing() && performance.now() < untilMs) await sleep(50);
    }
  }

  /** It may have been stopped meanwhile. */
  #isGoing(): boolean {
    return this.#going;
  }

  async #changeShift(): Promise<void> {
    const { random } = this.options;
    const isNew = this.#revision === 0 || random.chance(0.7);
    const revision = isNew ? ++this.#revision : this.#shift.revision;
    this.#shift = { revision, instances: random.integer(1, 5) };
    await this.#write("shift", this.#shift);
  }

  async #changeBrief(): Promise<void> {
    const { random } = this.options;
    this.#briefIsThere = !this.#briefIsThere;
    const wish = this.#briefIsThere
      ? { revision: ++this.#revision, instances: random.integer(1, 3) }
      : undefined;
    await this.#write("brief", wish);
  }

  async #write(name: "shift" | "brief", wish: Wish): Promise<void> {
    const { cluster, ledger, story } = this.options;
    const client = cluster.client();
    const call = { signal: AbortSignal.timeout(writeWithinMs) };
    const write = ledger.began(name, wish, performance.now());
    const what = `${name}: ${describeWish(wish)}`;
    try {
      if (wish) await client.putService(this.#input(name, wish), call);
      else await client.deleteService(name, call);
      ledger.acknowledged(name, write);
      story.note(`acknowledged ${what}`);
    } catch (error) {
      ledger.failed();
      story.note(`no answer to ${what}: ${String(error)}`);
    } finally {
      client.close();
    }
  }

  #input(name: "shift" | "brief", { revision, instances }: Wanted): ServiceInput {
    const image = `${this.options.cluster.lab.state.registry}/covey-demo-web:1`;
    const env = { [revisionVariable]: String(revision) };
    const service = { name, image, instances, env, ...small };
    if (name === "brief") return { ...service, command: ["sleep", "100000"] };
    const health = { kind: "http", port: "http" } as const;
    return { ...service, ports: [{ name: "http", containerPort: 80 }], health };
  }
}
