import { sparkInfo } from "../../../test/fakes/mesos-client";
import { SchedulerBench } from "../../../test/fakes/scheduler-bench";

let bench: SchedulerBench;
beforeAll(async () => {
  bench = await SchedulerBench.listen("127.77.30.22");
});
afterAll(() => bench.close());
afterEach(() => {
  bench.isMaster = true;
  bench.agent.knownMaster = master("n1");
});

const master = (name: string) => ({
  name,
  address: "127.77.30.22",
  api: name === "n1" ? "https://127.77.30.22:7440" : "https://127.77.30.99:7440",
});
const subscribe = JSON.stringify({ type: "SUBSCRIBE", subscribe: { framework_info: sparkInfo } });
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

describe("POST /api/v1/scheduler is answered, in the order of Mesos,", () => {
  it("401 without the cluster's token", async () => {
    for (const authorization of ["Bearer wrong", basic("ann", "wrong"), "Basic ???", ""]) {
      const answer = await bench.client(undefined, authorization).send(subscribe);
      expect(answer).toMatchObject({ status: 401 });
      expect(answer.headers["www-authenticate"]).toBe('Bearer realm="covey", Basic realm="covey"');
    }
  });

  it("307 to the leader, without a scheme, whatever is asked", async () => {
    bench.isMaster = false;
    bench.agent.knownMaster = master("n2");
    const answer = await bench.client().send("x", { "content-type": "text/plain" });
    expect(answer).toMatchObject({ status: 307 });
    expect(answer.headers.location).toBe("//127.77.30.99:7440/api/v1/scheduler");
  });

  it("503 where there is no leader", async () => {
    bench.isMaster = false;
    bench.agent.knownMaster = undefined;
    const answer = await bench.client().send(subscribe);
    expect(answer).toMatchObject({
      status: 503,
      text: expect.stringMatching(/^No leader elected/) as string,
    });
    expect(answer.headers["retry-after"]).toBe("2");
  });

  it("503 by one that has just become the leader", async () => {
    bench.isMaster = false;
    const answer = await bench.client().send(subscribe);
    expect(answer).toMatchObject({
      status: 503,
      text: expect.stringMatching(/^Master has not finished recovery/) as string,
    });
    expect(answer.headers["retry-after"]).toBe("1");
  });

  it("405 to other methods", async () => {
    const answer = await bench.client().send("", {}, "PUT");
    expect(answer).toMatchObject({
      status: 405,
      text: "Expecting one of { 'POST' }, but received 'PUT'",
    });
    expect(answer.headers.allow).toBe("POST");
  });

  it.each([
    [undefined, 400, "Expecting 'Content-Type' to be present"],
    ["text/plain", 415, "Expecting 'Content-Type' of application/json or application/x-protobuf"],
  ])("to content type %s %d", async (type, status, text) => {
    const answer = await bench.client().send(subscribe, { "content-type": type });
    expect(answer).toMatchObject({ status, text });
  });

  it.each([
    ["application/json", "{"],
    ["application/json", "[]"],
    ["application/json", ""],
    ["application/x-protobuf", "\xff\xff\xff"],
  ])("400 to what is no call in %s", async (type, body) => {
    const answer = await bench.client().send(body, { "content-type": type });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toBe("");
  });

  it.each([
    [{}, "Expecting 'type' to be present"],
    [{ type: "SUBSCRIBE" }, "Expecting 'subscribe' to be present"],
    [{ type: "REVIVE" }, "Expecting 'framework_id' to be present"],
    [{ type: "KILL", framework_id: { value: "f" } }, "Expecting 'kill' to be present"],
    // The way npm mesos-framework 0.5.3 sends it.
    [
      { type: "SHUTDOWN", framework_id: { value: "f" }, kill: { task_id: { value: "a" } } },
      "Expecting 'shutdown' to be present",
    ],
    [
      { type: "SUBSCRIBE", framework_id: { value: "f" }, subscribe: { framework_info: sparkInfo } },
      "'framework_id' differs from 'subscribe.framework_info.id'",
    ],
  ])("400 to %j", async (call, problem) => {
    expect(await bench.client().send(JSON.stringify(call))).toMatchObject({
      status: 400,
      text: `Failed to validate scheduler::Call: ${problem}`,
    });
  });

  it("406 where the client takes neither encoding", async () => {
    const answer = await bench.client().send(subscribe, { accept: "text/html" });
    expect(answer).toMatchObject({
      status: 406,
      text: "Expecting 'Accept' to allow 'application/json' or 'application/x-protobuf'",
    });
  });

  it("400 to a SUBSCRIBE that names a stream", async () => {
    const answer = await bench.client().send(subscribe, { "mesos-stream-id": "x" });
    expect(answer).toMatchObject({
      status: 400,
      text: "Subscribe calls should not include the 'Mesos-Stream-Id' header",
    });
  });

  it("400 to a framework it does not know", async () => {
    const call = { type: "REVIVE", framework_id: { value: "nobody" } };
    expect(await bench.client().send(JSON.stringify(call))).toMatchObject({
      status: 400,
      text: "Framework cannot be found",
    });
  });

  it("403 to one that is not connected, 400 to calls of another stream or of none", async () => {
    const client = await bench.subscribed();
    const id = client.frameworkId;
    const revive = { type: "REVIVE", framework_id: { value: id } } as const;
    expect(await client.send(JSON.stringify(revive))).toMatchObject({
      status: 400,
      text: "All non-subscribe calls should include the 'Mesos-Stream-Id' header",
    });
    expect(await client.call(revive, { "mesos-stream-id": "other" })).toMatchObject({
      status: 400,
      text: `The stream ID 'other' included in this request didn't match the stream ID currently associated with framework ID '${id}'`,
    });
    client.close();
    await bench.until("the kernel to know", () =>
      bench.acting.control.frameworks().some((one) => one.id === id && !one.connected)
        ? true
        : undefined,
    );
    expect(await client.call(revive)).toMatchObject({
      status: 403,
      text: "Framework is not subscribed",
    });
  });

  it("413 to a body of 100 MB, before it has come", async () => {
    const answer = await bench.client().send(subscribe, { "content-length": "104857600" });
    expect(answer).toMatchObject({ status: 413, text: "A call has at most 4194304 bytes" });
  });

  it("413 to a body that does not say how large it is, as soon as it is too large", async () => {
    const body = Buffer.alloc(5 * 1024 * 1024, 0x20);
    const answer = await bench.client().send(body, { "transfer-encoding": "chunked" });
    expect(answer).toMatchObject({ status: 413 });
  });
});

describe("a framework's principal", () => {
  it("is who has authenticated by Basic, with the token as password", async () => {
    const client = bench.client(undefined, basic("ann", bench.server.token));
    await bench.during(client.subscribe());
    await bench.until("its id", () => (client.frameworkId === "" ? undefined : true));
    const view = bench.acting.control.frameworks().find(({ id }) => id === client.frameworkId);
    expect(view?.info.principal).toBe("ann");
    const other = bench.client(undefined, basic("bob", bench.server.token));
    other.frameworkId = client.frameworkId;
    other.streamId = client.streamId;
    expect(await other.call({ type: "REVIVE" })).toMatchObject({
      status: 403,
      text: "Authenticated principal 'bob' does not match principal 'ann' set in `FrameworkInfo`",
    });
    expect(await client.call({ type: "REVIVE" })).toMatchObject({ status: 202 });
  });

  it("must be that one where it names one itself", async () => {
    const client = bench.client(undefined, basic("ann", bench.server.token));
    const answer = await bench.during(client.subscribe({ ...sparkInfo, principal: "bob" }));
    expect(answer).toEqual({
      status: 400,
      text: "Failed to validate scheduler::Call: Authenticated principal 'ann' does not match principal 'bob' set in `FrameworkInfo`",
    });
  });

  it("opens no other route by Basic", async () => {
    const client = bench.client(undefined, basic("ann", bench.server.token));
    const answer = await client.send("", {}, "GET", "/v1/tasks");
    expect(answer.status).toBe(401);
  });
});

it("fields that nobody knows are passed over", async () => {
  const client = bench.client();
  const info = { ...sparkInfo, future: { x: [1] }, checkpoint: null };
  const answer = await bench.during(client.subscribe(info as unknown as typeof sparkInfo));
  expect(answer.status).toBe(200);
});
