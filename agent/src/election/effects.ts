import type { Electorate } from "../model/electorate";
import type { ElectionMessage } from "../model/mesh-message";
import type { Ballot } from "./ballot";

/** What an Election wants done, in order. */
export type ElectionEffect =
  /**
   * Must be durable before any later effect of the list is carried out. Where that fails the driver drops the
   * rest of the list and calls `persistFailed` before anything else.
   */
  | { readonly kind: "persist"; readonly ballot: Ballot }
  | { readonly kind: "send"; readonly to: string; readonly message: ElectionMessage }
  /** We are the master of this term from now until `deposed`, whenever `mayAct` says so. */
  | { readonly kind: "master"; readonly term: number }
  /** The lease has run out: hold still. Soon after comes `resumed` or `deposed`. */
  | { readonly kind: "lapsed"; readonly term: number }
  /** A new lease, of the same term: go on. */
  | { readonly kind: "resumed"; readonly term: number }
  | { readonly kind: "deposed"; readonly term: number; readonly reason: string }
  | { readonly kind: "follow"; readonly term: number; readonly master: string }
  /** These are the voters now, as far as this voter knows. */
  | { readonly kind: "electorate"; readonly electorate: Electorate };

/**
 * `elected` has won its term and has no lease, not yet or no more; only `master` may act. `observer` is not in
 * the newest electorate it knows: it never stands, but answers a master, and a candidate that counts it.
 */
export type Role = "observer" | "follower" | "pre-candidate" | "candidate" | "elected" | "master";
