import { FakeControl } from "../../../test/fakes/control";
import { frameworkInfo } from "../../../test/fakes/kernel-bench";
import { silentLog } from "../../../test/fakes/silent-log";
import { taskSpec, taskStatus } from "../../../test/fakes/specs";
import { VirtualClock } from "../../../test/fakes/virtual-clock";
import type { SchedulerCall } from "../../model/scheduler";
import type { EventStream } from "../../ports/scheduler-door";
import { Session } from "./session";

/** A stream whose client takes as many bytes as `taken` says, or all. */
class Stream implements EventStream {
  readonly records: string[] = [];
  taken: number | undefined;
  cuts = 0;
  ends = 0;
  write = (record: Buffer): void => void this.records.push(record.toString());
  queuedBytes = (): number =>
    this.taken === undefined ? 0 : this.records.join("").length - this.taken;
  end = (): void => void (this.ends += 1);
  cut = (): void => void (this.cuts += 1);
}

function begun(roles = ["*"]) {
  const clock = new VirtualClock();
  const stream = new Stream();
  const calls: (SchedulerCall | "disconnect" | "update")[] = [];
  const subscription = {
    frameworkId: "f",
    term: 1,
    call: (call: SchedulerCall) => void calls.push(call),
    update: () => Promise.resolve(void calls.push("update")),
    disconnect: () => void calls.push("disconnect"),
  };
  const world = { agent: new FakeControl(), clock, log: silentLog };
  const info = frameworkInfo({ roles, capabilities: [] });
  const session = new Session(world, {
    streamId: "s",
    type: "application/json",
    info,
    suppressedRoles: [],
  });
  session.event({ kind: "subscribed", framework: "f", term: 1 });
  session.begin(subscription, stream);
  return { clock, stream, calls, session, info };
}

describe("a session", () => {
  it("sends what came before its stream was open, first", () => {
    const { stream } = begun();
    expect(stream.records).toHaveLength(1);
    expect(stream.records[0]).toContain("SUBSCRIBED");
  });

  it("is cut where nothing is read for half a minute, once, and says nothing more", () => {
    const { clock, stream, session, calls } = begun();
    stream.taken = 0;
    clock.advance(60_000);
    expect(stream.cuts).toBe(1);
    const before = stream.records.length;
    session.event({ kind: "rescind", offerId: "o" });
    expect(stream.records).toHaveLength(before);
    session.closed();
    session.closed();
    expect(calls).toEqual(["disconnect"]);
  });

  it("is not cut while something is read", () => {
    const { clock, stream } = begun();
    for (let beat = 0; beat < 20; beat += 1) {
      stream.taken = beat;
      clock.advance(5000);
    }
    expect(stream.cuts).toBe(0);
  });

  it("acknowledges what the framework is not told, after the kernel has finished", async () => {
    const { session, calls, stream } = begun();
    const status = taskStatus("f.a", "n1", "TASK_KILLING", { uuid: "ab" });
    session.event({ kind: "update", status, spec: taskSpec("f.a", { framework: "f" }) });
    expect(calls).toEqual([]);
    await Promise.resolve();
    expect(calls).toEqual([{ kind: "acknowledge", taskId: "f.a", uuid: "ab" }]);
    expect(stream.records).toHaveLength(1);
  });

  it("says nothing of drains, for which Mesos has inverse offers", () => {
    const { session, stream } = begun();
    session.event({ kind: "drain", node: "n1", deadlineMs: 1 });
    session.event({ kind: "drain-cancelled", node: "n1" });
    expect(stream.records).toHaveLength(1);
    session.event({ kind: "failure", node: "n1" });
    expect(stream.records[1]).toContain('{"type":"FAILURE","failure":{"agent_id":{"value":"n1"}}}');
  });

  it("sets the suppressed roles as an update says, whatever they were", async () => {
    const { session, calls, info } = begun(["a", "b", "c"]);
    session.tell({ kind: "suppress", roles: ["a", "b"] });
    await session.update(info, ["b", "c"]);
    expect(calls.slice(1)).toEqual([
      "update",
      { kind: "revive", roles: ["a"] },
      { kind: "suppress", roles: ["c"] },
    ]);
  });

  it("ends once, with what is to be said", () => {
    const { session, stream, calls } = begun();
    session.ended("removed", "torn down");
    session.ended("deposed", "late");
    session.closed();
    expect(stream.records.at(-1)).toContain("Framework has been removed");
    expect(calls).toEqual([]);
  });
});
