import type { Resources } from "./resources";

/** What a node tells the master when it attaches. */
export interface NodeInfo {
  readonly name: string;
  readonly address: string;
  readonly resources: Resources;
  readonly attributes: Readonly<Record<string, string>>;
  readonly voter: boolean;
  readonly version: string;
  /** undefined: fit for work; else why not (Docker does not answer, ...): no new offers from it. */
  readonly unhealthy: string | undefined;
}

/** Durable: a node once admitted is missed when it is gone, until an operator forgets it. */
export interface AdmittedNode {
  readonly name: string;
  readonly address: string;
  readonly voter: boolean;
  readonly draining: boolean;
}
