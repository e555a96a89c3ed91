/** The node's own small durable files (term and vote, last desired state), by name. */
export interface Disk {
  /** undefined where there is none. Throws where it cannot be read or is not JSON. */
  read(name: string): unknown;
  /** Whole or not at all, and on the platter (fsync of file and folder) when it returns. Throws where it cannot. */
  write(name: string, value: unknown): void;
}
