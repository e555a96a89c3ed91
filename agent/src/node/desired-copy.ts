import { emptyDesiredState, type DesiredState } from "../model/desired-state";
import type { Disk } from "../ports/disk";
import type { Log } from "../ports/log";
import type { Store } from "../ports/store";

const copyFile = "desired";

/**
 * Each voter's own copy of the last desired state, kept as the store changes: what a master elected while the store
 * is down acts on. Never written back; the store stays the truth.
 */
export class DesiredCopy {
  private state: DesiredState;
  private readonly watching = new AbortController();

  constructor(private readonly world: { disk: Disk; store: Store; log: Log }) {
    this.state = this.load();
  }

  start(): void {
    this.world.store.watch((state) => this.keep(state), this.watching.signal);
  }

  stop(): void {
    this.watching.abort();
  }

  get last(): DesiredState {
    return this.state;
  }

  private keep(state: DesiredState): void {
    this.state = state;
    try {
      this.world.disk.write(copyFile, state);
    } catch (error) {
      this.world.log.error("cannot keep a copy of the desired state on disk", {
        error: String(error),
      });
    }
  }

  private load(): DesiredState {
    try {
      const found = this.world.disk.read(copyFile);
      return isDesiredState(found) ? found : emptyDesiredState;
    } catch (error) {
      this.world.log.error(
        "the copy of the desired state on disk is unreadable: starting without",
        {
          error: String(error),
        },
      );
      return emptyDesiredState;
    }
  }
}

/** Our own file, written whole or not at all: its outline is proof enough. */
function isDesiredState(value: unknown): value is DesiredState {
  return (
    typeof value === "object" &&
    value !== null &&
    "term" in value &&
    typeof value.term === "number" &&
    "nodes" in value &&
    typeof value.nodes === "object" &&
    "services" in value &&
    typeof value.services === "object"
  );
}
