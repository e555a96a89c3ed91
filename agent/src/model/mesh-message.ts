import type { ElectorateClaim, ElectorateId } from "./electorate";
import type { MasterRecord, MemberRecord, MemberStatus } from "./member";

/** One rumour about a member. `from` accuses (suspect, dead) or is the member itself (alive, left). */
export interface MemberUpdate {
  readonly status: MemberStatus;
  readonly record: MemberRecord;
  readonly incarnation: number;
  readonly from: string;
}

export const digestBuckets = 32;

/** The two ways from node to node: UDP, and TCP on the same port. */
export type MeshPath = "datagram" | "stream";

/** SWIM's messages (Das 2002, sections 3 and 4), and the exchange by which a node joins. */
export type MembershipMessage =
  | { readonly kind: "ping"; readonly seq: number; readonly target: string }
  | { readonly kind: "ping-req"; readonly seq: number; readonly target: string }
  | { readonly kind: "ack"; readonly seq: number }
  | { readonly kind: "nack"; readonly seq: number }
  /**
   * "Here I am, and this is the digest of whom I know: tell me where you know better"; answered with one `state` or
   * more of what is in the buckets that differ, with none where none does.
   */
  | {
      readonly kind: "join";
      readonly update: MemberUpdate;
      /** A sum for each of `digestBuckets` buckets, of 32 bits. */
      readonly digest: readonly number[];
    }
  | {
      readonly kind: "state";
      readonly updates: readonly MemberUpdate[];
      /** Of who answers a `join`: what we know and it does not is to be sent back. Only where it fits: over a stream. */
      readonly digest?: readonly number[] | undefined;
    };

/**
 * Raft's election (Ongaro, thesis 3.4, 3.10, 4.1, 6.4.1, 9.6), with no log behind it but the electorate. `electorate` is what
 * the sender has on disk; left out where that is what the configuration declares. Its term is never above the message's.
 */
export type ElectionMessage =
  | {
      readonly kind: "pre-vote";
      readonly term: number;
      readonly electorate?: ElectorateId | undefined;
    }
  | {
      readonly kind: "pre-vote-reply";
      readonly term: number;
      readonly granted: boolean;
    }
  /** `handedOverAt`: the master itself asked the sender to stand, and gave up its lease with this round. */
  | {
      readonly kind: "vote";
      readonly term: number;
      readonly handedOverAt?: number | undefined;
      readonly electorate?: ElectorateId | undefined;
    }
  | {
      readonly kind: "vote-reply";
      readonly term: number;
      readonly granted: boolean;
    }
  | {
      readonly kind: "heartbeat";
      readonly term: number;
      readonly round: number;
      readonly electorate?: ElectorateClaim | undefined;
    }
  | {
      readonly kind: "heartbeat-reply";
      readonly term: number;
      readonly round: number;
      readonly electorate?: ElectorateId | undefined;
    }
  /** From the master of `term`, which has given up its lease with `round`: stand for election at once (thesis 3.10). */
  | {
      readonly kind: "stand-now";
      readonly term: number;
      readonly round: number;
    };

/** What travels at once, over either path: who sends it, one message of each kind at most, and rumours that ride along. */
export interface MeshPacket {
  readonly from: string;
  readonly membership?: MembershipMessage | undefined;
  readonly election?: ElectionMessage | undefined;
  readonly gossip?: readonly MemberUpdate[] | undefined;
  readonly master?: MasterRecord | undefined;
}
