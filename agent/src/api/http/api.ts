/** The agent's HTTP API: routes, tokens, refusals in words. Decides nothing; all it knows comes through ports/control. */
import type { Socket } from "node:net";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { limits } from "../../contract/index";
import type { Control } from "../../ports/control";
import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";
import type { TaskExec } from "../../ports/task-exec";
import type { TaskOutput } from "../../ports/task-output";
import { agentRoutes, type AgentRoute } from "./agent-routes";
import { answerBrokenRequest } from "./broken-request";
import { ExecDoor } from "./exec-door";
import { frameworkRoutes } from "./framework-routes";
import { masterRoutes as otherRoutes, type MasterRoute } from "./master-routes";
import { mesosRoutes } from "./mesos-routes";
import { addPollRoutes, pollRoutes } from "./poll-routes";
import { clip, internalProblem, refuse, toProblem, type ProblemError } from "./problems";
import { schedulerPath, SchedulerRoute, type SchedulerRouteOptions } from "./scheduler-route";
import { taskRoutes, type TaskRoute, type TaskWorld } from "./task-routes";
import { within } from "./time-limit";
import { findMaster } from "./to-master";
import { TokenGuard } from "./token";

export interface ApiOptions {
  /** Asked anew for every request: who is master changes. */
  readonly control: () => Control;
  readonly token: string;
  /** PEM. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  readonly log: Log;
  /** undefined: this agent has no tasks, and so tells of none. */
  readonly output?: TaskOutput | undefined;
  readonly exec?: TaskExec | undefined;
  /** undefined: none are kept. */
  readonly metrics?: Metrics;
  /** Mesos' scheduler API, loaded when it is first asked; undefined: it is not there. */
  readonly scheduler?: SchedulerRouteOptions["load"];
  readonly timeouts?: Partial<ApiTimeouts>;
}

/** How long a client may take, so that none that vanished or dawdles holds a connection. */
interface ApiTimeouts {
  readonly handshakeMs: number;
  readonly headersMs: number;
  /** Headers and body. */
  readonly requestMs: number;
  /** Ours: after it the request is answered 503. */
  readonly handlerMs: number;
  /** Between two requests. */
  readonly idleMs: number;
}

export interface Api {
  /** Throws Error, in a sentence, where the address cannot be taken. */
  listen(address: string, port: number): Promise<void>;
  /** The port listened on. Throws before `listen`. */
  port(): number;
  /** Lets running requests end for a second, then cuts them off. May be called twice. */
  close(): Promise<void>;
}

const masterRoutes = [...otherRoutes, ...frameworkRoutes, ...mesosRoutes];
const defaultTimeouts: ApiTimeouts = {
  handshakeMs: 5000,
  headersMs: 10_000,
  requestMs: 20_000,
  handlerMs: 30_000,
  idleMs: 30_000,
};
const maxConnections = 1024;
const headerBytes = 16 * 1024;
const closeGraceMs = 1000;
const problemType = "application/problem+json; charset=utf-8";

/** The API of one agent, over HTTPS (TLS 1.2 or later). */
export function createApi(options: ApiOptions): Api {
  const app = createServer(options);
  const sockets = new Set<Socket>();
  app.server.maxConnections = maxConnections;
  app.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const guard = new TokenGuard(options.token, options.log);
  addGates(app, guard, options);
  addPollRoutes(app, options);
  for (const route of agentRoutes) addAgentRoute(app, route, options);
  for (const route of masterRoutes) addMasterRoute(app, route, options);
  const { control, output = noOutput, exec = noExec, log } = options;
  const door = new ExecDoor({ control, exec, guard, log });
  door.attach(app.server);
  const world: TaskWorld = { control, output, streams: new Set() };
  for (const route of taskRoutes) addTaskRoute(app, route, world);
  const scheduler = options.scheduler && new SchedulerRoute({ control, load: options.scheduler });
  scheduler?.attach(app);
  return {
    listen: (address, port) => listen(app, address, port),
    port: () => portOf(app),
    close: async () => {
      door.close();
      await scheduler?.close();
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, closeGraceMs);
      await app.close();
      clearTimeout(cut);
    },
  };
}

type App = ReturnType<typeof createServer>;

function createServer({ tls, log, timeouts: chosen }: ApiOptions) {
  const timeouts = { ...defaultTimeouts, ...chosen };
  return fastify({
    https: {
      cert: tls.cert,
      key: tls.key,
      minVersion: "TLSv1.2",
      handshakeTimeout: timeouts.handshakeMs,
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: Math.min(1000, timeouts.headersMs),
      maxHeaderSize: headerBytes,
    },
    bodyLimit: limits.bodyBytes,
    requestTimeout: timeouts.requestMs,
    connectionTimeout: timeouts.idleMs,
    keepAliveTimeout: timeouts.idleMs,
    return503OnClosing: false,
    forceCloseConnections: "idle",
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply, problemOf(error, request, log));
    },
  });
}

/** What every request passes: the token, the JSON parser, the refusals. */
function addGates(app: App, guard: TokenGuard, { log }: ApiOptions): void {
  app.removeContentTypeParser("text/plain");
  app.addHook("onRequest", async (request) => {
    const path = pathOf(request);
    const schemes = path === schedulerPath ? (["Bearer", "Basic"] as const) : undefined;
    if (!openPaths.has(path)) await guard.admit(request.headers.authorization, request.ip, schemes);
  });
  app.addHook("onResponse", (request, reply, done) => {
    // The path, not the URL: a query may hold anything. Schedulers call by the hundred, and change nothing that stays.
    const { method } = request;
    const path = pathOf(request);
    if (method !== "GET" && method !== "HEAD" && path !== schedulerPath)
      log.info("api change", {
        method,
        path: clip(path),
        status: reply.statusCode,
        from: request.ip,
      });
    done();
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, noRoute(request)));
  app.setErrorHandler((error, request, reply) =>
    sendProblem(reply, problemOf(error, request, log)),
  );
}

const openPaths: ReadonlySet<string> = new Set(
  agentRoutes.filter((route) => route.open).map((route) => route.url),
);

function addAgentRoute(app: App, route: AgentRoute, { control, log }: ApiOptions): void {
  app.route({
    method: route.method,
    url: route.url,
    handler: (request, reply) => {
      const answer = route.answer(control().agent, request);
      reply.raw.once("close", () => {
        answer.after?.().catch((error: unknown) => {
          log.error("api action failed", { path: route.url, error: String(error) });
        });
      });
      return reply.code(answer.status).send(answer.body);
    },
  });
}

function addMasterRoute(app: App, route: MasterRoute, { control, timeouts }: ApiOptions): void {
  const { handlerMs } = { ...defaultTimeouts, ...timeouts };
  app.route({
    method: route.method,
    url: route.url,
    // Before the body is read: it is not ours to judge where another is the master.
    onRequest: async (request, reply) => {
      const where = findMaster(control());
      if (where.kind === "elsewhere")
        return reply.redirect(`${where.api}${request.raw.url ?? ""}`, 307);
      return undefined;
    },
    handler: async (request, reply) => {
      const where = findMaster(control());
      if (where.kind === "elsewhere")
        return reply.redirect(`${where.api}${request.raw.url ?? ""}`, 307);
      const body = await within(handlerMs, route.answer(where.master, request, control().agent));
      return body === undefined ? reply.code(204).send() : reply.send(body);
    },
  });
}

function addTaskRoute(app: App, route: TaskRoute, world: TaskWorld): void {
  app.route({
    method: route.method,
    url: route.url,
    handler: (request, reply) => route.answer(world, request, reply),
  });
}

const noOutput: TaskOutput = {
  logs: () => Promise.resolve(undefined),
  usage: () => Promise.resolve(undefined),
};

const noExec: TaskExec = {
  has: () => Promise.resolve(false),
  start: () => Promise.reject(new Error("this agent has no tasks")),
};

function problemOf(error: unknown, request: FastifyRequest, log: Log): ProblemError {
  const known = toProblem(error);
  if (known) return known;
  log.error("api request failed", {
    method: request.method,
    path: clip(pathOf(request)),
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
  return internalProblem(request.method, clip(pathOf(request)));
}

function sendProblem(reply: FastifyReply, { problem, headers }: ProblemError): FastifyReply {
  return reply
    .code(problem.status)
    .headers(headers)
    .type(problemType)
    .serializer(JSON.stringify)
    .send(problem);
}

const routePatterns = [...agentRoutes, ...masterRoutes, ...taskRoutes, ...pollRoutes].map(
  (route) => ({
    method: route.method,
    pattern: new RegExp(`^${route.url.replaceAll(/:[a-z]+/g, "[^/]+")}$`),
  }),
);

function noRoute(request: FastifyRequest): ProblemError {
  const path = pathOf(request);
  const allowed = routePatterns
    .filter(({ pattern }) => pattern.test(path))
    .map(({ method }) => method);
  if (allowed.length === 0)
    return refuse(404, "not-found", `${request.method} ${clip(path)} is no route of this API`, {
      rule: "must be a route of this API",
    });
  const allow = allowed.join(", ");
  return refuse(
    405,
    "method-not-allowed",
    `${clip(path)} does not take ${request.method}; it takes ${allow}`,
    { rule: `one of ${allow}`, headers: { allow } },
  );
}

function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? "").split("?", 1)[0] ?? "";
}

async function listen(app: App, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `the API cannot listen on ${host}:${port} (${why}): end what holds it, or choose another ports.api`,
      { cause },
    );
  }
}

function portOf(app: App): number {
  const address = app.server.address();
  if (address === null || typeof address === "string")
    throw new Error("the API does not listen yet");
  return address.port;
}
