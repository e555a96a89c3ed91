import type { VotersView, VoterView } from "../contract/index";
import type { DesiredChange, DesiredState } from "../model/desired-state";
import { type Electorate, type ElectorateId, isSameElectorate } from "../model/electorate";
import type { Clock, Timer } from "../ports/clock";
import { ControlError } from "../ports/control";
import type { Log } from "../ports/log";
import { type Fitness, unfit } from "./successor";
import { planVoters, type Standing, type VoterStep } from "./voter-plan";

/** Between looks at what is wanted, and at whether nodes are fit. */
const lookMs = 500;
/** After a write or a hand-over that failed. */
const againMs = 10_000;

/** The election, as the master may change it. */
export interface ElectorateDoor {
  /** Who counts now. */
  current(): Electorate;
  /** Which electorate that voter has on disk, by what it said last in this term; undefined: nothing. */
  acknowledged(voter: string): ElectorateId | undefined;
  /** See `Election.propose`: what a step has to wait for, undefined where it is done. */
  propose(voters: readonly string[]): string | undefined;
  prepare(learner: string | undefined): void;
}

export interface VoterChangesWorld {
  readonly clock: Clock;
  readonly log: Log;
  readonly self: string;
  readonly electorate: ElectorateDoor;
  /** Of all nodes that the master knows. */
  names(): readonly string[];
  node(name: string): Fitness | undefined;
  mayAct(): boolean;
  /** As read from the store in this term; undefined: it has not been. */
  desired(): DesiredState | undefined;
  commit(changes: readonly DesiredChange[]): Promise<void>;
  handOver(to: string): Promise<unknown>;
}

/**
 * One term's work on who the voters are: from those there are to those that are wanted in the store, one at a time.
 * A wish outlives its master; each master starts anew from the electorate it was elected by.
 */
export class VoterChanges {
  private readonly fitSinceMs = new Map<string, number>();
  private doing: string | undefined;
  private timer: Timer | undefined;
  private stopped = false;
  /** A write of the record, or a hand-over, is under way. */
  private busy = false;
  private notBeforeMs = -Infinity;

  constructor(private readonly world: VoterChangesWorld) {}

  start(): void {
    this.timer = this.world.clock.after(lookMs, () => {
      this.look();
      if (!this.stopped) this.start();
    });
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  /** Stores the wish. Throws ControlError: `not-found` for a node that is not known, or as every write does. */
  async want(voters: readonly string[]): Promise<VotersView> {
    const known = this.world.names();
    const unknown = voters.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new ControlError(
        "not-found",
        `there is no node ${unknown.map((name) => `'${name}'`).join(", ")}, so it cannot become a voter; there are: ${known.join(", ")}`,
      );
    await this.world.commit([{ kind: "want-voters", voters: [...voters].sort() }]);
    this.look();
    return this.view();
  }

  view(): VotersView {
    const { electorate } = this.world;
    const { term, version, voters } = electorate.current();
    const wanted = this.world.desired()?.wantedVoters ?? voters;
    const names = [...new Set([...voters, ...wanted])].sort();
    return {
      electorate: { term, version },
      wanted: [...wanted].sort(),
      doing: this.doing,
      voters: names.map((name) => this.voterView(name, voters, wanted)),
    };
  }

  private voterView(name: string, voters: readonly string[], wanted: readonly string[]): VoterView {
    const { unfit: reason, fitForMs } = this.standing(name);
    const joining = !voters.includes(name);
    return {
      name,
      state: joining ? "joining" : wanted.includes(name) ? "voter" : "leaving",
      master: name === this.world.self,
      unfit: reason,
      fitForMs: joining ? fitForMs : undefined,
      acknowledged: this.world.electorate.acknowledged(name),
    };
  }

  private look(): void {
    if (this.stopped || !this.world.mayAct()) return;
    const desired = this.world.desired();
    const wanted = desired?.wantedVoters;
    // The copy on disk may hold a wish that was taken back.
    this.doing = desired ? undefined : "what is wanted is not known: the store is yet to be read";
    if (!desired || !wanted) return;
    const { voters } = this.world.electorate.current();
    this.watch(wanted.filter((name) => !voters.includes(name)));
    const { self } = this.world;
    const standing = (name: string): Standing => this.standing(name);
    this.doing = this.perform(planVoters({ self, voters, wanted, standing }), desired);
  }

  /** Returns what there is to say of it. */
  private perform(step: VoterStep, desired: DesiredState): string | undefined {
    const { electorate } = this.world;
    switch (step.kind) {
      case "wait":
        electorate.prepare(step.learner);
        return step.why;
      case "propose":
        electorate.prepare(step.voters.at(-1));
        return electorate.propose(step.voters);
      case "hand-over":
        return this.handOver(step.to);
      case "settled":
        electorate.prepare(undefined);
        return this.record(desired);
    }
  }

  /** Read by nobody but people, and by a voter whose own ballot is older. */
  private record(desired: DesiredState): string | undefined {
    const { electorate } = this.world;
    const current = electorate.current();
    if (desired.electorate && isSameElectorate(desired.electorate, current)) return undefined;
    const waits = electorate.propose(current.voters);
    if (waits === undefined)
      this.run("cannot record the electorate in the store yet", () =>
        this.world.commit([{ kind: "put-electorate", electorate: electorate.current() }]),
      );
    return waits;
  }

  private handOver(to: string): string {
    this.run("the hand-over failed: it is tried again", () => this.world.handOver(to));
    return `the master ${this.world.self} is not wanted: it hands the office to ${to}, which then removes it`;
  }

  /** One at a time. */
  private run(complaint: string, work: () => Promise<unknown>): void {
    const { clock, log } = this.world;
    if (this.busy || clock.nowMs() < this.notBeforeMs) return;
    this.busy = true;
    void work()
      .catch((error: unknown) => {
        this.notBeforeMs = clock.nowMs() + againMs;
        log.info(complaint, { why: String(error) });
      })
      .finally(() => (this.busy = false));
  }

  /** Since when those who are to join are fit. */
  private watch(joining: readonly string[]): void {
    for (const name of this.fitSinceMs.keys())
      if (!joining.includes(name)) this.fitSinceMs.delete(name);
    for (const name of joining)
      if (this.reason(name) !== undefined) this.fitSinceMs.delete(name);
      else if (!this.fitSinceMs.has(name)) this.fitSinceMs.set(name, this.world.clock.nowMs());
  }

  private standing(name: string): Standing {
    const since = this.fitSinceMs.get(name);
    const nowMs = this.world.clock.nowMs();
    return { unfit: this.reason(name), fitForMs: since === undefined ? 0 : nowMs - since };
  }

  private reason(name: string): string | undefined {
    const node = this.world.node(name);
    return (node ? unfit(node) : "is not known") ?? this.behind(name);
  }

  /** A voter that has an older electorate could not be elected. */
  private behind(name: string): string | undefined {
    const { electorate } = this.world;
    const current = electorate.current();
    if (!current.voters.includes(name)) return undefined;
    const acknowledged = electorate.acknowledged(name);
    const has = acknowledged !== undefined && isSameElectorate(acknowledged, current);
    return has ? undefined : "has not acknowledged the electorate";
  }
}
