import { servicesFramework } from "../../agent/src/frameworks/services/services";
import { Term } from "../../agent/src/master/term";
import { systemClock } from "../../agent/src/adapters/system/clock";
import { systemRandom } from "../../agent/src/adapters/system/random";
import type { DesiredChange, DesiredState } from "../../agent/src/model/desired-state";
import { applyChange } from "../../agent/src/model/desired-state";
import type { AdmittedNode, NodeInfo } from "../../agent/src/model/node-info";
import type { Member } from "../../agent/src/model/member";
import type { Catalog } from "../../agent/src/ports/catalog";
import type { Store } from "../../agent/src/ports/store";
import { silentLog } from "../../agent/test/fakes/silent-log";
import { member } from "../../agent/test/fakes/specs";

/** Answers at once, and never says no. */
class ObligingStore implements Store {
  constructor(private state: DesiredState) {}

  claim(term: number): ReturnType<Store["claim"]> {
    this.state = { ...this.state, term };
    return Promise.resolve({ kind: "claimed", state: this.state });
  }

  commit(_term: number, changes: readonly DesiredChange[]): ReturnType<Store["commit"]> {
    this.state = changes.reduce(applyChange, this.state);
    return Promise.resolve({ kind: "committed" });
  }

  watch(): void {
    // Nobody but the term writes here.
  }
}

const nothing = (): Promise<void> => Promise.resolve();
const silentCatalog: Catalog = {
  register: nothing,
  setHealth: nothing,
  deregister: nothing,
  listOwn: () => Promise.resolve([]),
  removeNode: () => Promise.resolve(0),
  ping: () => Promise.resolve(undefined),
};

/** A term of a real master to which these nodes are known and admitted; its clock and chance real too; store and catalog answer at once. */
export function newTerm(nodes: readonly NodeInfo[], services: DesiredState["services"]): Term {
  const admitted = nodes.map(({ name, address, voter }): AdmittedNode => ({
    name,
    address,
    voter,
    draining: false,
  }));
  const byName = Object.fromEntries(admitted.map((node) => [node.name, node]));
  const stored: DesiredState = { term: 1, nodes: byName, services };
  const members: Member[] = nodes.map(({ name }) => member(name));
  return new Term(
    stored.term + 1,
    {
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      store: new ObligingStore(stored),
      catalog: silentCatalog,
      frameworks: [servicesFramework],
      lastDesired: () => stored,
      members: () => members,
      mayAct: () => true,
    },
    (_, reason) => {
      throw new Error(`the term is over: ${reason}`);
    },
  );
}
