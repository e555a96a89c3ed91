import type { MembershipOptions } from "./options";

/** How long one suspect may take to refute. */
export interface SuspicionTerms {
  /** Once enough others accuse it too. */
  readonly minMs: number;
  /** While one accuses it alone. */
  readonly maxMs: number;
  /** How many further accusers are enough; 0: `minMs` from the start. */
  readonly confirmations: number;
}

/** In a mesh of `members` nodes. */
export function suspicionTerms(
  options: Pick<
    MembershipOptions,
    "suspicionMultiplier" | "suspicionMaxMultiplier" | "suspicionConfirmations" | "probeIntervalMs"
  >,
  members: number,
): SuspicionTerms {
  const scale = Math.max(1, Math.log10(Math.max(1, members)));
  const minMs = options.suspicionMultiplier * scale * options.probeIntervalMs;
  const wanted = options.suspicionConfirmations;
  return {
    minMs,
    maxMs: minMs * options.suspicionMaxMultiplier,
    // Neither the suspect nor we confirm: where fewer others are left, waiting for them is in vain.
    confirmations: members - 2 < wanted ? 0 : wanted,
  };
}

interface Suspicion extends SuspicionTerms {
  readonly startedAtMs: number;
  /** Who accuse it, each once; the first of them began it. */
  readonly accusers: Set<string>;
  expiresAtMs: number;
  /** When the suspect is next told to its face. */
  warnAtMs: number;
  warned: boolean;
  prolonged: number;
  /** By all our pauses together. */
  prolongedByMs: number;
}

/** So many pauses of our own prolong one suspicion: a node that never keeps time must not hold on for ever. */
const maxProlongations = 8;

/**
 * The suspects, and until when each may refute. As in Lifeguard (section 3.2) that starts long, since it may be the
 * accuser who is slow, and shrinks with each further accuser.
 */
export class Suspicions {
  private readonly bySuspect = new Map<string, Suspicion>();
  /** No deadline is sooner. It may be too soon, after one was put off or dropped: then a look sets it right. */
  private soonestMs = Infinity;

  /** `warns`: suspects are to be told to their face. */
  constructor(private readonly warns: boolean) {}

  start(suspect: string, by: string, terms: SuspicionTerms, nowMs: number): void {
    const suspicion: Suspicion = {
      ...terms,
      startedAtMs: nowMs,
      accusers: new Set([by]),
      expiresAtMs: nowMs + waitMs(terms, 0),
      warnAtMs: this.warns ? nowMs + terms.minMs / 2 : Infinity,
      warned: false,
      prolonged: 0,
      prolongedByMs: 0,
    };
    this.bySuspect.set(suspect, suspicion);
    this.soonestMs = Math.min(this.soonestMs, suspicion.expiresAtMs, suspicion.warnAtMs);
  }

  /** True: `by` is one more accuser, of those that count, and others should hear of it. */
  confirm(suspect: string, by: string): boolean {
    const suspicion = this.bySuspect.get(suspect);
    if (!suspicion || suspicion.accusers.has(by)) return false;
    if (suspicion.accusers.size > suspicion.confirmations) return false;
    suspicion.accusers.add(by);
    const lastsMs = waitMs(suspicion, suspicion.accusers.size - 1);
    suspicion.expiresAtMs = suspicion.startedAtMs + lastsMs + suspicion.prolongedByMs;
    this.soonestMs = Math.min(this.soonestMs, suspicion.expiresAtMs);
    return true;
  }

  end(suspect: string): void {
    this.bySuspect.delete(suspect);
  }

  clear(): void {
    this.bySuspect.clear();
  }

  /** We slept for `lateMs`: none ends before what waits in the socket has been read. */
  prolong(lateMs: number, notBeforeMs: number): void {
    for (const suspicion of this.bySuspect.values()) {
      if (suspicion.prolonged >= maxProlongations) continue;
      const untilMs = Math.max(suspicion.expiresAtMs + lateMs, notBeforeMs);
      suspicion.prolonged += 1;
      suspicion.prolongedByMs += untilMs - suspicion.expiresAtMs;
      suspicion.expiresAtMs = untilMs;
    }
    this.look();
  }

  /** None that is up now ends before `untilMs`. */
  postpone(nowMs: number, untilMs: number): void {
    if (this.soonestMs > nowMs) return;
    for (const suspicion of this.bySuspect.values())
      if (suspicion.expiresAtMs <= nowMs) suspicion.expiresAtMs = untilMs;
    this.look();
  }

  /**
   * Those with half, and then a quarter, of the shortest time left: gossip may have passed them by, or their
   * refutation us.
   */
  takeWarned(nowMs: number): string[] {
    if (this.soonestMs > nowMs) return [];
    const warned: string[] = [];
    for (const [suspect, suspicion] of this.bySuspect) {
      if (suspicion.warnAtMs > nowMs) continue;
      suspicion.warnAtMs = suspicion.warned ? Infinity : nowMs + suspicion.minMs / 4;
      suspicion.warned = true;
      warned.push(suspect);
    }
    this.look();
    return warned;
  }

  /** Those whose time is up; they are suspects no more. */
  takeExpired(nowMs: number): string[] {
    if (this.soonestMs > nowMs) return [];
    const expired: string[] = [];
    for (const [suspect, suspicion] of this.bySuspect)
      if (suspicion.expiresAtMs <= nowMs) expired.push(suspect);
    for (const suspect of expired) this.bySuspect.delete(suspect);
    this.look();
    return expired;
  }

  /** Never later than the next that is due. */
  deadlineMs(): number {
    return this.bySuspect.size === 0 ? Infinity : this.soonestMs;
  }

  private look(): void {
    this.soonestMs = Infinity;
    for (const { expiresAtMs, warnAtMs } of this.bySuspect.values())
      this.soonestMs = Math.min(this.soonestMs, expiresAtMs, warnAtMs);
  }
}

/** memberlist's suspicion.go; the time shrinks most with the first confirmations. */
function waitMs(terms: SuspicionTerms, confirmed: number): number {
  const { minMs, maxMs, confirmations } = terms;
  if (confirmations === 0) return minMs;
  const share = Math.log(confirmed + 1) / Math.log(confirmations + 1);
  return Math.max(minMs, maxMs - (maxMs - minMs) * share);
}
