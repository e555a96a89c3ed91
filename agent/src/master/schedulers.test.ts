import { frameworkInfo } from "../../test/fakes/kernel-bench";
import { MasterBench } from "../../test/fakes/master-bench";
import { taskSpec } from "../../test/fakes/specs";
import type { FrameworkInfo } from "../model/framework";
import type { SchedulerEvent } from "../model/scheduler";
import type { Subscription } from "../ports/frameworks";
import type { Master } from "./master";

/** A scheduler of an external framework that launches one task on the first offer and acknowledges all. */
class Scheduler {
  readonly heard: string[] = [];
  subscription: Subscription | undefined;

  constructor(
    private readonly bench: MasterBench,
    private readonly task?: string,
  ) {}

  async subscribe(master: Master, frameworkId?: string, info?: Partial<FrameworkInfo>) {
    const request = { frameworkId, info: frameworkInfo(info), suppressedRoles: [] };
    const listener = {
      event: (event: SchedulerEvent) => void this.bench.clock.after(1, () => this.answer(event)),
      ended: (cause: string) => void this.heard.push(`ended ${cause}`),
    };
    const subscribed = master.control.subscribe(request, listener).then((subscription) => {
      this.subscription = subscription;
      return subscription.frameworkId;
    });
    return this.bench.settled(subscribed);
  }

  private answer(event: SchedulerEvent): void {
    const { subscription: own } = this;
    if (event.kind === "update") {
      const { taskId, state, uuid } = event.status;
      this.heard.push(`${taskId} ${state}`);
      if (uuid !== "") own?.call({ kind: "acknowledge", taskId, uuid });
    } else this.heard.push(event.kind);
    if (event.kind !== "offers" || !own) return;
    const [first] = event.offers;
    const tasks = this.task ? [taskSpec(this.task, { framework: own.frameworkId })] : [];
    if (first) own.call({ kind: "accept", offerIds: [first.id], tasks, refuseMs: 3_600_000 });
  }
}

async function running(info?: Partial<FrameworkInfo>) {
  const bench = new MasterBench("n1");
  const master = bench.master("n1");
  master.start(1);
  bench.attachAll("n1");
  await bench.clock.advanceSettled(100);
  const scheduler = new Scheduler(bench, "a");
  const id = await scheduler.subscribe(master, undefined, info);
  await bench.clock.advanceSettled(100);
  return { bench, master, scheduler, id };
}

describe("an external framework", () => {
  it("is given an id, stored, and served like those that are built in", async () => {
    const { bench, master, scheduler, id } = await running();
    expect(bench.store.state.frameworks).toMatchObject({ [id]: { id, info: { name: "spark" } } });
    expect(scheduler.heard).toEqual(["subscribed", "offers", "a TASK_RUNNING"]);
    expect(master.control.frameworks()).toMatchObject([
      { id: "services", builtIn: true },
      { id, builtIn: false, connected: true, tasks: 1, removedAtMs: undefined },
    ]);
  });

  it("has one scheduler at a time: the newest", async () => {
    const { bench, master, scheduler, id } = await running();
    const next = new Scheduler(bench);
    expect(await next.subscribe(master, id)).toBe(id);
    await bench.clock.advanceSettled(100);
    expect(scheduler.heard.at(-1)).toBe("ended failed-over");
    scheduler.subscription?.call({ kind: "kill", taskId: "a", reason: "late" });
    scheduler.subscription?.disconnect();
    await bench.clock.advanceSettled(100);
    expect(bench.tasks()).toEqual(["a"]);
    next.subscription?.call({ kind: "kill", taskId: "a", reason: "wanted" });
    await bench.clock.advanceSettled(100);
    expect(next.heard).toContain("a TASK_KILLED");
  });

  it("finds its tasks again under another master, which waits for it as long as it had asked for", async () => {
    const { bench, master, scheduler, id } = await running();
    master.stop("killed");
    expect(scheduler.heard.at(-1)).toBe("ended deposed");
    const next = bench.master("n1");
    next.start(2);
    bench.attachAll("n1");
    await bench.clock.advanceSettled(59_000);
    const again = new Scheduler(bench);
    await again.subscribe(next, id);
    again.subscription?.call({ kind: "reconcile", tasks: [] });
    await bench.clock.advanceSettled(5000);
    expect(again.heard).toContain("a TASK_RUNNING");
    expect(bench.tasks()).toEqual(["a"]);
  });

  it("is removed, from the store too, when no scheduler of it comes back in time", async () => {
    const { bench, master, scheduler, id } = await running();
    scheduler.subscription?.disconnect();
    await bench.clock.advanceSettled(61_000);
    expect(bench.tasks()).toEqual([]);
    expect(bench.store.state.frameworks).toEqual({});
    await expect(new Scheduler(bench).subscribe(master, id)).rejects.toMatchObject({
      fault: "gone",
      message: `framework '${id}' was removed: subscribe without an id to be a new one`,
    });
  });

  it("can be torn down by an operator", async () => {
    const { bench, master, scheduler, id } = await running();
    await bench.settled(master.control.teardown(id));
    await bench.clock.advanceSettled(100);
    expect(scheduler.heard.at(-1)).toBe("ended removed");
    expect(bench.tasks()).toEqual([]);
    await expect(bench.settled(master.control.teardown("services"))).rejects.toMatchObject({
      fault: "not-found",
      message: "there is no external framework 'services'; known are: none",
    });
  });

  it("comes back as it was also while the store is away; a new one is told to wait", async () => {
    const { bench, master, id } = await running();
    bench.store.away = "Consul is down";
    const again = new Scheduler(bench);
    expect(await again.subscribe(master, id)).toBe(id);
    await expect(new Scheduler(bench).subscribe(master)).rejects.toMatchObject({
      fault: "store-unavailable",
    });
  });

  it.each([
    ["services", undefined, "framework 'services' is built in: it has no other scheduler"],
    ["f1-1", undefined, "framework 'f1-1' belongs to another principal"],
    ["f1-1", "bob", "framework 'f1-1' belongs to another principal"],
    ["../term", "ann", "framework id '../term': must be 1 to 128 of"],
  ])(
    "cannot be had by id %s and principal %s where it is not one's own",
    async (id, principal, why) => {
      const { bench, master } = await running({ principal: "ann" });
      const before = bench.store.state;
      const refused = new Scheduler(bench).subscribe(master, id, { principal });
      await expect(refused).rejects.toThrow(why);
      expect(bench.store.state).toBe(before);
      expect(bench.tasks()).toEqual(["a"]);
    },
  );

  it("that has chosen the next id for itself does not share it with the next that is given one", async () => {
    const { bench, master } = await running();
    const own = new Scheduler(bench);
    expect(await own.subscribe(master, "f1-2")).toBe("f1-2");
    expect(await new Scheduler(bench).subscribe(master)).toBe("f1-3");
    expect(own.heard).not.toContain("ended failed-over");
  });

  it("stays removed where the store was away when its time was over", async () => {
    const { bench, master, scheduler, id } = await running();
    scheduler.subscription?.disconnect();
    bench.store.away = "Consul is down";
    await bench.clock.advanceSettled(61_000);
    expect(bench.store.state.frameworks).toHaveProperty([id]);
    bench.store.away = undefined;
    await bench.clock.advanceSettled(10_000);
    expect(bench.store.state.frameworks).toEqual({});
    expect(master.control.frameworks()).toMatchObject([{ id: "services" }]);
  });

  it.each([
    [[], "roles: a framework is in one at least"],
    [["eng/../ops"], "role 'eng/../ops': no part of a role's name may be '..'"],
    [["a b"], "role 'a b': a role's name must be without space, backslash and control characters"],
  ])("cannot be in roles %j", async (roles, message) => {
    const { bench, master } = await running();
    const refused = new Scheduler(bench).subscribe(master, undefined, { roles });
    await expect(refused).rejects.toMatchObject({ fault: "invalid", message });
  });
});

describe("what is said of a role", () => {
  const eng = { name: "eng", weight: 3, guarantee: { cpus: 1 }, limit: { cpus: 2 } };

  it("is stored, acted on, and outlives the master", async () => {
    const { bench, master } = await running();
    expect(await bench.settled(master.control.putRole(eng))).toMatchObject({ weight: 3 });
    master.stop("killed");
    const next = bench.master("n1");
    next.start(2);
    await bench.clock.advanceSettled(100);
    expect(next.control.roles()).toContainEqual(expect.objectContaining(eng));
    await bench.settled(next.control.deleteRole("eng"));
    expect(bench.store.state.roles).toEqual({});
    await expect(bench.settled(next.control.deleteRole("eng"))).rejects.toMatchObject({
      fault: "not-found",
    });
  });

  it("is not denied by a master that has not read the store yet", async () => {
    const { bench, master } = await running();
    await bench.settled(master.control.putRole(eng));
    master.stop("killed");
    const next = bench.master("n1");
    bench.store.away = "Consul is down";
    next.start(2);
    expect(() => next.control.roles()).toThrow("still reading the store");
    await bench.clock.advanceSettled(100);
    expect(() => next.control.roles()).toThrow("the store cannot be written: Consul is down");
    bench.store.away = undefined;
    await bench.clock.advanceSettled(10_000);
    expect(next.control.roles()).toContainEqual(expect.objectContaining({ ...eng, stated: true }));
  });

  it("must not guarantee more than the limit", async () => {
    const { bench, master } = await running();
    const wrong = { ...eng, guarantee: { cpus: 3 } };
    await expect(bench.settled(master.control.putRole(wrong))).rejects.toMatchObject({
      fault: "invalid",
      message: "role 'eng': guarantee.cpus 3 is above its limit 2",
    });
  });
});
