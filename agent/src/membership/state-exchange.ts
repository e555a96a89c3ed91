import type { Endpoint } from "../model/endpoint";
import type { Peer } from "./effects";
import type { MemberTable } from "./member-table";
import { isGone, sameEndpoint } from "./merge";
import type { Outbox } from "./outbox";
import { splitByBudget } from "./packet-size";
import type { Self } from "./self";
import { sample } from "./shuffle";
import { bucketOf } from "./state-digest";

/** States, asked for and given as far as they differ: how a newcomer joins, and how what gossip missed is made good. */
export class StateExchange {
  private seeds: readonly Endpoint[] = [];

  constructor(
    private readonly self: Self,
    private readonly table: MemberTable,
    private readonly outbox: Outbox,
    private readonly random: () => number,
  ) {}

  get hasSeeds(): boolean {
    return this.seeds.length > 0;
  }

  setSeeds(seeds: readonly Endpoint[]): void {
    this.seeds = seeds.filter((seed) => !sameEndpoint(seed, this.self.record.mesh));
  }

  askSeeds(): void {
    for (const at of this.seeds) this.ask({ name: undefined, at });
  }

  /** Asks one we see and one we do not: the latter is what heals a partition. */
  askSome(): void {
    const [friend] = this.peers("alive");
    if (friend) this.ask(friend);
    const [estranged] = sample([...this.unseenSeeds(), ...this.peers("dead")], 1, this.random);
    if (estranged) this.ask(estranged);
  }

  ask(peer: Peer): void {
    this.outbox.send(peer, { kind: "join", update: this.self.update(), digest: this.digest() });
  }

  /** All that is in the buckets where our digest is not `theirs`. */
  answer(peer: Peer, theirs: readonly number[]): void {
    const ours = this.digest();
    const differs = ours.map((sum, bucket) => sum !== theirs[bucket]);
    if (!differs.includes(true)) return;
    const wanted = [this.self.update(), ...this.table.updates()].filter(
      ({ record }) => differs[bucketOf(record.name)],
    );
    if (wanted.length === 0) return;
    for (const updates of splitByBudget(wanted)) this.outbox.send(peer, { kind: "state", updates });
  }

  private digest(): number[] {
    const { record, incarnation } = this.self.update();
    return this.table.digest.with({ name: record.name, incarnation });
  }

  /** One at random, where there is any. */
  private peers(wanted: "alive" | "dead"): Peer[] {
    if (this.table.count(wanted) === 0) return [];
    return this.table
      .sample(1, this.random, ({ status }) => status === wanted)
      .map(({ record }) => ({ name: record.name, at: record.mesh }));
  }

  private unseenSeeds(): Peer[] {
    const members = this.table.all();
    return this.seeds.flatMap((at) => {
      const there = members.filter(({ record }) => sameEndpoint(record.mesh, at));
      const seen = there.some(({ status }) => !isGone(status));
      return seen ? [] : [{ name: there[0]?.record.name, at }];
    });
  }
}
