import type { Connection } from "../../connection";

/** A node's machine, reached, and the programs there that the node is run with. */
export interface Machine {
  readonly connection: Connection;
  /** Node.js. */
  readonly runtime: string;
  /** undefined: it is looked for. */
  readonly consulBinary: string | undefined;
}
