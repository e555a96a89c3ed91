import { type ElectorateId, isSameElectorate } from "../model/electorate";

/** A disk that lies may lose what it wrote within less than this (docs/election.md): what is older is there to stay. */
const settleMs = 1000;

interface Held {
  readonly id: ElectorateId;
  /** When it first said so. */
  readonly sinceMs: number;
  /** When the newest round was sent that it has answered. */
  askedAtMs: number;
}

/** Which electorate each voter has on its disk, by what it said last. INVARIANT: what counts as settled is never lost. */
export class Holders {
  private readonly held = new Map<string, Held>();

  heard(voter: string, id: ElectorateId, sentAtMs: number, nowMs: number): void {
    const known = this.held.get(voter);
    // A late answer says what was.
    if (known && sentAtMs < known.askedAtMs) return;
    if (known && isSameElectorate(known.id, id)) known.askedAtMs = sentAtMs;
    else this.held.set(voter, { id, sinceMs: nowMs, askedAtMs: sentAtMs });
  }

  idOf(voter: string): ElectorateId | undefined {
    return this.held.get(voter)?.id;
  }

  has(voter: string, id: ElectorateId): boolean {
    const held = this.held.get(voter);
    return held !== undefined && isSameElectorate(held.id, id);
  }

  /** It said so, and still did when asked so much later: a crash of its machine in between has lost nothing. */
  settled(voter: string, id: ElectorateId): boolean {
    const held = this.held.get(voter);
    return held !== undefined && this.has(voter, id) && isSettled(held.sinceMs, held.askedAtMs);
  }
}

export function isSettled(sinceMs: number, nowMs: number): boolean {
  return nowMs - sinceMs >= settleMs;
}
