import type { MembershipOptions } from "../../../agent/src/membership/membership";
import { lanMembership } from "../../../agent/src/membership/options";

/** Percent of SWIM's own, from the tables of the Lifeguard paper (arXiv 1707.00788 v2). */
interface Published {
  readonly falsePositives: number;
  readonly atHealthy: number;
  readonly messages: number;
  readonly bytes: number;
}

export interface Variant {
  readonly name: string;
  readonly membership: MembershipOptions;
  readonly published?: Published;
}

/**
 * memberlist's LAN preset as the paper ran it (alpha 5), with all of Lifeguard and all of ours switched off. States
 * go by stream, as there. Rumours are
 * bounded by the bytes of a packet alone.
 */
const swim: MembershipOptions = {
  ...lanMembership,
  probeIntervalMs: 1000,
  probeTimeoutMs: 500,
  indirectProbes: 3,
  failOnNacks: false,
  streamPing: false,
  awarenessLevels: 1,
  suspicionMultiplier: 5,
  suspicionMaxMultiplier: 1,
  suspicionConfirmations: 3,
  tellSuspects: "never",
  secondChances: false,
  retransmitMultiplier: 4,
  gossipPerPacket: 64,
  gossipIntervalMs: 200,
  gossipNodes: 3,
  gossipToTheDeadMs: 30_000,
  stateIntervalMs: 30_000,
  stallToleranceMs: Infinity,
  deafHoldMs: 0,
};

const localHealth = { awarenessLevels: 8 };
const dynamicSuspicion = { suspicionMaxMultiplier: 6 };
const buddySystem = { tellSuspects: "in-pings" } as const;

export const swimVariant: Variant = {
  name: "SWIM",
  membership: swim,
  published: { falsePositives: 100, atHealthy: 100, messages: 100, bytes: 100 },
};

export const lifeguardVariant: Variant = {
  name: "Lifeguard",
  membership: { ...swim, ...localHealth, ...dynamicSuspicion, ...buddySystem },
  published: { falsePositives: 1.53, atHealthy: 1.89, messages: 110.59, bytes: 97.97 },
};

/** What agents run on one site; it probes twice as often as the others. */
export const coveyVariant: Variant = { name: "Covey, lan", membership: lanMembership };

export const variants: readonly Variant[] = [
  swimVariant,
  {
    name: "LHA-Probe",
    membership: { ...swim, ...localHealth },
    published: { falsePositives: 67.72, atHealthy: 32.88, messages: 98.46, bytes: 90.03 },
  },
  {
    name: "LHA-Suspicion",
    membership: { ...swim, ...dynamicSuspicion },
    published: { falsePositives: 3, atHealthy: 6.71, messages: 111.31, bytes: 106.52 },
  },
  {
    name: "Buddy System",
    membership: { ...swim, ...buddySystem },
    published: { falsePositives: 94.08, atHealthy: 44.57, messages: 100.07, bytes: 99.01 },
  },
  lifeguardVariant,
  coveyVariant,
];
