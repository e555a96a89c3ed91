import { FakeControl } from "../../../test/fakes/control";
import { sparkInfo } from "../../../test/fakes/mesos-client";
import { silentLog } from "../../../test/fakes/silent-log";
import { VirtualClock } from "../../../test/fakes/virtual-clock";
import { limits } from "../../contract/index";
import { ControlError } from "../../ports/control";
import type { SubscribeRequest, Subscription } from "../../ports/frameworks";
import type { SchedulerAnswer, SchedulerCaller } from "../../ports/scheduler-door";
import { createSchedulerApi } from "./scheduler-api";

/** A kernel's door that lets all in, or fails. */
class Door extends FakeControl {
  readonly disconnected: string[] = [];
  failure: Error | undefined;

  override subscribe({ frameworkId }: SubscribeRequest = anyone): Promise<Subscription> {
    if (this.failure) return Promise.reject(this.failure);
    const id = frameworkId ?? "f";
    return Promise.resolve({
      frameworkId: id,
      term: 1,
      call: () => undefined,
      update: () => Promise.resolve(),
      disconnect: () => void this.disconnected.push(id),
    });
  }
}
const anyone: SubscribeRequest = {
  frameworkId: undefined,
  info: {} as SubscribeRequest["info"],
  suppressedRoles: [],
};

function bench() {
  const control = new Door();
  const api = createSchedulerApi({ clock: new VirtualClock(), log: silentLog });
  const opened: string[] = [];
  const subscribe = (
    id: string,
    gone = false,
    more: object = {},
  ): Promise<SchedulerAnswer | undefined> => {
    const caller: SchedulerCaller = {
      gone: () => gone,
      open: () => {
        opened.push(id);
        const nothing = (): void => undefined;
        return { write: nothing, queuedBytes: () => 0, end: nothing, cut: nothing };
      },
    };
    const framework_id = { value: id };
    const framework_info = { ...sparkInfo, id: framework_id };
    const call = { type: "SUBSCRIBE", framework_id, subscribe: { framework_info, ...more } };
    const request = {
      mediaType: "application/json",
      body: Buffer.from(JSON.stringify(call)),
      accept: undefined,
      streamId: undefined,
      principal: undefined,
      from: "127.0.0.1",
    } as const;
    return api.answer(request, { agent: control, master: control }, caller);
  };
  return { control, api, opened, subscribe };
}

describe("subscriptions", () => {
  it("are bounded; one that is there may come back all the same", async () => {
    const { subscribe, opened } = bench();
    for (let made = 0; made < limits.mesosSubscriptions; made += 1)
      expect(await subscribe(`f${made}`)).toBeUndefined();
    expect(await subscribe("late")).toEqual({
      status: 503,
      headers: { "content-type": "text/plain; charset=utf-8", "retry-after": "5" },
      body: "256 schedulers are connected, the most there may be",
    });
    expect(await subscribe("f7")).toBeUndefined();
    expect(opened).toHaveLength(limits.mesosSubscriptions + 1);
  });

  it("that nobody waits for any more are given back", async () => {
    const { subscribe, opened, control } = bench();
    await subscribe("f1", true);
    expect(opened).toEqual([]);
    expect(control.disconnected).toEqual(["f1"]);
  });

  it("end with the agent", async () => {
    const { subscribe, api, control } = bench();
    await subscribe("f1");
    api.close();
    expect(control.disconnected).toEqual(["f1"]);
  });

  it.each([
    ["store-unavailable", "5"],
    ["recovering", "1"],
    ["deposed", "1"],
  ] as const)("are put off while the master is %s", async (fault, after) => {
    const { subscribe, control } = bench();
    control.failure = new ControlError(fault, "why");
    const answer = await subscribe("f1");
    expect(answer).toMatchObject({ status: 503, headers: { "retry-after": after }, body: "why" });
  });

  it("with constraints on offers are refused: they would not be heeded", async () => {
    const { subscribe } = bench();
    const answer = await subscribe("f1", false, { offer_constraints: { role_constraints: {} } });
    expect(answer).toMatchObject({ status: 400 });
  });

  it("that fail by a fault of ours fail as such", async () => {
    const { subscribe, control } = bench();
    control.failure = new TypeError("a bug");
    await expect(subscribe("f1")).rejects.toThrow("a bug");
  });
});
