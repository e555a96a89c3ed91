/** So many probes in a row: one or two are lost packets. */
const blockedAfterProbes = 3;

/**
 * Whom streams reach and datagrams do not, which is a firewall's doing and nobody's death: each is told once, and once
 * more when its datagrams are back.
 */
export class DatagramWatch {
  private readonly missesOf = new Map<string, number>();

  /** It answered a probe, and by stream alone. True: from now on its datagrams count as blocked. */
  missed(name: string): boolean {
    const misses = (this.missesOf.get(name) ?? 0) + 1;
    this.missesOf.set(name, misses);
    return misses === blockedAfterProbes;
  }

  /** It answered a datagram by a datagram. True: they were blocked until now. */
  passed(name: string): boolean {
    const misses = this.missesOf.get(name) ?? 0;
    this.missesOf.delete(name);
    return misses >= blockedAfterProbes;
  }

  forget(name: string): void {
    this.missesOf.delete(name);
  }
}
