import type { Portion } from "./portion";
import type { Resources } from "./resources";

/** Resources of one node, held for one framework in one of its roles until it answers or the offer times out. */
export interface Offer {
  readonly id: string;
  readonly framework: string;
  /** In whose fair share it counts. */
  readonly role: string;
  readonly node: string;
  readonly address: string;
  /** All of it, however it is reserved. */
  readonly resources: Resources;
  /** The same, by how it is reserved. */
  readonly portions: readonly Portion[];
  readonly attributes: Readonly<Record<string, string>>;
}
