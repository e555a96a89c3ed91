import type { Endpoint } from "../model/endpoint";
import type { MemberUpdate, MeshPath } from "../model/mesh-message";
import type { Peer } from "./effects";
import type { MemberTable } from "./member-table";
import { isGone, sameEndpoint } from "./merge";
import type { Outbox } from "./outbox";
import { splitByBudget } from "./packet-size";
import type { Self } from "./self";
import { sample } from "./shuffle";
import { bucketOf } from "./state-digest";

/**
 * Where streams are blocked, so often a friend is asked by datagram all the same. Each of both alone would do, and
 * both at once each time would double what they tell.
 */
const roundsPerDatagram = 3;

/**
 * States, asked for and given as far as they differ: how a newcomer joins, and how what gossip missed is made good. Over
 * a stream both sides know the same afterwards; by datagram, which must be small, the one that asks learns.
 */
export class StateExchange {
  private seeds: readonly Endpoint[] = [];
  private rounds = 0;

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
    for (const at of this.seeds) this.askBothWays({ name: undefined, at });
  }

  /** Asks one we see and one we do not: the latter is what heals a partition. */
  askSome(): void {
    const [friend] = this.peers("alive");
    this.rounds += 1;
    if (friend) this.ask(friend, this.rounds % roundsPerDatagram === 0 ? "datagram" : "stream");
    const [estranged] = sample([...this.unseenSeeds(), ...this.peers("dead")], 1, this.random);
    if (estranged) this.askBothWays(estranged);
  }

  ask(peer: Peer, over: MeshPath): void {
    const update = this.self.update();
    this.outbox.send(peer, { kind: "join", update, digest: this.digest() }, over);
  }

  /** Over the path they asked by: all that is in the buckets where our digest is not `theirs`. */
  answer(peer: Peer, theirs: readonly number[], over: MeshPath): void {
    const digest = this.digest();
    const wanted = this.differing(digest, theirs);
    if (!wanted) return;
    const groups = wanted.length === 0 && over === "datagram" ? [] : splitByBudget(wanted, over);
    for (const [at, updates] of groups.entries()) {
      // With the last of them they know all we do, and what is left is what they know better.
      const last = over === "stream" && at === groups.length - 1;
      this.outbox.send(peer, { kind: "state", updates, ...(last && { digest }) }, over);
    }
  }

  /** They have answered, and this is what they know: they get what we still know better. */
  complete(peer: Peer, theirs: readonly number[]): void {
    const wanted = this.differing(this.digest(), theirs) ?? [];
    if (wanted.length === 0) return;
    for (const updates of splitByBudget(wanted, "stream"))
      this.outbox.send(peer, { kind: "state", updates }, "stream");
  }

  /** Who they are, or whether any road leads there, we do not know. */
  private askBothWays(peer: Peer): void {
    this.ask(peer, "datagram");
    this.ask(peer, "stream");
  }

  /** undefined: there is no difference. */
  private differing(
    ours: readonly number[],
    theirs: readonly number[],
  ): MemberUpdate[] | undefined {
    const differs = ours.map((sum, bucket) => sum !== theirs[bucket]);
    if (!differs.includes(true)) return undefined;
    return [this.self.update(), ...this.table.updates()].filter(
      ({ record }) => differs[bucketOf(record.name)],
    );
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
