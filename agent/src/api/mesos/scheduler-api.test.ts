import { dockerTask, scalar, SchedulerBench } from "../../../test/fakes/scheduler-bench";
import { sparkInfo, type MesosClient } from "../../../test/fakes/mesos-client";
import type { MesosCall, TaskInfo } from "./messages";

let bench: SchedulerBench;
beforeEach(async () => {
  bench = await SchedulerBench.listen("127.77.30.20");
});
afterEach(() => bench.close());

const states = (client: MesosClient, count: number): Promise<string[]> =>
  bench.until(`${count} updates`, () => {
    const seen = client.states();
    return seen.length >= count ? seen : undefined;
  });

function launch(client: MesosClient, tasks: readonly TaskInfo[], offer = 0): MesosCall {
  const id = bench.offers(client)[offer]?.id ?? { value: "none" };
  const operations = [{ type: "LAUNCH", launch: { task_infos: tasks } }];
  return { type: "ACCEPT", accept: { offer_ids: [id], operations } };
}

const nodeOf = (client: MesosClient, offer = 0): string =>
  bench.offers(client)[offer]?.agent_id.value ?? "";

describe.each(["application/json", "application/x-protobuf"] as const)(
  "a framework that speaks %s",
  (type) => {
    it("subscribes, is offered the nodes, launches, acknowledges, kills and tears down", async () => {
      const client = await bench.subscribed(sparkInfo, type);
      const [subscribed] = client.of("SUBSCRIBED");
      expect(subscribed?.subscribed).toMatchObject({
        framework_id: { value: "f1-1" },
        heartbeat_interval_seconds: 5,
        master_info: { id: "n1-1", hostname: "127.77.30.20", port: 7440 },
      });
      const [offer] = bench.offers(client);
      expect(offer).toMatchObject({
        framework_id: { value: "f1-1" },
        hostname: expect.stringMatching(/^10\.0\.0\./) as string,
        url: { address: { ip: expect.stringMatching(/^10\.0\.0\./) as string, port: 7440 } },
        resources: [
          { name: "cpus", scalar: { value: 4 }, allocation_info: { role: "*" } },
          { name: "mem", scalar: { value: 4000 } },
          { name: "ports", ranges: { range: [{ begin: 31_000, end: 31_099 }] } },
        ],
      });
      const answer = await bench.during(
        client.call(launch(client, [dockerTask("a", nodeOf(client))])),
      );
      expect(answer).toMatchObject({ status: 202, text: "" });
      expect(await states(client, 1)).toEqual(["a TASK_RUNNING"]);
      expect(bench.cluster.tasks()).toEqual(["f1-1.a"]);
      const status = client.of("UPDATE")[0]?.update.status;
      const uuid = status?.uuid ?? "";
      expect(Buffer.from(uuid, "base64")).toHaveLength(16);
      const agent_id = { value: nodeOf(client) };
      const task_id = { value: "a" };
      const acknowledge = { agent_id, task_id, uuid };
      expect(await bench.during(client.call({ type: "ACKNOWLEDGE", acknowledge }))).toMatchObject({
        status: 202,
      });
      const heard = bench.cluster.agent(agent_id.value).heard;
      await bench.until("the acknowledgement", () =>
        heard.find(({ kind }) => kind === "acknowledge"),
      );
      await bench.during(client.call({ type: "KILL", kill: { task_id, agent_id } }));
      expect(await states(client, 2)).toEqual(["a TASK_RUNNING", "a TASK_KILLED"]);
      expect(await bench.during(client.call({ type: "TEARDOWN" }))).toMatchObject({ status: 202 });
      await bench.until("the end", () => (client.ended ? true : undefined));
      expect(client.events.at(-1)).toEqual({
        type: "ERROR",
        error: { message: "Framework has been removed" },
      });
    });

    it("is answered to RECONCILE_OPERATIONS that there are none, in its own encoding", async () => {
      const client = await bench.subscribed(sparkInfo, type);
      const answer = await client.call(
        { type: "RECONCILE_OPERATIONS", reconcile_operations: {} },
        { accept: type },
      );
      expect(answer.status).toBe(200);
      expect(answer.headers["content-type"]).toBe(type);
      expect(answer.body.length).toBeGreaterThan(0);
    });
  },
);

describe("a call of a framework", () => {
  it("comes as one record a chunk, which clients depend on", async () => {
    const client = await bench.subscribed();
    for (const chunk of client.chunks) expect(chunk.toString()).toMatch(/^\d+\n[\x20-\x7e]+$/);
    expect(client.chunks).toHaveLength(client.events.length);
  });

  it("is answered every five seconds by a heartbeat", async () => {
    const client = await bench.subscribed();
    await bench.cluster.clock.advanceSettled(15_500);
    const heartbeats = await bench.until("heartbeats", () =>
      client.of("HEARTBEAT").length >= 3 ? client.of("HEARTBEAT") : undefined,
    );
    expect(heartbeats).toEqual([
      { type: "HEARTBEAT" },
      { type: "HEARTBEAT" },
      { type: "HEARTBEAT" },
    ]);
  });

  it.each([
    ["DECLINE", { decline: { offer_ids: [{ value: "none" }] } }],
    ["REVIVE", {}],
    ["SUPPRESS", { suppress: { roles: ["*"] } }],
    ["RECONCILE", { reconcile: {} }],
    ["SHUTDOWN", { shutdown: { executor_id: { value: "e" }, agent_id: { value: "n1" } } }],
    ["MESSAGE", { message: { executor_id: { value: "e" }, agent_id: { value: "n1" }, data: "" } }],
    ["REQUEST", { request: { requests: [] } }],
    ["ACCEPT_INVERSE_OFFERS", { accept_inverse_offers: { inverse_offer_ids: [] } }],
    ["DECLINE_INVERSE_OFFERS", { decline_inverse_offers: { inverse_offer_ids: [] } }],
  ] as const)("%s is accepted", async (type, part) => {
    const client = await bench.subscribed();
    expect(await bench.during(client.call({ type, ...part }))).toMatchObject({
      status: 202,
      text: "",
    });
  });

  it("ACKNOWLEDGE_OPERATION_STATUS is accepted", async () => {
    const client = await bench.subscribed();
    const acknowledge_operation_status = { uuid: "AAAA", operation_id: { value: "o" } };
    const call: MesosCall = { type: "ACKNOWLEDGE_OPERATION_STATUS", acknowledge_operation_status };
    expect(await client.call(call)).toMatchObject({ status: 202 });
  });

  it("UPDATE_FRAMEWORK changes its roles, and is 200", async () => {
    const info = { ...sparkInfo, capabilities: [{ type: "MULTI_ROLE" }], roles: ["a", "b"] };
    const client = await bench.subscribed(info);
    const framework_info = { ...info, id: { value: client.frameworkId }, roles: ["a", "c"] };
    const update: MesosCall = {
      type: "UPDATE_FRAMEWORK",
      update_framework: { framework_info, suppressed_roles: ["a"] },
    };
    expect(await bench.during(client.call(update))).toMatchObject({ status: 200, text: "" });
    const view = bench.acting.control.frameworks().find(({ id }) => id === client.frameworkId);
    expect(view?.info.roles).toEqual(["a", "c"]);
  });

  it("UPDATE_FRAMEWORK that names another principal is 409", async () => {
    const info = { ...sparkInfo, principal: "ann" };
    const client = await bench.subscribed(info);
    const framework_info = { ...info, id: { value: client.frameworkId }, principal: "bob" };
    const call: MesosCall = { type: "UPDATE_FRAMEWORK", update_framework: { framework_info } };
    expect(await bench.during(client.call(call))).toMatchObject({ status: 409 });
  });

  it("UNKNOWN is 501", async () => {
    const client = await bench.subscribed();
    expect(await client.call({ type: "UNKNOWN" })).toMatchObject({ status: 501 });
  });

  it("SUPPRESS keeps offers away until REVIVE", async () => {
    const client = await bench.subscribed();
    const offer_ids = bench.offers(client).map(({ id }) => id);
    await bench.during(client.call({ type: "SUPPRESS" }));
    await bench.during(
      client.call({ type: "DECLINE", decline: { offer_ids, filters: { refuse_seconds: 0 } } }),
    );
    await bench.cluster.clock.advanceSettled(10_000);
    expect(bench.offers(client)).toHaveLength(offer_ids.length);
    await bench.during(client.call({ type: "REVIVE" }));
    await bench.until("offers again", () =>
      bench.offers(client).length > offer_ids.length ? true : undefined,
    );
  });

  it("KILL of a task that is not known is answered as a reconciliation", async () => {
    const client = await bench.subscribed();
    await bench.during(client.call({ type: "KILL", kill: { task_id: { value: "no" } } }));
    expect(await states(client, 1)).toEqual(["no TASK_LOST"]);
    expect(client.of("UPDATE")[0]?.update.status).toMatchObject({
      reason: "REASON_RECONCILIATION",
      source: "SOURCE_MASTER",
    });
  });

  it("KILL that names another agent than the task's kills nothing", async () => {
    const client = await bench.subscribed();
    const node = nodeOf(client);
    await bench.during(client.call(launch(client, [dockerTask("a", node)])));
    await states(client, 1);
    const agent_id = { value: node === "n1" ? "n2" : "n1" };
    await bench.during(client.call({ type: "KILL", kill: { task_id: { value: "a" }, agent_id } }));
    await bench.cluster.clock.advanceSettled(1000);
    expect(bench.cluster.tasks()).toEqual(["f1-1.a"]);
  });

  it("RECONCILE of all answers the latest state of each, without uuid", async () => {
    const client = await bench.subscribed();
    await bench.during(client.call(launch(client, [dockerTask("a", nodeOf(client))])));
    await states(client, 1);
    await bench.during(client.call({ type: "RECONCILE", reconcile: {} }));
    await states(client, 2);
    const status = client.of("UPDATE").at(-1)?.update.status;
    expect(status).toMatchObject({ state: "TASK_RUNNING", reason: "REASON_RECONCILIATION" });
    expect(status?.uuid).toBeUndefined();
  });
});

describe("a launch", () => {
  it("on an offer that is not held is lost, in the words that the framework knows", async () => {
    const client = await bench.subscribed();
    const aware = bench.client();
    const call: MesosCall = {
      type: "ACCEPT",
      accept: {
        offer_ids: [{ value: "1-999" }],
        operations: [{ type: "LAUNCH", launch: { task_infos: [dockerTask("a", "n1")] } }],
      },
    };
    await bench.during(client.call(call));
    expect(await states(client, 1)).toEqual(["a TASK_LOST"]);
    const capabilities = [{ type: "PARTITION_AWARE" }];
    await bench.during(aware.subscribe({ ...sparkInfo, capabilities }));
    await bench.until("its id", () => (aware.frameworkId === "" ? undefined : true));
    await bench.during(aware.call(call));
    expect(await states(aware, 1)).toEqual(["a TASK_DROPPED"]);
    expect(aware.of("UPDATE")[0]?.update.status.reason).toBe("REASON_INVALID_OFFERS");
  });

  it("on another framework's offer is lost too, and leaves it where it is", async () => {
    const owner = await bench.subscribed();
    const thief = bench.client();
    await bench.during(thief.subscribe());
    await bench.until("its id", () => (thief.frameworkId === "" ? undefined : true));
    await bench.during(thief.call(launch(owner, [dockerTask("a", nodeOf(owner))])));
    expect(await states(thief, 1)).toEqual(["a TASK_LOST"]);
    await bench.during(owner.call(launch(owner, [dockerTask("b", nodeOf(owner))])));
    expect(await states(owner, 1)).toEqual(["b TASK_RUNNING"]);
  });

  it("beyond the offer is an error, and what fits of the same call runs", async () => {
    const client = await bench.subscribed();
    const node = nodeOf(client);
    const large = dockerTask("large", node, { resources: [scalar("cpus", 64), scalar("mem", 64)] });
    await bench.during(client.call(launch(client, [large, dockerTask("small", node)])));
    expect((await states(client, 2)).sort()).toEqual(["large TASK_ERROR", "small TASK_RUNNING"]);
    const status = client.of("UPDATE").find(({ update }) => update.status.state === "TASK_ERROR");
    expect(status?.update.status).toMatchObject({
      reason: "REASON_TASK_INVALID",
      message: expect.stringContaining("needs 64 cpus") as string,
    });
  });

  it("of an id that exists is an error; another framework may have the same", async () => {
    const client = await bench.subscribed();
    const node = nodeOf(client);
    const tasks = [dockerTask("a", node), dockerTask("a", node)];
    await bench.during(client.call(launch(client, tasks)));
    expect((await states(client, 2)).sort()).toEqual(["a TASK_ERROR", "a TASK_RUNNING"]);
    const other = await bench.subscribed({ ...sparkInfo, name: "other" });
    await bench.during(other.call(launch(other, [dockerTask("a", nodeOf(other))])));
    expect(await states(other, 1)).toEqual(["a TASK_RUNNING"]);
    expect(bench.cluster.tasks()).toEqual(["f1-1.a", "f1-2.a"]);
  });

  it("of a task that cannot be is an error that says why", async () => {
    const client = await bench.subscribed();
    const { name, task_id, agent_id, resources = [] } = dockerTask("bare", nodeOf(client));
    const bare = { name, task_id, agent_id, resources, command: { value: "sleep 1" } };
    await bench.during(client.call(launch(client, [bare])));
    await states(client, 1);
    expect(client.of("UPDATE")[0]?.update.status).toMatchObject({
      state: "TASK_ERROR",
      reason: "REASON_TASK_INVALID",
      source: "SOURCE_MASTER",
      message: "every task is a Docker container here: say which image in container.docker.image",
    });
  });

  it("of a group is an error for each of its tasks, and the offer goes back", async () => {
    const client = await bench.subscribed();
    const [offer] = bench.offers(client);
    const tasks = ["a", "b"].map((id) => dockerTask(id, nodeOf(client)));
    const operations = [
      {
        type: "LAUNCH_GROUP",
        launch_group: { executor: { executor_id: { value: "e" } }, task_group: { tasks } },
      },
    ];
    const accept = {
      offer_ids: offer ? [offer.id] : [],
      operations,
      filters: { refuse_seconds: 0 },
    };
    expect(await bench.during(client.call({ type: "ACCEPT", accept }))).toMatchObject({
      status: 202,
    });
    expect(await states(client, 2)).toEqual(["a TASK_ERROR", "b TASK_ERROR"]);
    expect(client.of("UPDATE")[0]?.update.status.reason).toBe("REASON_TASK_GROUP_INVALID");
    await bench.until("the offer again", () =>
      bench.offers(client).length > 2 ? true : undefined,
    );
  });

  it("beside an operation that is not there is refused whole", async () => {
    const client = await bench.subscribed();
    const [offer] = bench.offers(client);
    const accept = { offer_ids: offer ? [offer.id] : [], operations: [{ type: "CREATE" }] };
    const answer = await bench.during(client.call({ type: "ACCEPT", accept }));
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.text).toMatch(/^operation CREATE is not there/);
  });
});
