import { sparkInfo, type MesosClient } from "../../../test/fakes/mesos-client";
import { SchedulerBench } from "../../../test/fakes/scheduler-bench";

let bench: SchedulerBench;
beforeEach(async () => {
  bench = await SchedulerBench.listen("127.77.30.21");
});
afterEach(() => bench.close());

const isConnected = (id: string): boolean | undefined =>
  bench.acting.control.frameworks().find((one) => one.id === id)?.connected;

const ended = (client: MesosClient): Promise<true> =>
  bench.until("the end of the stream", () => (client.ended ? true : undefined));

const disconnected = (id: string): Promise<true> =>
  bench.until("the kernel to know", () => (isConnected(id) === false ? true : undefined));

const withId = (client: MesosClient): typeof sparkInfo => ({
  ...sparkInfo,
  id: { value: client.frameworkId },
});

describe("the stream of a scheduler", () => {
  it("ends after ERROR when another scheduler of the framework subscribes; the framework goes on", async () => {
    const first = await bench.subscribed();
    const second = await bench.subscribed(withId(first));
    await ended(first);
    expect(first.events.at(-1)).toEqual({
      type: "ERROR",
      error: { message: "Framework failed over" },
    });
    expect(second.frameworkId).toBe(first.frameworkId);
    expect(second.streamId).not.toBe(first.streamId);
    expect(isConnected(first.frameworkId)).toBe(true);
    expect(await first.call({ type: "REVIVE" })).toMatchObject({ status: 400 });
    expect(await second.call({ type: "REVIVE" })).toMatchObject({ status: 202 });
  });

  it("ends without a word when the master changes, and the next master knows the framework", async () => {
    const client = await bench.subscribed();
    bench.changeMaster();
    await ended(client);
    expect(client.of("ERROR")).toEqual([]);
    expect(await client.call({ type: "REVIVE" })).toMatchObject({
      status: 403,
      text: "Framework is not subscribed",
    });
    const again = await bench.subscribed(withId(client));
    expect(again.frameworkId).toBe(client.frameworkId);
  });

  it("ends with the framework's id where that was removed, by an event as in Mesos", async () => {
    const client = await bench.subscribed();
    await bench.during(client.call({ type: "TEARDOWN" }));
    await ended(client);
    const again = bench.client();
    expect(await bench.during(again.subscribe(withId(client)))).toMatchObject({ status: 200 });
    await ended(again);
    expect(again.events).toEqual([
      { type: "ERROR", error: { message: "Framework has been removed" } },
    ]);
  });

  it("that its client breaks disconnects the framework, its offers go back", async () => {
    const client = await bench.subscribed();
    client.close();
    await disconnected(client.frameworkId);
    expect(bench.acting.control.frameworks()[1]).toMatchObject({ offers: 0 });
  });

  it("whose client says that it sends no more is not half open: it ends", async () => {
    const client = await bench.subscribed();
    client.stream?.socket.end();
    expect(await disconnected(client.frameworkId)).toBe(true);
  });

  it("of a client that does not read is cut before it fills the agent's memory", async () => {
    const client = await bench.subscribed();
    client.stream?.pause();
    const tasks = Array.from({ length: 5000 }, (_, index) => ({
      task_id: { value: `${"x".repeat(150)}-${index}` },
    }));
    for (let call = 0; call < 12 && isConnected(client.frameworkId) === true; call += 1)
      await bench.during(client.call({ type: "RECONCILE", reconcile: { tasks } }));
    await disconnected(client.frameworkId);
    expect(bench.warnings).toEqual(["a scheduler does not read its events: its stream is cut"]);
  }, 60_000);

  it("of a framework that hoards brings back what it holds: its offers are rescinded", async () => {
    const hoarder = await bench.subscribed();
    const held = bench.offers(hoarder).length;
    const hungry = bench.client();
    await bench.during(hungry.subscribe({ ...sparkInfo, name: "hungry" }));
    await bench.cluster.clock.advanceSettled(31_000);
    await bench.until("offers for the other", () =>
      bench.offers(hungry).length > 0 ? true : undefined,
    );
    expect(hoarder.of("RESCIND")).toHaveLength(held);
  });
});
