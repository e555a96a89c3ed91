import type { Endpoint } from "./endpoint";

/** The mesh's view of one node. `left` said goodbye, `dead` did not. */
export type MemberStatus = "alive" | "suspect" | "dead" | "left";

/** What a node says of itself; only it may raise its `incarnation`. At most 512 bytes encoded. */
export interface MemberRecord {
  readonly name: string;
  /** Where its mesh socket listens. */
  readonly mesh: Endpoint;
  readonly apiPort: number;
  readonly grpcPort: number;
  readonly voter: boolean;
  readonly version: string;
}

export interface Member {
  readonly record: MemberRecord;
  readonly status: MemberStatus;
  readonly incarnation: number;
  /** When this view last changed, on the observer's monotonic clock. */
  readonly changedAtMs: number;
}

/** The election's outcome as gossip spreads it; the highest term wins. */
export interface MasterRecord {
  readonly term: number;
  /** undefined: this term has no master (any more). */
  readonly name: string | undefined;
  readonly address: string;
  readonly apiPort: number;
  readonly grpcPort: number;
}
