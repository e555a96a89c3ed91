import type { Resources } from "./resources";

/** Resources of one node, held for one framework until it answers or the offer times out. */
export interface Offer {
  readonly id: string;
  readonly framework: string;
  readonly node: string;
  readonly address: string;
  readonly resources: Resources;
  readonly attributes: Readonly<Record<string, string>>;
}
