import { serviceSpec } from "../../test/fakes/specs";
import { applyChange, emptyDesiredState } from "./desired-state";

const web = serviceSpec("web");
const n1 = { name: "n1", address: "10.0.0.1", voter: true, draining: false };

describe("desired state", () => {
  it("takes changes one by one and leaves the state before as it was", () => {
    const put = applyChange(emptyDesiredState, { kind: "put-service", spec: web });
    const more = applyChange(put, { kind: "put-node", node: n1 });
    expect(more).toEqual({ term: 0, services: { web }, nodes: { n1 } });
    expect(applyChange(more, { kind: "delete-service", name: "web" }).services).toEqual({});
    expect(applyChange(more, { kind: "delete-node", name: "n1" }).nodes).toEqual({});
    expect(more.services).toEqual({ web });
  });

  it("replaces what has the same name and does not mind deleting what is not there", () => {
    const put = applyChange(emptyDesiredState, { kind: "put-service", spec: web });
    const again = applyChange(put, { kind: "put-service", spec: { ...web, instances: 5 } });
    expect(again.services["web"]?.instances).toBe(5);
    expect(applyChange(again, { kind: "delete-service", name: "nope" })).toEqual(again);
  });
});
