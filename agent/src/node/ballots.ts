import {
  type Ballot,
  Election,
  type ElectionEffect,
  type ElectionOptions,
} from "../election/election";
import type { Electorate, ElectorateId } from "../model/electorate";
import type { ElectionMessage } from "../model/mesh-message";
import type { Clock, Timer } from "../ports/clock";
import type { Disk } from "../ports/disk";
import type { Log } from "../ports/log";
import type { Random } from "../ports/random";
import { BallotFile } from "./ballot-file";

export interface BallotsWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: Disk;
  readonly log: Log;
  send(to: string, message: ElectionMessage): void;
}

export interface BallotsListener {
  elected(term: number): void;
  /** The lease is over, perhaps only for a moment: hold still until `resumed` or `deposed`. */
  lapsed(term: number): void;
  resumed(term: number): void;
  deposed(term: number, reason: string): void;
  following(term: number, master: string): void;
  /** These count as voters now, as far as this node knows; on its disk. */
  electorate(electorate: Electorate): void;
}

/** Of other files: what the ballot must not be older than. */
interface Known {
  readonly knownTerm: number;
  readonly knownElectorate?: Electorate | undefined;
}

/**
 * Runs a node's election machine, also where it is no voter yet. INVARIANT: effects are carried out in order and on the spot, so nothing that
 * follows from a vote leaves the node before the vote is on its disk; when the disk fails, nothing leaves at all.
 */
export class Ballots {
  private readonly election: Election;
  private readonly file: BallotFile;
  private timer: Timer | undefined;
  private stopped = false;

  /** Throws Error where the ballot cannot be read: then the agent does not start, and so does not vote. */
  constructor(
    private readonly world: BallotsWorld,
    options: Omit<ElectionOptions, "abstainsThrough"> & Known,
    private readonly listener: BallotsListener,
  ) {
    const { random, clock, log } = world;
    const known = { term: options.knownTerm, electorate: options.knownElectorate };
    this.file = new BallotFile(world.disk, known);
    const { ballot, abstainsThrough } = this.file;
    if (abstainsThrough !== undefined)
      log.info("votes may have been lost: none is given in these terms", { abstainsThrough });
    const all = { ...options, ...(abstainsThrough !== undefined && { abstainsThrough }) };
    this.election = new Election(all, ballot, () => random.next(), clock.nowMs());
  }

  start(): void {
    try {
      this.file.reserve();
    } catch (error) {
      this.complain(error);
    }
    this.schedule();
  }

  /** Falls silent; the others elect a successor when our lease is over. */
  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
  }

  receive(from: string, message: ElectionMessage): void {
    this.perform(this.election.receive(from, message, this.world.clock.nowMs()));
  }

  stepDown(reason: string): void {
    this.perform(this.election.stepDown(this.world.clock.nowMs(), reason));
  }

  transfer(to: string): void {
    this.perform(this.election.transfer(to, this.world.clock.nowMs()));
  }

  /** See Election.propose. Throws Error. */
  propose(voters: readonly string[]): string | undefined {
    const { effects, waits } = this.election.propose(voters, this.world.clock.nowMs());
    this.perform(effects);
    return waits;
  }

  prepare(learner: string | undefined): void {
    this.election.prepare(learner);
  }

  observeTerm(term: number): void {
    this.perform(this.election.observeTerm(term, this.world.clock.nowMs()));
  }

  get term(): number {
    return this.election.term;
  }

  get electorate(): Electorate {
    return this.election.electorate;
  }

  get isVoter(): boolean {
    return this.election.role !== "observer";
  }

  get isCommitted(): boolean {
    return this.election.isCommitted(this.world.clock.nowMs());
  }

  acknowledged(voter: string): ElectorateId | undefined {
    return this.election.acknowledged(voter);
  }

  /** Elected, and the lease holds at this very moment. */
  get mayAct(): boolean {
    return this.election.mayAct(this.world.clock.nowMs());
  }

  private perform(effects: readonly ElectionEffect[]): void {
    if (this.stopped) return;
    for (const effect of effects) {
      if (effect.kind === "persist") {
        if (!this.persist(effect.ballot)) return;
      } else this.carryOut(effect);
    }
    this.schedule();
  }

  private persist(ballot: Ballot): boolean {
    try {
      this.file.write(ballot);
      return true;
    } catch (error) {
      this.complain(error);
      this.perform(this.election.persistFailed(this.world.clock.nowMs()));
      return false;
    }
  }

  private complain(error: unknown): void {
    this.world.log.error("cannot keep term and vote: not voting until the disk is writable", {
      error: String(error),
    });
  }

  private carryOut(effect: Exclude<ElectionEffect, { kind: "persist" }>): void {
    switch (effect.kind) {
      case "send":
        this.world.send(effect.to, effect.message);
        return;
      case "master":
        this.listener.elected(effect.term);
        return;
      case "lapsed":
      case "resumed":
        this.listener[effect.kind](effect.term);
        return;
      case "deposed":
        this.listener.deposed(effect.term, effect.reason);
        return;
      case "follow":
        this.listener.following(effect.term, effect.master);
        return;
      case "electorate":
        this.listener.electorate(effect.electorate);
    }
  }

  private schedule(): void {
    this.timer?.cancel();
    const deadlineMs = this.election.deadlineMs();
    if (deadlineMs === Infinity) return;
    const delayMs = Math.max(0, deadlineMs - this.world.clock.nowMs());
    this.timer = this.world.clock.after(delayMs, () => {
      this.perform(this.election.tick(this.world.clock.nowMs()));
    });
  }
}
