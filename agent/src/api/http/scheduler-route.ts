/** `POST /api/v1/scheduler`: the gates before Mesos' scheduler API, in the order of Mesos (src/master/http.cpp). */
import type { Server } from "node:https";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { limits } from "../../contract/index";
import type { Control } from "../../ports/control";
import type {
  EventStream,
  SchedulerCaller,
  SchedulerDoor,
  SchedulerRequest,
} from "../../ports/scheduler-door";
import { ProblemError } from "./problems";
import { findMaster, type ToMaster } from "./to-master";
import { credentialsOf } from "./token";

export interface SchedulerRouteOptions {
  readonly control: () => Control;
  /** Called at the first request that is the master's to answer, and once. */
  readonly load: () => Promise<SchedulerDoor>;
}

export const schedulerPath = "/api/v1/scheduler";

type MediaType = SchedulerRequest["mediaType"];
const mediaTypes: readonly MediaType[] = ["application/json", "application/x-protobuf"];

export class SchedulerRoute {
  #door: Promise<SchedulerDoor> | undefined;

  constructor(private readonly options: SchedulerRouteOptions) {}

  /** A scope of its own: here a body is bytes, and a refusal is text. */
  attach(app: FastifyInstance<Server>): void {
    void app.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) =>
        parsed(null, body),
      );
      scope.setErrorHandler((error, _request, reply) => {
        if (!(error instanceof Error) || !("code" in error)) throw error;
        if (error.code !== "FST_ERR_CTP_BODY_TOO_LARGE") throw error;
        return say(reply, 413, `A call has at most ${limits.mesosCallBytes} bytes`);
      });
      scope.all(schedulerPath, {
        bodyLimit: limits.mesosCallBytes,
        onRequest: async (request, reply) => this.#refuseEarly(request, reply),
        handler: (request, reply) => this.#answer(request, reply),
      });
      done();
    });
  }

  /** Ends all streams. */
  async close(): Promise<void> {
    const door = await this.#door?.catch(() => undefined);
    door?.close();
  }

  /** Before the body is read. */
  #refuseEarly(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    const turned = toLeader(this.options.control(), request, reply);
    if (turned.kind === "answered") return turned.reply;
    if (request.method !== "POST") {
      void reply.header("allow", "POST");
      return say(reply, 405, `Expecting one of { 'POST' }, but received '${request.method}'`);
    }
    const given = request.headers["content-type"];
    if (given === undefined) return say(reply, 400, "Expecting 'Content-Type' to be present");
    if (mediaTypeOf(given) === undefined)
      return say(reply, 415, `Expecting 'Content-Type' of ${mediaTypes.join(" or ")}`);
    return undefined;
  }

  async #answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    this.#door ??= this.options.load();
    const door = await this.#door;
    // After the body has come, which may have taken its time.
    const control = this.options.control();
    const turned = toLeader(control, request, reply);
    if (turned.kind === "answered") return turned.reply;
    const { master } = turned;
    const asked = schedulerRequest(request);
    const answer = await door.answer(asked, { agent: control.agent, master }, callerOf(reply));
    if (answer) return reply.code(answer.status).headers(answer.headers).send(answer.body);
    if (!reply.sent) reply.hijack();
    return reply;
  }
}

type Turned =
  Extract<ToMaster, { kind: "here" }> | { readonly kind: "answered"; readonly reply: FastifyReply };

/** Elsewhere by a URL without scheme, as Mesos has it. */
function toLeader(control: Control, request: FastifyRequest, reply: FastifyReply): Turned {
  try {
    const where = findMaster(control);
    if (where.kind === "here") return where;
    const location = `${where.api.replace(/^https:/, "")}${request.raw.url ?? ""}`;
    return { kind: "answered", reply: reply.redirect(location, 307) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problem, headers } = error;
    const title =
      problem.code === "no-master" ? "No leader elected" : "Master has not finished recovery";
    void reply.headers(headers);
    return { kind: "answered", reply: say(reply, 503, `${title}: ${problem.detail}`) };
  }
}

function say(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type("text/plain; charset=utf-8").send(text);
}

function mediaTypeOf(contentType: string): MediaType | undefined {
  const name = contentType.split(";", 1)[0]?.trim().toLowerCase();
  return mediaTypes.find((type) => type === name);
}

function schedulerRequest(request: FastifyRequest): SchedulerRequest {
  const { headers, body } = request;
  const streamId = headers["mesos-stream-id"];
  return {
    mediaType: mediaTypeOf(headers["content-type"] ?? "") ?? "application/json",
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    accept: headers.accept,
    streamId: Array.isArray(streamId) ? streamId.join() : streamId,
    principal: credentialsOf(headers.authorization)?.principal,
    from: request.ip,
  };
}

function callerOf(reply: FastifyReply): SchedulerCaller {
  return {
    gone: () => reply.raw.destroyed || reply.raw.socket?.destroyed !== false,
    open: (headers, closed) => openStream(reply, headers, closed),
  };
}

function openStream(
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
  closed: () => void,
): EventStream {
  reply.hijack();
  const { raw } = reply;
  raw.once("close", closed);
  // Broken connections show as the response's close.
  raw.on("error", () => undefined);
  raw.writeHead(200, { ...headers, "cache-control": "no-store" });
  raw.flushHeaders();
  return {
    write: (record) => {
      if (!raw.writableEnded && !raw.destroyed) raw.write(record);
    },
    queuedBytes: () => raw.writableLength,
    end: () => {
      if (!raw.writableEnded) raw.end();
    },
    cut: () => raw.destroy(),
  };
}
