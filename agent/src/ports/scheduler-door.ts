import type { AgentControl, MasterControl } from "./control";

/** A request to the scheduler API that has passed the gates: the token, the method, the size of its body. */
export interface SchedulerRequest {
  readonly mediaType: "application/json" | "application/x-protobuf";
  readonly body: Buffer;
  /** Its `Accept`; undefined: anything. */
  readonly accept: string | undefined;
  /** Its `Mesos-Stream-Id`. */
  readonly streamId: string | undefined;
  /** Under which name its sender has authenticated; undefined: under none. */
  readonly principal: string | undefined;
  readonly from: string;
}

export interface SchedulerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** An answer that goes on: events for one scheduler. */
export interface EventStream {
  /** Sent as one chunk: clients depend on it. Dropped once the stream has ended. */
  write(record: Buffer): void;
  /** Written, and not taken by the client's side yet. */
  queuedBytes(): number;
  /** After what was written. */
  end(): void;
  /** At once, with what is queued. */
  cut(): void;
}

/** Who asks, and how he is answered with a stream. */
export interface SchedulerCaller {
  /** The connection has ended already: nobody waits for an answer. */
  gone(): boolean;
  /** Answers 200; `closed` is called once, however the stream ends, and never from within a call of this port. */
  open(headers: Readonly<Record<string, string>>, closed: () => void): EventStream;
}

/** The cluster as of this request: only the acting master is asked. */
export interface SchedulerCluster {
  readonly agent: AgentControl;
  readonly master: MasterControl;
}

/** Mesos' v1 scheduler API behind whatever speaks HTTP. */
export interface SchedulerDoor {
  /** undefined: answered with a stream. */
  answer(
    request: SchedulerRequest,
    cluster: SchedulerCluster,
    caller: SchedulerCaller,
  ): Promise<SchedulerAnswer | undefined>;
  /** Ends all streams. */
  close(): void;
}
