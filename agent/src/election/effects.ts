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
  /** We are the master of this term from now until `deposed`, or until the lease ends. */
  | { readonly kind: "master"; readonly term: number }
  | { readonly kind: "deposed"; readonly term: number; readonly reason: string }
  | { readonly kind: "follow"; readonly term: number; readonly master: string };

/**
 * `elected` has a majority of votes and not yet its first lease; only `master` may act. `observer` is no voter:
 * it neither votes nor hears.
 */
export type Role = "observer" | "follower" | "pre-candidate" | "candidate" | "elected" | "master";
