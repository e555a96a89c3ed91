/** How long a suspect may take to refute, in a mesh of `members` nodes. */
export function suspicionTimeoutMs(
  options: { readonly suspicionMultiplier: number; readonly probeIntervalMs: number },
  members: number,
): number {
  const scale = Math.max(1, Math.log10(Math.max(1, members)));
  return options.suspicionMultiplier * scale * options.probeIntervalMs;
}

interface Suspicion {
  expiresAtMs: number;
  /** When the suspect is next told to its face. */
  warnAtMs: number;
  warned: boolean;
  prolonged: number;
}

/** So many pauses of our own prolong one suspicion: a node that never keeps time must not hold on for ever. */
const maxProlongations = 8;

/** The suspects, and until when each may refute. */
export class Suspicions {
  private readonly bySuspect = new Map<string, Suspicion>();

  start(suspect: string, timeoutMs: number, nowMs: number): void {
    this.bySuspect.set(suspect, {
      expiresAtMs: nowMs + timeoutMs,
      warnAtMs: nowMs + timeoutMs / 2,
      warned: false,
      prolonged: 0,
    });
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
      suspicion.prolonged += 1;
      suspicion.expiresAtMs = Math.max(suspicion.expiresAtMs + lateMs, notBeforeMs);
    }
  }

  /**
   * Those with half, and then a quarter, of their time left: gossip may have passed them by, or their
   * refutation us.
   */
  takeWarned(nowMs: number): string[] {
    const warned: string[] = [];
    for (const [suspect, suspicion] of this.bySuspect) {
      if (suspicion.warnAtMs > nowMs) continue;
      const leftMs = suspicion.expiresAtMs - nowMs;
      suspicion.warnAtMs = suspicion.warned ? Infinity : nowMs + leftMs / 2;
      suspicion.warned = true;
      warned.push(suspect);
    }
    return warned;
  }

  /** Those whose time is up; they are suspects no more. */
  takeExpired(nowMs: number): string[] {
    const expired: string[] = [];
    for (const [suspect, suspicion] of this.bySuspect)
      if (suspicion.expiresAtMs <= nowMs) expired.push(suspect);
    for (const suspect of expired) this.bySuspect.delete(suspect);
    return expired;
  }

  deadlineMs(): number {
    let deadline = Infinity;
    for (const { expiresAtMs, warnAtMs } of this.bySuspect.values())
      deadline = Math.min(deadline, expiresAtMs, warnAtMs);
    return deadline;
  }
}
