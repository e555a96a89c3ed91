import { Ledger, underWayMs } from "./ledger";

const one = { revision: 1, instances: 2 };
const two = { revision: 2, instances: 2 };
const three = { revision: 3, instances: 2 };

describe("the ledger of writes", () => {
  it("has the last acknowledged write stand", () => {
    const ledger = new Ledger();
    ledger.acknowledged("web", ledger.began("web", one, 0));
    ledger.acknowledged("web", ledger.began("web", two, 1));
    expect(ledger.possible("web")).toEqual([two]);
  });

  it("lets one without an answer be done or not", () => {
    const ledger = new Ledger();
    ledger.acknowledged("web", ledger.began("web", one, 0));
    ledger.began("web", two, 1);
    expect(ledger.possible("web")).toEqual([one, two]);
  });

  it("lets one without an answer come late, but not for ever", () => {
    const ledger = new Ledger();
    ledger.began("web", one, 0);
    ledger.acknowledged("web", ledger.began("web", two, 1000));
    expect(ledger.possible("web")).toEqual([two, one]);
    ledger.acknowledged("web", ledger.began("web", three, underWayMs));
    expect(ledger.possible("web")).toEqual([three]);
  });

  it("knows a service as deleted, or not there yet", () => {
    const ledger = new Ledger();
    ledger.began("web", one, 0);
    expect(ledger.possible("web")).toEqual([undefined, one]);
    ledger.acknowledged("web", ledger.began("web", undefined, underWayMs));
    expect(ledger.possible("web")).toEqual([undefined]);
  });
});
