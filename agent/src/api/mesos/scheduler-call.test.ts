import { acceptedType } from "./accepted-type";
import { refuseMs } from "./filters";
import { toSchedulerCall } from "./scheduler-call";

const task_id = { value: "a" };
const agent_id = { value: "n1" };
const uuid = "ABEiM0RVZneImaq7zN3u/w==";

describe("a call of Mesos is one of the kernel:", () => {
  it.each([
    [
      { type: "DECLINE", decline: { offer_ids: [{ value: "1-1" }] } },
      { kind: "decline", offerIds: ["1-1"], refuseMs: 5000 },
    ],
    [{ type: "REVIVE" }, { kind: "revive", roles: undefined }],
    [
      { type: "REVIVE", revive: { roles: [] } },
      { kind: "revive", roles: undefined },
    ],
    [
      { type: "SUPPRESS", suppress: { roles: ["a"] } },
      { kind: "suppress", roles: ["a"] },
    ],
    [
      { type: "KILL", kill: { task_id, agent_id } },
      { kind: "kill", taskId: "f.a", reason: "killed by its framework", node: "n1" },
    ],
    [
      { type: "ACKNOWLEDGE", acknowledge: { task_id, agent_id, uuid } },
      { kind: "acknowledge", taskId: "f.a", uuid: "00112233445566778899aabbccddeeff" },
    ],
    [
      { type: "RECONCILE", reconcile: { tasks: [{ task_id, agent_id }, { task_id }] } },
      {
        kind: "reconcile",
        tasks: [
          { taskId: "f.a", node: "n1" },
          { taskId: "f.a", node: undefined },
        ],
      },
    ],
    [
      { type: "RECONCILE", reconcile: {} },
      { kind: "reconcile", tasks: [] },
    ],
    // Not all of its tasks: it has asked for one that cannot be.
    [{ type: "RECONCILE", reconcile: { tasks: [{ task_id: { value: "/" } }] } }, undefined],
    [{ type: "KILL", kill: { task_id: { value: "" } } }, undefined],
    [{ type: "REQUEST", request: {} }, undefined],
  ] as const)("%j", (call, told) => {
    expect(toSchedulerCall(call, "f")).toEqual(told);
  });

  it.each([
    [undefined, 5000],
    [{}, 5000],
    [{ refuse_seconds: 0 }, 0],
    [{ refuse_seconds: 1.5 }, 1500],
    [{ refuse_seconds: -1 }, 5000],
    [{ refuse_seconds: Infinity }, 31_536_000_000],
  ])("the filter %j is %d ms", (filters, ms) => {
    expect(refuseMs(filters)).toBe(ms);
  });
});

it.each([
  [undefined, "application/json"],
  ["*/*", "application/json"],
  ["application/x-protobuf", "application/x-protobuf"],
  ["application/x-protobuf, application/json;q=0.1", "application/json"],
  ["application/json;q=0, application/*", "application/json"],
  ["Application/JSON", "application/json"],
  ["text/html", undefined],
  ["application/json;q=0", undefined],
  ["", undefined],
])("Accept %s is answered in %s", (accept, type) => {
  expect(acceptedType(accept)).toBe(type);
});
