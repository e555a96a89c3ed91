/** The node's own small durable files (term and vote, last desired state), by name. */
export interface Disk {
  /**
   * Of the machine's current boot. What was written in an earlier one may be lost where a disk says that it has written
   * and has not; the end of a process alone loses nothing.
   */
  readonly boot: string;
  /** undefined where there is none. Throws where it cannot be read or is not JSON. */
  read(name: string): unknown;
  /** Whole or not at all, and on the platter (fsync of file and folder) when it returns. Throws where it cannot. */
  write(name: string, value: unknown): void;
}
