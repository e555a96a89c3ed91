/** Timing and bounds of the mesh. Times in milliseconds, monotonic. */
export interface MembershipOptions {
  /**
   * One member is probed every interval. Shorter finds the dead sooner; every node then sends
   * 1000 / probeIntervalMs more packets a second, and has less time to answer before it is suspected.
   */
  readonly probeIntervalMs: number;
  /**
   * How long a direct ping may take before others are asked. Shorter asks more often in vain, longer leaves the
   * others no time: 1.8 times this must be below probeIntervalMs, for their word to come before the probe ends.
   */
  readonly probeTimeoutMs: number;
  /** How many others are asked to ping in our stead. More survive more broken links, at a packet each. */
  readonly indirectProbes: number;
  /**
   * A probe has failed as soon as all others asked have said that they heard nothing either, not only when its
   * interval ends. Sooner by some tenths of an interval; a late answer then no longer counts.
   */
  readonly failOnNacks: boolean;
  /**
   * Who does not answer in time is pinged over a stream too, while others are asked. A member whose datagrams are blocked
   * stays alive, and the block is told by its name. It costs a connection for each such probe; and a node that no datagram
   * reaches, of no use in an election, is not replaced.
   */
  readonly streamPing: boolean;
  /**
   * Lifeguard's S: a node whose own probes go unanswered while others hear the same members, or that must refute,
   * waits up to so many times longer before it accuses. More forgives a slow node more, and makes it slower to see
   * a death; 1 switches it off.
   */
  readonly awarenessLevels: number;
  /**
   * Lifeguard's alpha: a suspect that enough others accuse has
   * suspicionMultiplier * max(1, log10 n) * probeIntervalMs to refute. Larger forgives longer pauses; smaller
   * declares the dead sooner.
   */
  readonly suspicionMultiplier: number;
  /**
   * Lifeguard's beta: one that a single member accuses has so many times longer. Larger protects better from an
   * accuser that is slow itself; a death seen by few, as in a mesh most of which died, is declared later. 1: off.
   */
  readonly suspicionMaxMultiplier: number;
  /**
   * Lifeguard's K: so many further accusers are enough. More ask for more proof, and a real death waits until so many
   * have probed it in vain.
   */
  readonly suspicionConfirmations: number;
  /**
   * Who is not held for alive hears it, ahead of all rumours, to refute it soon (Lifeguard's buddy system):
   * `in-pings` as published, or `in-all-packets` to it. The latter costs some bytes on packets to suspects only.
   */
  readonly tellSuspects: "never" | "in-pings" | "in-all-packets";
  /**
   * A suspect is pinged again at half and at three quarters of its shortest time, and who repeats an accusation that
   * was refuted is told so. Some packets for each suspicion; fewer that end in error.
   */
  readonly secondChances: boolean;
  /** A rumour is sent retransmitMultiplier * ceil(log10(n + 1)) times by each node. More survives more loss. */
  readonly retransmitMultiplier: number;
  /** At most so many rumours ride on one packet; its bytes are bounded apart from this. */
  readonly gossipPerPacket: number;
  /** While there are rumours they are sent to `gossipNodes` every interval. Shorter spreads sooner, sends more. */
  readonly gossipIntervalMs: number;
  readonly gossipNodes: number;
  /**
   * The dead get gossip for so long, so that who was declared so in error hears of it and refutes. Longer lets more
   * come back at once; some packets go to nobody.
   */
  readonly gossipToTheDeadMs: number;
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
   * silence proves anything. The time slept is then given to all whom we wait for, and we doubt ourselves. Smaller
   * forgives more; under lasting overload deaths are declared later, by at most eight such pauses each. Infinity: off.
   */
  readonly stallToleranceMs: number;
  /**
   * A node that hears nobody at all declares nobody dead for so long, where it knows three others or more. Longer forgives
   * longer freezes of this node; one that is really cut off shows the others as suspects until then. 0: off.
   */
  readonly deafHoldMs: number;
  /** Packets with which a leaving node says goodbye at once. */
  readonly leaveFanout: number;
  /** Members beyond this are not taken in; the dead and the left make room first. */
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
  failOnNacks: true,
  streamPing: true,
  awarenessLevels: 8,
  suspicionMultiplier: 5,
  suspicionMaxMultiplier: 6,
  suspicionConfirmations: 2,
  tellSuspects: "in-all-packets",
  secondChances: true,
  retransmitMultiplier: 4,
  gossipPerPacket: 8,
  gossipIntervalMs: 150,
  gossipNodes: 3,
  gossipToTheDeadMs: 15_000,
  stateIntervalMs: 5000,
  joinRetryMs: 1000,
  deadRetentionMs: 600_000,
  stallToleranceMs: 150,
  deafHoldMs: 45_000,
  leaveFanout: 16,
  maxMembers: 5000,
  maxStateAnswers: 16,
};

/**
 * One machine: no loss and no distance, but all nodes share its cores and may pause together. A single further accuser
 * is enough, as memberlist has it there too: such clusters are small.
 */
export const localMembership: MembershipOptions = {
  ...lanMembership,
  probeIntervalMs: 400,
  suspicionMultiplier: 7,
  suspicionConfirmations: 1,
  indirectProbes: 1,
  gossipIntervalMs: 100,
  stateIntervalMs: 2000,
  joinRetryMs: 300,
  deadRetentionMs: 120_000,
  deafHoldMs: 30_000,
};

/** Several sites: round trips of some 100 ms and some loss. A death is known after 15 s with ten nodes. */
const wanMembership: MembershipOptions = {
  ...lanMembership,
  probeIntervalMs: 2000,
  probeTimeoutMs: 900,
  suspicionMultiplier: 6,
  suspicionConfirmations: 3,
  gossipIntervalMs: 500,
  gossipNodes: 4,
  gossipToTheDeadMs: 60_000,
  stateIntervalMs: 20_000,
  joinRetryMs: 5000,
  deadRetentionMs: 3_600_000,
  stallToleranceMs: 500,
  deafHoldMs: 180_000,
};

export const membershipPresets = {
  local: localMembership,
  lan: lanMembership,
  wan: wanMembership,
} as const;
