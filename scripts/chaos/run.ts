import { setTimeout as sleep } from "node:timers/promises";
import { SeededRandom } from "../../agent/test/fakes/seeded-random";
import type { ChaosCluster } from "./chaos-cluster";
import { Executor } from "./executor";
import { describeFault, stepsOf, type Fault, type Round } from "./fault";
import { complaints } from "./judge";
import { Ledger } from "./ledger";
import { MasterWatch } from "./master-watch";
import { glimpse, takePicture } from "./observer";
import { planRound } from "./plan";
import type { ChaosFigures, FaultDone } from "./report";
import type { Story } from "./story";
import { Visitor } from "./visitor";
import { Writer } from "./writer";

export interface ChaosRunOptions {
  readonly seed: number;
  readonly minutes: number;
  /** The first round; those before it are left out. */
  readonly firstRound: number;
  /** Of the service `web`, which is there already. */
  readonly webInstances: number;
  /** From healing until all has to be in order. */
  readonly boundMs: number;
  readonly signal: AbortSignal;
}

const glimpseEveryMs = 200;
const pictureEveryMs = 500;

/** A rule was broken: its message is all of it. */
export class Violation extends Error {}

/** Rounds of faults on a cluster under load; after each all is healed, and has to come in order. */
export class ChaosRun {
  readonly #ledger = new Ledger();
  readonly #masters = new MasterWatch();
  readonly #executor: Executor;
  readonly #faults: FaultDone[] = [];
  readonly #convergedMs: number[] = [];
  readonly #watching = new AbortController();
  #broken: string | undefined;

  constructor(
    readonly cluster: ChaosCluster,
    readonly story: Story,
    readonly options: ChaosRunOptions,
  ) {
    this.#executor = new Executor(cluster.lab, options.signal);
  }

  /** @throws Violation */
  async run(): Promise<ChaosFigures> {
    const { cluster, options } = this;
    const { seed, minutes, signal, webInstances } = options;
    const web = this.#ledger.began("web", { revision: 0, instances: webInstances }, 0);
    this.#ledger.acknowledged("web", web);
    const random = new SeededRandom(`chaos/${seed}/writes`);
    const writer = new Writer({ cluster, ledger: this.#ledger, story: this.story, random });
    await this.#settled("before the first round");
    const beganMs = performance.now();
    const visitor = new Visitor(
      "web",
      cluster.members.map(({ address }) => address),
    );
    const watches = cluster.members.map((member) => this.#watch(member));
    const plan = { seed, hosts: cluster.lab.hosts.map(({ name }) => name), voters: cluster.voters };
    try {
      let number = options.firstRound;
      do {
        writer.start();
        await this.#faultsOf(planRound(plan, number));
        await writer.stop();
        await this.#executor.endAll();
        this.#convergedMs.push(await this.#settled(`round ${number++}`));
        signal.throwIfAborted();
      } while (performance.now() - beganMs < minutes * 60_000);
    } finally {
      this.#watching.abort();
      await Promise.all([writer.stop(), visitor.stop(), ...watches]);
    }
    const { acknowledgements, failures } = this.#ledger;
    this.story.tell(
      `${acknowledgements} writes acknowledged, ${failures} not; ${this.#masters.terms} masters acted`,
    );
    return {
      faults: this.#faults,
      visits: visitor.visits,
      convergedMs: this.#convergedMs,
      ranMs: performance.now() - beganMs,
    };
  }

  /**
   * What is late makes all that follows as late, so that nothing comes closer together than was planned: the plan knows what the
   * cluster can bear, but not how long this machine takes.
   */
  async #faultsOf(round: Round): Promise<void> {
    const { signal } = this.options;
    const beganMs = new Map<Fault, number>();
    let zeroMs = performance.now();
    for (const { act, fault, atMs } of stepsOf(round)) {
      await sleep(Math.max(0, zeroMs + atMs - performance.now()), undefined, { signal });
      this.#throwIfBroken();
      if (act === "begin") {
        beganMs.set(fault, performance.now());
        this.story.tell(`round ${round.number}: ${describeFault(fault)}`);
        await this.#executor.begin(fault);
      } else {
        await this.#executor.end(fault);
        this.story.note(`${fault.kind} ${fault.hosts.join(" ")} is over`);
      }
      const isOver = act === "end" || fault.forMs === 0;
      if (isOver) this.#over(fault, beganMs.get(fault) ?? 0);
      zeroMs = Math.max(zeroMs, performance.now() - atMs);
    }
  }

  #over({ kind }: Fault, beganMs: number): void {
    this.#faults.push({ kind, beganMs, endedMs: performance.now() });
  }

  /** @returns after how long it was */
  async #settled(when: string): Promise<number> {
    const { boundMs, signal } = this.options;
    const beganMs = performance.now();
    let inOrderMs: number | undefined;
    for (;;) {
      signal.throwIfAborted();
      this.#throwIfBroken();
      const wrong = await this.#look();
      const tookMs = performance.now() - beganMs;
      // A picture is not of one instant: what is in order is so twice.
      if (wrong.length === 0 && inOrderMs !== undefined) {
        this.story.tell(`${when}: in order ${(inOrderMs / 1000).toFixed(1)} s after healing`);
        return inOrderMs;
      }
      inOrderMs = wrong.length === 0 ? tookMs : undefined;
      if (wrong.length > 0) this.story.note(`not yet: ${wrong[0] ?? ""}`);
      if (tookMs > boundMs)
        throw new Violation(
          `${when}: not in order ${boundMs / 1000} s after healing:\n${wrong.join("\n")}`,
        );
      await sleep(pictureEveryMs, undefined, { signal });
    }
  }

  async #look(): Promise<readonly string[]> {
    try {
      return complaints(await takePicture(this.cluster, this.#ledger.services), this.#ledger);
    } catch (error) {
      return [`it cannot be seen: ${String(error)}`];
    }
  }

  async #watch(member: Parameters<typeof glimpse>[1]): Promise<void> {
    const { signal } = this.#watching;
    while (!signal.aborted) {
      try {
        const seen = await glimpse(this.cluster, member);
        const before = this.#masters.terms;
        this.#broken ??= this.#masters.saw(seen);
        if (this.#masters.terms > before)
          this.story.tell(`${seen.node} is master in term ${seen.term}`);
      } catch {
        // It is down, or cut off: then it is not seen.
      }
      await sleep(glimpseEveryMs);
    }
  }

  #throwIfBroken(): void {
    if (this.#broken !== undefined) throw new Violation(this.#broken);
  }
}
