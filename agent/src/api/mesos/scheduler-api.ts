/** Mesos' v1 scheduler API (src/master/http.cpp, `Master::Http::scheduler`) in front of the kernel's door for frameworks. */
import { randomUUID } from "node:crypto";
import { limits } from "../../contract/index";
import type { Clock } from "../../ports/clock";
import type { Log } from "../../ports/log";
import { ControlError } from "../../ports/control";
import type {
  SchedulerAnswer,
  SchedulerCaller,
  SchedulerCluster,
  SchedulerDoor,
  SchedulerRequest,
} from "../../ports/scheduler-door";
import { acceptedType } from "./accepted-type";
import { callProblem } from "./call-problem";
import { decodeCall, encodeEvent, encodeResponse, MesosCodecError } from "./codec";
import type { MediaType } from "./codec";
import { toFrameworkInfo } from "./framework-info";
import type { MesosCall } from "./messages";
import { frame } from "./recordio";
import { CallRefused, clip } from "./refusal";
import { toSchedulerCall } from "./scheduler-call";
import { Session } from "./session";
import { Sessions } from "./sessions";

export interface SchedulerApiOptions {
  readonly clock: Clock;
  readonly log: Log;
}

const accepted: SchedulerAnswer = { status: 202, headers: {}, body: "" };
const inSeconds = (seconds: number): Record<string, string> => ({ "retry-after": `${seconds}` });

export function createSchedulerApi(options: SchedulerApiOptions): SchedulerDoor {
  return new SchedulerApi(options);
}

class SchedulerApi implements SchedulerDoor {
  private readonly sessions = new Sessions();
  /** Asked for, and not given a stream yet. */
  private subscribing = 0;

  constructor(private readonly options: SchedulerApiOptions) {}

  async answer(
    request: SchedulerRequest,
    cluster: SchedulerCluster,
    caller: SchedulerCaller,
  ): Promise<SchedulerAnswer | undefined> {
    try {
      const call = readCall(request);
      if (call.type === "SUBSCRIBE") return await this.subscribe(call, request, cluster, caller);
      const answerType = call.type === "RECONCILE_OPERATIONS" ? answerTypeOf(request) : undefined;
      const session = this.sessionOf(call, request, cluster);
      return await this.take(call, { session, request, cluster, answerType });
    } catch (error) {
      return refusal(error);
    }
  }

  close(): void {
    this.sessions.close();
  }

  private async subscribe(
    { subscribe }: MesosCall,
    request: SchedulerRequest,
    cluster: SchedulerCluster,
    caller: SchedulerCaller,
  ): Promise<SchedulerAnswer | undefined> {
    const type = answerTypeOf(request);
    if (request.streamId !== undefined)
      throw new CallRefused(400, "Subscribe calls should not include the 'Mesos-Stream-Id' header");
    if (!subscribe) return undefined;
    if (subscribe.offer_constraints !== undefined)
      throw new CallRefused(
        400,
        "subscribe.offer_constraints are not there: decline the offers that do not suit",
      );
    const id = subscribe.framework_info.id?.value ?? "";
    this.refuseTooMany(id);
    const info = toFrameworkInfo(subscribe.framework_info, request.principal);
    const { clock, log } = this.options;
    const suppressedRoles = subscribe.suppressed_roles ?? [];
    const world = { agent: cluster.agent, clock, log };
    const session = new Session(world, { streamId: randomUUID(), type, info, suppressedRoles });
    this.subscribing += 1;
    try {
      const subscription = await cluster.master.subscribe(
        {
          frameworkId: id === "" ? undefined : id,
          info,
          suppressedRoles,
        },
        session,
      );
      if (caller.gone()) {
        subscription.disconnect();
        return undefined;
      }
      const stream = caller.open(streamHeaders(session), () => {
        this.sessions.remove(session);
        session.closed();
      });
      session.begin(subscription, stream);
      this.sessions.add(session);
      log.info("scheduler has subscribed", {
        framework: session.frameworkId,
        name: clip(info.name),
        from: request.from,
      });
    } catch (error) {
      this.turnAway(error, session, caller);
    } finally {
      this.subscribing -= 1;
    }
    return undefined;
  }

  /** What is wrong with the framework comes as an event, as in Mesos: its clients look for it there. */
  private turnAway(error: unknown, session: Session, caller: SchedulerCaller): void {
    const final = ["gone", "invalid", "conflict"];
    if (!(error instanceof ControlError) || !final.includes(error.fault)) throw error;
    if (caller.gone()) return;
    const message = error.fault === "gone" ? "Framework has been removed" : error.message;
    const stream = caller.open(streamHeaders(session), () => undefined);
    stream.write(frame(encodeEvent(session.type, { type: "ERROR", error: { message } })));
    stream.end();
  }

  private refuseTooMany(id: string): void {
    const open = this.sessions.size + this.subscribing;
    if (open < limits.mesosSubscriptions || this.sessions.of(id)) return;
    throw new CallRefused(
      503,
      `${limits.mesosSubscriptions} schedulers are connected, the most there may be`,
      inSeconds(5),
    );
  }

  private sessionOf(
    call: MesosCall,
    { principal, streamId }: SchedulerRequest,
    { master }: SchedulerCluster,
  ): Session {
    const id = call.framework_id?.value ?? "";
    const session = this.sessions.of(id);
    if (!session || session.isOver) {
      const known = master.frameworks().some((one) => one.id === id && !one.builtIn);
      if (known) throw new CallRefused(403, "Framework is not subscribed");
      throw new CallRefused(400, "Framework cannot be found");
    }
    if (principal !== undefined && session.principal !== principal)
      throw new CallRefused(
        403,
        `Authenticated principal '${principal}' does not match principal '${session.principal ?? ""}' set in \`FrameworkInfo\``,
      );
    if (streamId === undefined)
      throw new CallRefused(
        400,
        "All non-subscribe calls should include the 'Mesos-Stream-Id' header",
      );
    if (streamId === session.streamId) return session;
    throw new CallRefused(
      400,
      `The stream ID '${clip(streamId)}' included in this request didn't match the stream ID currently associated with framework ID '${id}'`,
    );
  }

  private async take(
    call: MesosCall,
    asked: {
      readonly session: Session;
      readonly request: SchedulerRequest;
      readonly cluster: SchedulerCluster;
      readonly answerType: MediaType | undefined;
    },
  ): Promise<SchedulerAnswer> {
    const { session, request, cluster, answerType } = asked;
    switch (call.type) {
      case "UNKNOWN":
        throw new CallRefused(501, "UNKNOWN is no call");
      case "TEARDOWN":
        await cluster.master.teardown(session.frameworkId);
        return accepted;
      case "ACCEPT":
        if (call.accept) session.accept(call.accept);
        return accepted;
      case "UPDATE_FRAMEWORK":
        await updateFramework(session, call.update_framework, request.principal);
        return { status: 200, headers: {}, body: "" };
      case "RECONCILE_OPERATIONS": {
        const type = answerType ?? "application/json";
        const body = encodeResponse(type, {
          type: "RECONCILE_OPERATIONS",
          reconcile_operations: { operation_statuses: [] },
        });
        return { status: 200, headers: { "content-type": type }, body };
      }
      default: {
        const told = toSchedulerCall(call, session.frameworkId);
        if (told) session.tell(told);
        return accepted;
      }
    }
  }
}

async function updateFramework(
  session: Session,
  update: MesosCall["update_framework"],
  principal: string | undefined,
): Promise<void> {
  if (!update) return;
  if (update.offer_constraints !== undefined)
    throw new CallRefused(400, "update_framework.offer_constraints are not there");
  const info = toFrameworkInfo(update.framework_info, principal);
  await session.update(info, update.suppressed_roles ?? []);
}

function readCall({ mediaType, body, principal }: SchedulerRequest): MesosCall {
  const call = decodeCall(mediaType, body);
  const problem = callProblem(call, principal);
  if (problem === undefined) return call;
  throw new CallRefused(400, `Failed to validate scheduler::Call: ${problem}`);
}

function answerTypeOf({ accept }: SchedulerRequest): MediaType {
  const type = acceptedType(accept);
  if (type !== undefined) return type;
  throw new CallRefused(
    406,
    "Expecting 'Accept' to allow 'application/json' or 'application/x-protobuf'",
  );
}

function streamHeaders({ type, streamId }: Session): Record<string, string> {
  return { "content-type": type, "mesos-stream-id": streamId };
}

const faultStatus: Readonly<Record<ControlError["fault"], number>> = {
  "not-found": 400,
  invalid: 400,
  gone: 400,
  conflict: 409,
  "store-unavailable": 503,
  recovering: 503,
  deposed: 503,
};

/** In plain text, as Mesos answers. What is a fault of ours goes on. */
function refusal(error: unknown): SchedulerAnswer {
  const text = { "content-type": "text/plain; charset=utf-8" };
  if (error instanceof CallRefused)
    return { status: error.status, headers: { ...text, ...error.headers }, body: error.message };
  if (error instanceof MesosCodecError) return { status: 400, headers: text, body: error.message };
  if (!(error instanceof ControlError)) throw error;
  const status = faultStatus[error.fault];
  const seconds = error.fault === "store-unavailable" ? 5 : 1;
  const headers = status === 503 ? { ...text, ...inSeconds(seconds) } : text;
  return { status, headers, body: error.message };
}
