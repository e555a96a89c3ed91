/** What a task says and uses, answered by the agent that has it; any other says where that is. */
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { logsSchema, statsSchema } from "../../contract/index";
import type { TaskStatsView } from "../../contract/index";
import type { Control } from "../../ports/control";
import { ContainerError } from "../../ports/containers";
import type { OutputQuery, TaskOutput } from "../../ports/task-output";
import { parseQuery } from "./input";
import { clip, refuse } from "./problems";
import { findMaster } from "./to-master";

/** What these routes need of the agent. */
export interface TaskWorld {
  readonly control: () => Control;
  readonly output: TaskOutput;
  /** Logs being read from this agent. */
  readonly streams: Set<object>;
}

export interface TaskRoute {
  readonly method: "GET";
  readonly url: string;
  answer(world: TaskWorld, request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
}

/** Side by side on one agent. */
const streamsMax = 64;
/** Then the client asks again. */
const streamMaxMs = 3_600_000;
const keepAliveMs = 30_000;
const idRule = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,199}$/;

export const taskRoutes: readonly TaskRoute[] = [
  { method: "GET", url: "/v1/tasks/:id/logs", answer: sendLogs },
  { method: "GET", url: "/v1/tasks/:id/stats", answer: sendStats },
];

async function sendLogs(
  world: TaskWorld,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const id = idOf(request);
  const query = parseQuery(logsSchema, request);
  const { streams } = world;
  if (streams.size >= streamsMax)
    throw refuse(
      409,
      "conflict",
      `${streams.size} logs are being read from this agent: end one first`,
    );
  const over = new AbortController();
  const end = (): void => over.abort();
  streams.add(over);
  const timer = setTimeout(end, streamMaxMs);
  reply.raw.once("close", () => {
    streams.delete(over);
    clearTimeout(timer);
    end();
  });
  const found = await asked(() => world.output.logs(id, outputQuery(query), over.signal));
  if (!found) return elsewhere(world, request, reply, { id, at: query.at });
  // A task may be silent for long: a client that is gone is found by TCP instead.
  request.raw.socket.setTimeout(0);
  request.raw.socket.setKeepAlive(true, keepAliveMs);
  return reply
    .type("text/plain; charset=utf-8")
    .header("cache-control", "no-store")
    .send(Readable.from(untilOver(found, over.signal), { objectMode: false }));
}

async function sendStats(
  world: TaskWorld,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const id = idOf(request);
  const { at } = parseQuery(statsSchema, request);
  const usage = await asked(() => world.output.usage(id));
  if (!usage) return elsewhere(world, request, reply, { id, at });
  const view: TaskStatsView = { task: id, node: world.control().agent.status().node, ...usage };
  return reply.send(view);
}

/** What breaks off because the client went away, or time is up, has ended well. */
async function* untilOver(
  words: AsyncIterable<Uint8Array>,
  over: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* words;
  } catch (error) {
    if (!over.aborted) throw error;
  }
}

function outputQuery(query: z.output<typeof logsSchema>): OutputQuery {
  return {
    follow: query.follow === "true",
    tail: query.tail,
    sinceMs: query.since === undefined ? undefined : Date.parse(query.since),
    stream: query.stream,
  };
}

/** The master knows which node has the task; everybody knows the master. */
function elsewhere(
  { control }: TaskWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, at }: { readonly id: string; readonly at: string | undefined },
): unknown {
  const { agent } = control();
  const { node } = agent.status();
  if (at === node) throw gone(id, node);
  const where = findMaster(control());
  if (where.kind === "elsewhere")
    return reply.redirect(`${where.api}${request.raw.url ?? ""}`, 307);
  const task = where.master.tasks().find((one) => one.id === id);
  if (!task)
    throw refuse(404, "not-found", `there is no task '${clip(id)}'; GET /v1/tasks lists them`);
  const api = task.node === node ? undefined : agent.apiOf(task.node);
  if (api === undefined) throw gone(id, task.node);
  const url = new URL(request.raw.url ?? "", api);
  url.searchParams.set("at", task.node);
  return reply.redirect(url.href, 307);
}

function gone(id: string, node: string): Error {
  return refuse(
    404,
    "not-found",
    `task '${clip(id)}' has no container on ${node}: it has not begun, or has ended and was removed`,
  );
}

function idOf(request: FastifyRequest): string {
  const { id = "" } = request.params as { readonly id?: string };
  if (idRule.test(id)) return id;
  throw refuse(400, "bad-request", `'${clip(id)}' is no task's id`, {
    field: "id",
    rule: "1 to 200 of A-Z, a-z, 0-9, '_', '.', '-'",
  });
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ContainerError)) throw error;
    throw refuse(503, "engine-unavailable", error.message, { headers: { "retry-after": "5" } });
  }
}
