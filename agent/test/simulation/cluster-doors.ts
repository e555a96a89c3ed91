import type { DesiredState } from "../../src/model/desired-state";
import type { Clock } from "../../src/ports/clock";
import type { Store } from "../../src/ports/store";
import type { MemoryStore } from "../fakes/memory-store";

const noticeMs = 200;
const noAnswerMs = 50;

/** One node's way to the shared store: closed while its Consul has no quorum to talk to. */
export function storeDoor(
  store: MemoryStore,
  clock: Clock,
  awayBecause: () => string | undefined,
): Store {
  const guarded = async <T extends { readonly kind: string }>(
    ask: () => Promise<T>,
  ): Promise<T | { readonly kind: "unavailable"; readonly reason: string }> => {
    const before = awayBecause();
    if (before !== undefined) {
      await waited(clock, noAnswerMs);
      return { kind: "unavailable", reason: before };
    }
    const result = await ask();
    // Written perhaps, but the answer never arrived.
    const after = awayBecause();
    return after === undefined ? result : { kind: "unavailable", reason: after };
  };
  return {
    claim: (term) => guarded(() => store.claim(term)),
    commit: (term, changes) => guarded(() => store.commit(term, changes)),
    watch: (listener, signal) => {
      let given: DesiredState | undefined;
      const look = (): void => {
        if (signal.aborted) return;
        if (awayBecause() === undefined && store.state !== given) {
          given = store.state;
          listener(given);
        }
        clock.after(noticeMs, look);
      };
      clock.after(1, look);
    },
  };
}

function waited(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}
