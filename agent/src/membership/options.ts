/** Timing and bounds of the mesh. Times in milliseconds, monotonic. */
export interface MembershipOptions {
  /**
   * One member is probed every interval. Shorter finds the dead sooner; every node then sends
   * 1000 / probeIntervalMs more packets a second, and has less time to answer before it is suspected.
   */
  readonly probeIntervalMs: number;
  /** How long a direct ping may take before others are asked. Shorter asks more often in vain. Below probeIntervalMs. */
  readonly probeTimeoutMs: number;
  /** How many others are asked to ping in our stead. More survive more broken links, at a packet each. */
  readonly indirectProbes: number;
  /**
   * A suspect has suspicionMultiplier * max(1, log10 n) * probeIntervalMs to refute. Larger forgives longer
   * pauses; smaller declares the dead sooner.
   */
  readonly suspicionMultiplier: number;
  /** A rumour is sent retransmitMultiplier * ceil(log10(n + 1)) times by each node. More survives more loss. */
  readonly retransmitMultiplier: number;
  /** At most so many rumours ride on one packet; its bytes are bounded apart from this. */
  readonly gossipPerPacket: number;
  /** While there are rumours they are sent to `gossipNodes` every interval. Shorter spreads sooner, sends more. */
  readonly gossipIntervalMs: number;
  readonly gossipNodes: number;
  /**
   * Every interval the whole state is asked of one random member, and of one that seems dead or is a seed we
   * do not see. This is what heals a partition: shorter heals sooner, and moves n records each time.
   * Grows with log2 n above 32 members.
   */
  readonly stateIntervalMs: number;
  /** While no other member is known all seeds are asked again, for ever, at about this interval. */
  readonly joinRetryMs: number;
  /** Dead and left members are remembered for so long. Longer heals longer partitions without seeds. */
  readonly deadRetentionMs: number;
  /**
   * A tick later than this means that we slept ourselves: packets wait unread in the socket, and nobody's
   * silence proves anything. The time slept is then given to all whom we wait for. Smaller forgives more;
   * under lasting overload deaths are declared later, by at most eight such pauses each.
   */
  readonly stallToleranceMs: number;
  /** Packets with which a leaving node says goodbye at once. */
  readonly leaveFanout: number;
  /** Members beyond this are not taken in. */
  readonly maxMembers: number;
  /** State requests answered per gossip interval; others are dropped, and ask again. */
  readonly maxStateAnswers: number;
}

/**
 * One site: ten nodes know of a death within 5 s; pauses below 1.5 s harm nobody, nor does an agent that its supervisor
 * starts again at once.
 */
export const lanMembership: MembershipOptions = {
  probeIntervalMs: 500,
  probeTimeoutMs: 200,
  indirectProbes: 3,
  suspicionMultiplier: 5,
  retransmitMultiplier: 4,
  gossipPerPacket: 8,
  gossipIntervalMs: 150,
  gossipNodes: 3,
  stateIntervalMs: 5000,
  joinRetryMs: 1000,
  deadRetentionMs: 600_000,
  stallToleranceMs: 150,
  leaveFanout: 16,
  maxMembers: 5000,
  maxStateAnswers: 16,
};

/** One machine: no loss and no distance, but all nodes share its cores and may pause together. */
export const localMembership: MembershipOptions = {
  ...lanMembership,
  probeIntervalMs: 400,
  suspicionMultiplier: 7,
  indirectProbes: 1,
  gossipIntervalMs: 100,
  stateIntervalMs: 2000,
  joinRetryMs: 300,
  deadRetentionMs: 120_000,
};
