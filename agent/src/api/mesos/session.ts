import { limits } from "../../contract/index";
import type { FrameworkInfo } from "../../model/framework";
import type { SchedulerCall, SchedulerEvent } from "../../model/scheduler";
import type { Clock, Timer } from "../../ports/clock";
import type { AgentControl } from "../../ports/control";
import type { SchedulerListener, Subscription } from "../../ports/frameworks";
import type { Log } from "../../ports/log";
import type { EventStream } from "../../ports/scheduler-door";
import { encodeEvent, type MediaType } from "./codec";
import { launchesOf, type Launches } from "./launches";
import { heartbeatSeconds, toMesosEvent } from "./mesos-event";
import type { MesosCall, MesosEvent } from "./messages";
import { OfferBook } from "./offer-book";
import { frame } from "./recordio";

export interface SessionWorld {
  readonly agent: AgentControl;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is said at the end; undefined: nothing, the client is to look for the new master. */
const farewells: Readonly<Record<Cause, string | undefined>> = {
  "failed-over": "Framework failed over",
  removed: "Framework has been removed",
  deposed: undefined,
};

type Cause = Parameters<SchedulerListener["ended"]>[0];

const heartbeatMs = heartbeatSeconds * 1000;
/** A client that has taken nothing of what is queued for so many heartbeats is gone, whatever its connection says. */
const stalledHeartbeats = 6;

/** One scheduler's stream of events, from its SUBSCRIBE until it ends. */
export class Session implements SchedulerListener {
  private readonly offers = new OfferBook();
  private subscription: Subscription | undefined;
  private stream: EventStream | undefined;
  private heartbeat: Timer | undefined;
  /** What came before the stream was open. */
  private early: MesosEvent[] = [];
  private over = false;
  /** Its stream was cut: what comes now is for nobody, until its end is known. */
  private lost = false;
  private readonly suppressed: Set<string>;
  private written = 0;
  private stalled = { taken: 0, heartbeats: 0 };

  readonly streamId: string;
  readonly type: MediaType;
  private info: FrameworkInfo;

  constructor(
    private readonly world: SessionWorld,
    subscribed: {
      readonly streamId: string;
      readonly type: MediaType;
      readonly info: FrameworkInfo;
      readonly suppressedRoles: readonly string[];
    },
  ) {
    this.streamId = subscribed.streamId;
    this.type = subscribed.type;
    this.info = subscribed.info;
    this.suppressed = new Set(subscribed.suppressedRoles);
  }

  get frameworkId(): string {
    return this.subscription?.frameworkId ?? "";
  }

  /** It has ended, though its connection may have something to send yet. */
  get isOver(): boolean {
    return this.over;
  }

  get principal(): string | undefined {
    return this.info.principal;
  }

  /** The kernel has it: from now on its events go to the client. */
  begin(subscription: Subscription, stream: EventStream): void {
    this.subscription = subscription;
    this.stream = stream;
    const { early } = this;
    this.early = [];
    for (const event of early) this.send(event);
    if (this.over) stream.end();
    else this.scheduleHeartbeat();
  }

  event(event: SchedulerEvent): void {
    if (this.over) return;
    if (event.kind === "offers") this.offers.add(event.offers);
    if (event.kind === "rescind") this.offers.remove([event.offerId]);
    const { agent } = this.world;
    const framework = event.kind === "subscribed" ? event.framework : this.frameworkOf(event);
    const { capabilities } = this.info;
    const said = toMesosEvent(event, { agent, framework, capabilities });
    if (said !== undefined) this.send(said);
    else if (event.kind === "update") this.acknowledgeUnsaid(event.status);
  }

  ended(cause: Cause, reason: string): void {
    if (this.over) return;
    const message = farewells[cause];
    if (message !== undefined) this.send({ type: "ERROR", error: { message } });
    this.world.log.info("scheduler's stream ends", { framework: this.frameworkId, cause, reason });
    this.finish();
  }

  /** Its connection has ended, by whoever's doing. */
  closed(): void {
    const was = this.over;
    this.finish();
    if (was) return;
    this.world.log.info("scheduler has disconnected", { framework: this.frameworkId });
    this.subscription?.disconnect();
  }

  tell(call: SchedulerCall): void {
    if (call.kind === "decline") this.offers.remove(call.offerIds);
    const { roles } = this.info;
    if (call.kind === "suppress") for (const role of call.roles ?? roles) this.suppressed.add(role);
    if (call.kind === "revive")
      for (const role of call.roles ?? roles) this.suppressed.delete(role);
    this.subscription?.call(call);
  }

  /** Throws CallRefused. */
  accept(accept: NonNullable<MesosCall["accept"]>): void {
    const { call, turnedDown }: Launches = launchesOf(accept, this.frameworkId, this.offers);
    this.offers.remove((accept.offer_ids ?? []).map(({ value }) => value));
    const timestamp = this.world.clock.wallMs() / 1000;
    for (const status of turnedDown)
      this.send({ type: "UPDATE", update: { status: { ...status, timestamp } } });
    this.subscription?.call(call);
  }

  /** `suppressedRoles` are all there are to be. Throws ControlError. */
  async update(info: FrameworkInfo, suppressedRoles: readonly string[]): Promise<void> {
    await this.subscription?.update(info);
    this.info = info;
    const revived = [...this.suppressed].filter((role) => !suppressedRoles.includes(role));
    const added = suppressedRoles.filter((role) => !this.suppressed.has(role));
    if (revived.length > 0) this.tell({ kind: "revive", roles: revived });
    if (added.length > 0) this.tell({ kind: "suppress", roles: added });
  }

  /** The agent ends. */
  close(): void {
    this.finish();
    this.subscription?.disconnect();
  }

  private frameworkOf(event: SchedulerEvent): string {
    return event.kind === "update" ? event.spec.framework : this.frameworkId;
  }

  /** It would be said again and again; the kernel must not be called from inside its event. */
  private acknowledgeUnsaid({ taskId, uuid }: { taskId: string; uuid: string }): void {
    if (uuid === "") return;
    queueMicrotask(() => this.tell({ kind: "acknowledge", taskId, uuid }));
  }

  private send(event: MesosEvent): void {
    const { stream } = this;
    if (this.lost) return;
    if (!stream) {
      this.early.push(event);
      return;
    }
    const record = frame(encodeEvent(this.type, event));
    stream.write(record);
    this.written += record.length;
    const queued = stream.queuedBytes();
    if (queued > limits.mesosQueuedBytes) this.cut(stream, `${queued} bytes are queued`);
  }

  private cut(stream: EventStream, why: string): void {
    const framework = this.frameworkId;
    this.lost = true;
    this.world.log.warn("a scheduler does not read its events: its stream is cut", {
      framework,
      why,
    });
    stream.cut();
  }

  private scheduleHeartbeat(): void {
    this.heartbeat = this.world.clock.after(heartbeatMs, () => {
      const { stream } = this;
      if (!stream || this.over) return;
      if (this.isStalled(stream)) {
        this.cut(stream, `nothing was read for ${stalledHeartbeats * heartbeatSeconds} s`);
        return;
      }
      this.send({ type: "HEARTBEAT" });
      this.scheduleHeartbeat();
    });
  }

  private isStalled(stream: EventStream): boolean {
    const queued = stream.queuedBytes();
    const taken = this.written - queued;
    const before = this.stalled;
    const waits = queued > 0 && taken <= before.taken;
    this.stalled = { taken, heartbeats: waits ? before.heartbeats + 1 : 0 };
    return this.stalled.heartbeats >= stalledHeartbeats;
  }

  private finish(): void {
    this.over = true;
    this.heartbeat?.cancel();
    this.stream?.end();
  }
}
