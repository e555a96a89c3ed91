import type { FrameworkView } from "../contract/index";
import type { FrameworkInfo, KnownFramework } from "../model/framework";
import { plainFramework } from "../model/framework";
import { roleProblem } from "../model/role";
import type { SchedulerCall, SchedulerEvent } from "../model/scheduler";
import { isTerminal } from "../model/task";
import { ControlError } from "../ports/control";
import type { SchedulerListener, SubscribeRequest, Subscription } from "../ports/frameworks";
import type { DesiredWriter } from "./desired-writer";
import type { KernelEvent } from "./events";
import type { Kernel } from "./kernel";

/** What the schedulers of one term need of it. */
export interface SchedulersWorld {
  readonly term: number;
  readonly kernel: Kernel;
  readonly writer: DesiredWriter;
  dispatch(event: KernelEvent): void;
  wallMs(): number;
  nowMs(): number;
}

/** Frameworks that may be known to the store at once: each costs a key, and time in every change of master. */
const frameworksLimit = 5000;
/** It is a key of the store, and part of the names of containers. */
const idRule = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const idRuleText =
  "must be 1 to 128 of A-Z, a-z, 0-9, '.', '_', '-', beginning with a letter or digit";

/** The connected schedulers of external frameworks, at most one a framework: the newest. */
export class Schedulers {
  private readonly connected = new Map<string, Connection>();
  private made = 0;
  private over: string | undefined;

  constructor(private readonly world: SchedulersWorld) {}

  async subscribe(request: SubscribeRequest, listener: SchedulerListener): Promise<Subscription> {
    const { kernel, term } = this.world;
    const id = request.frameworkId ?? this.newId();
    refuseWrongRoles(request.info);
    this.refuseOthers({ id, info: request.info });
    await this.store({ id, info: request.info });
    if (this.over !== undefined) throw new ControlError("deposed", this.over);
    if (kernel.wasRemoved(id)) throw removedError(id);
    this.connected
      .get(id)
      ?.listener.ended("failed-over", "another scheduler of this framework has subscribed");
    const connection = new Connection(id, listener, this, term);
    this.connected.set(id, connection);
    const { info, suppressedRoles } = request;
    this.world.dispatch({ kind: "subscribe", framework: { id, info }, suppressedRoles });
    return connection;
  }

  async update(connection: Connection, info: FrameworkInfo): Promise<void> {
    refuseWrongRoles(info);
    const framework = { id: connection.frameworkId, info };
    this.refuseOthers(framework);
    await this.store(framework);
    if (this.holds(connection)) this.world.dispatch({ kind: "update-framework", framework });
  }

  async teardown(id: string): Promise<void> {
    const { kernel, writer } = this.world;
    await writer.settled();
    const known = kernel.frameworks().get(id);
    if (!known || known.builtIn) throw unknownFramework(kernel, id);
    await writer.commit([{ kind: "delete-framework", id }]);
    this.world.dispatch({ kind: "teardown", framework: id });
    this.removed(id, "the framework was torn down");
  }

  /** The kernel has removed it: it did not come back in time. */
  expired(id: string): void {
    void this.world.writer.commit([{ kind: "delete-framework", id }]).catch(() => undefined);
    this.removed(id, "its failover timeout is over");
  }

  deliver(id: string, event: SchedulerEvent): void {
    this.connected.get(id)?.listener.event(event);
  }

  call(connection: Connection, call: SchedulerCall): void {
    const framework = connection.frameworkId;
    if (this.holds(connection)) this.world.dispatch({ kind: "call", framework, call });
  }

  disconnect(connection: Connection): void {
    if (!this.holds(connection)) return;
    this.connected.delete(connection.frameworkId);
    this.world.dispatch({ kind: "disconnect", framework: connection.frameworkId });
  }

  /** The term is over. */
  stop(reason: string): void {
    this.over = `this agent is not the master any more (${reason}): ask again, the new master will answer`;
    const all = [...this.connected.values()];
    this.connected.clear();
    for (const { listener } of all) listener.ended("deposed", this.over);
  }

  views(): FrameworkView[] {
    const { kernel } = this.world;
    const aheadMs = this.world.wallMs() - this.world.nowMs();
    const live = new Map<string, number>();
    for (const { spec, status } of kernel.tasks())
      if (!isTerminal(status.state)) live.set(spec.framework, (live.get(spec.framework) ?? 0) + 1);
    return [...kernel.frameworks().values()].map((one) => ({
      id: one.id,
      info: one.info ?? plainFramework(one.id, one.roles),
      builtIn: one.builtIn,
      connected: one.connected,
      removedAtMs: one.removeAtMs === undefined ? undefined : one.removeAtMs + aheadMs,
      tasks: live.get(one.id) ?? 0,
      offers: one.offers.size,
    }));
  }

  /** A scheduler that comes back as it was needs no store: it may be away. */
  private async store(framework: KnownFramework): Promise<void> {
    const { writer, kernel } = this.world;
    const { id } = framework;
    const stored = writer.desired.frameworks?.[id];
    if (stored && sameInfo(stored.info, framework.info)) return;
    await writer.settled();
    const known = Object.keys(writer.desired.frameworks ?? {}).length;
    if (!stored && known >= frameworksLimit)
      throw new ControlError(
        "conflict",
        `${known} frameworks are known, the most there may be: tear down one that is not needed`,
      );
    if (kernel.wasRemoved(id)) throw removedError(id);
    await writer.commit([{ kind: "put-framework", framework }]);
  }

  /** One that nobody can have chosen for himself before. */
  private newId(): string {
    const { kernel, writer, term } = this.world;
    const taken = (id: string): boolean =>
      kernel.frameworks().has(id) ||
      kernel.wasRemoved(id) ||
      writer.desired.frameworks?.[id] !== undefined;
    let id = `f${term}-${++this.made}`;
    while (taken(id)) id = `f${term}-${++this.made}`;
    return id;
  }

  /** An id is the key to a framework's tasks: it opens none that are built in, or another principal's. */
  private refuseOthers({ id, info }: KnownFramework): void {
    const { kernel, writer } = this.world;
    if (!idRule.test(id))
      throw new ControlError("invalid", `framework id '${id.slice(0, 40)}': ${idRuleText}`);
    if (kernel.wasRemoved(id)) throw removedError(id);
    const known = kernel.frameworks().get(id);
    if (known?.builtIn === true)
      throw new ControlError(
        "conflict",
        `framework '${id}' is built in: it has no other scheduler`,
      );
    const owner = (known?.info ?? writer.desired.frameworks?.[id]?.info)?.principal;
    if (owner !== undefined && owner !== info.principal)
      throw new ControlError("conflict", `framework '${id}' belongs to another principal`);
  }

  private removed(id: string, reason: string): void {
    const connection = this.connected.get(id);
    this.connected.delete(id);
    connection?.listener.ended("removed", reason);
  }

  private holds(connection: Connection): boolean {
    return this.connected.get(connection.frameworkId) === connection;
  }
}

class Connection implements Subscription {
  constructor(
    readonly frameworkId: string,
    readonly listener: SchedulerListener,
    private readonly schedulers: Schedulers,
    readonly term: number,
  ) {}

  call(call: SchedulerCall): void {
    this.schedulers.call(this, call);
  }

  update(info: FrameworkInfo): Promise<void> {
    return this.schedulers.update(this, info);
  }

  disconnect(): void {
    this.schedulers.disconnect(this);
  }
}

function refuseWrongRoles({ roles }: FrameworkInfo): void {
  if (roles.length === 0)
    throw new ControlError("invalid", "roles: a framework is in one at least");
  for (const role of roles) {
    const problem = roleProblem(role);
    if (problem !== undefined) throw new ControlError("invalid", `role '${role}': ${problem}`);
  }
}

function removedError(id: string): ControlError {
  const message = `framework '${id}' was removed: subscribe without an id to be a new one`;
  return new ControlError("gone", message);
}

function unknownFramework(kernel: Kernel, id: string): ControlError {
  const known = [...kernel.frameworks().values()].filter(({ builtIn }) => !builtIn);
  const names = known.map((one) => one.id).sort();
  const message = `there is no external framework '${id}'; known are: ${names.join(", ") || "none"}`;
  return new ControlError("not-found", message);
}

function sameInfo(a: FrameworkInfo, b: FrameworkInfo): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

/** In one order of fields, whether it was made here or read from the store. */
function comparable(info: FrameworkInfo): unknown {
  const { name, user, principal, roles, capabilities, failoverTimeoutMs } = info;
  const { hostname, webuiUrl, labels } = info;
  const people = [hostname, webuiUrl, Object.entries(labels).sort()];
  return [name, user, principal, roles, [...capabilities].sort(), failoverTimeoutMs, people];
}
