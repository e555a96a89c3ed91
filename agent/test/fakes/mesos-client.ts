import { once } from "node:events";
import type { ClientRequest, IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { MediaType } from "../../src/api/mesos/codec";
import type { MesosCall, MesosEvent, MesosFrameworkInfo } from "../../src/api/mesos/messages";
import { readBinary } from "../../src/api/mesos/wire/binary-reader";
import { writeBinary } from "../../src/api/mesos/wire/binary-writer";
import { shapes } from "../../src/api/mesos/wire/shapes";

export interface MesosServer {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly token: string;
}

export interface CallAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  readonly text: string;
}

export const sparkInfo: MesosFrameworkInfo = { user: "root", name: "spark", failover_timeout: 60 };

/** A Mesos scheduler's side of the HTTP API, in either encoding; remembers all it hears. */
export class MesosClient {
  readonly events: MesosEvent[] = [];
  /** Bytes of each HTTP chunk of the stream. */
  readonly chunks: Buffer[] = [];
  ended = false;
  frameworkId = "";
  streamId = "";
  stream: IncomingMessage | undefined;
  #rest = Buffer.alloc(0);

  constructor(
    private readonly server: MesosServer,
    readonly type: MediaType = "application/json",
    readonly authorization = `Bearer ${server.token}`,
  ) {}

  /** The answer, its body read unless it is a stream of events. */
  async subscribe(
    info: MesosFrameworkInfo = sparkInfo,
    more: Partial<NonNullable<MesosCall["subscribe"]>> = {},
  ): Promise<{ readonly status: number; readonly text: string }> {
    const call: MesosCall = {
      type: "SUBSCRIBE",
      subscribe: { framework_info: info, ...more },
      ...(info.id ? { framework_id: info.id } : {}),
    };
    const sent = this.#request({ accept: this.type });
    sent.end(this.encode(call));
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    if (answer.statusCode !== 200) {
      const { status, text } = await readAnswer(answer);
      return { status, text };
    }
    this.streamId = String(answer.headers["mesos-stream-id"]);
    this.stream = answer;
    answer.on("data", (chunk: Buffer) => this.#take(chunk));
    // A stream that is cut is one that has ended.
    answer.on("error", () => undefined).on("close", () => (this.ended = true));
    return { status: 200, text: "" };
  }

  call(call: MesosCall, headers: Record<string, string> = {}): Promise<CallAnswer> {
    const own = { framework_id: { value: this.frameworkId }, ...call };
    const stream = this.streamId === "" ? {} : { "mesos-stream-id": this.streamId };
    return this.send(this.encode(own), { ...stream, ...headers });
  }

  async send(
    body: Buffer | string,
    headers: Record<string, string | undefined> = {},
    ...target: readonly [method?: string, path?: string]
  ): Promise<CallAnswer> {
    const sent = this.#request(headers, ...target);
    // A server that has answered may read no further.
    sent.on("error", () => undefined);
    if (headers["content-length"] === undefined) sent.end(body);
    else sent.write(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    return readAnswer(answer);
  }

  encode(call: MesosCall): Buffer {
    return this.type === "application/json"
      ? Buffer.from(JSON.stringify(call))
      : writeBinary(shapes().call, call);
  }

  of<T extends MesosEvent["type"]>(type: T): Extract<MesosEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<MesosEvent, { type: T }> => event.type === type,
    );
  }

  /** `TASK STATE` of every update, in order. */
  states(): string[] {
    return this.of("UPDATE").map(
      ({ update: { status } }) => `${status.task_id.value} ${status.state}`,
    );
  }

  close(): void {
    this.stream?.destroy();
  }

  #request(
    headers: Readonly<Record<string, string | undefined>>,
    method = "POST",
    path = "/api/v1/scheduler",
  ): ClientRequest {
    const { host, port, ca } = this.server;
    const own = { authorization: this.authorization, "content-type": this.type };
    const all: Record<string, string | undefined> = { ...own, ...headers };
    const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return httpsRequest({ host, port, ca, path, method, headers: said, agent: false });
  }

  #take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const at = this.#rest.indexOf("\n");
      const end = at + 1 + Number(this.#rest.subarray(0, Math.max(at, 0)).toString());
      if (at < 0 || this.#rest.length < end) return;
      this.#hear(this.#rest.subarray(at + 1, end));
      this.#rest = this.#rest.subarray(end);
    }
  }

  #hear(bytes: Buffer): void {
    const json = this.type === "application/json";
    const event = (
      json ? JSON.parse(bytes.toString()) : readBinary(shapes().event, bytes)
    ) as MesosEvent;
    if (event.type === "SUBSCRIBED") this.frameworkId = event.subscribed.framework_id.value;
    this.events.push(event);
  }
}

async function readAnswer(answer: IncomingMessage): Promise<CallAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { statusCode = 0, headers } = answer;
  return { status: statusCode, headers, body, text: body.toString() };
}
