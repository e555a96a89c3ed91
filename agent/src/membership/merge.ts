import type { Endpoint } from "../model/endpoint";
import type { Member, MemberRecord, MemberStatus } from "../model/member";
import type { MemberUpdate } from "../model/mesh-message";

/**
 * Which of two claims about one member holds: the higher incarnation, and within one incarnation the graver
 * status (SWIM 4.2; `left` is the member's own word and the last one). This is a total order, so all nodes end
 * with the same claim in whatever order rumours reach them.
 */
const gravity: Readonly<Record<MemberStatus, number>> = { alive: 0, suspect: 1, dead: 2, left: 3 };

export interface Claim {
  readonly status: MemberStatus;
  readonly incarnation: number;
}

function outranks(one: Claim, other: Claim): boolean {
  if (one.incarnation !== other.incarnation) return one.incarnation > other.incarnation;
  return gravity[one.status] > gravity[other.status];
}

export type MergeDecision =
  | "apply"
  | "ignore"
  /** Two nodes live under one name: the one we know keeps it until it is dead or has left. */
  | "conflict";

/** What to do with an update on another member, of whom we hold `current`. */
export function decideMerge(
  current: (Claim & { readonly record: MemberRecord }) | undefined,
  update: MemberUpdate,
): MergeDecision {
  // The dead we never met stay unknown: else two nodes would hand a tombstone to each other for ever.
  if (!current) return isGone(update.status) ? "ignore" : "apply";
  const moved = !sameEndpoint(current.record.mesh, update.record.mesh);
  if (moved && update.status === "alive" && !isGone(current.status)) return "conflict";
  return outranks(update, current) ? "apply" : "ignore";
}

export function isGone(status: MemberStatus): boolean {
  return status === "dead" || status === "left";
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.address === b.address && a.port === b.port;
}

export function sameRecord(a: MemberRecord, b: MemberRecord): boolean {
  return (
    a.name === b.name &&
    sameEndpoint(a.mesh, b.mesh) &&
    a.apiPort === b.apiPort &&
    a.grpcPort === b.grpcPort &&
    a.voter === b.voter &&
    a.version === b.version
  );
}

export function isPresent({ status }: Member): boolean {
  return !isGone(status);
}
