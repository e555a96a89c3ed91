import type { Endpoint } from "../model/endpoint";
import type { MasterRecord, Member, MemberRecord, MemberStatus } from "../model/member";
import type { MeshPacket, MeshPath } from "../model/mesh-message";

/** What a Membership wants done or known, in order. */
export type MembershipEffect =
  | {
      readonly kind: "send";
      readonly to: Endpoint;
      readonly packet: MeshPacket;
      readonly over: MeshPath;
    }
  /**
   * Its status or its record changed. `previous` undefined: not known before. `by`: who says so, the accuser or the
   * member itself. Ourselves included.
   */
  | {
      readonly kind: "member";
      readonly member: Member;
      readonly previous: MemberStatus | undefined;
      readonly by: string;
    }
  | { readonly kind: "master"; readonly master: MasterRecord }
  /**
   * It answers us by stream and not by datagram, several times in a row; told once, and `datagrams-restored` when they
   * pass again. Not where it has gone meanwhile.
   */
  | {
      readonly kind: "datagrams-blocked" | "datagrams-restored";
      readonly record: MemberRecord;
    }
  /**
   * `record` claims the name of the live member `with`; told at most every 10 s a name. Where `with` is this
   * node itself two agents run under one name, and an operator has to stop one of them.
   */
  | { readonly kind: "conflict"; readonly record: MemberRecord; readonly with: MemberRecord };

/** One that a message came from or goes to. */
export interface Peer {
  /** undefined: a seed, whose name we do not know yet. */
  readonly name: string | undefined;
  readonly at: Endpoint;
}
