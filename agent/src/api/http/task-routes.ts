/** What a task says and uses, answered by the agent that has it; any other says where that is. */
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { logsSchema, statsSchema } from "../../contract/index";
import type { TaskStatsView } from "../../contract/index";
import type { Control } from "../../ports/control";
import type { OutputQuery, TaskOutput } from "../../ports/task-output";
import { parseQuery } from "./input";
import { refuse } from "./problems";
import { asked, otherPlace, taskId } from "./task-place";

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

function elsewhere(
  { control }: TaskWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { readonly id: string; readonly at: string | undefined },
): unknown {
  return reply.redirect(otherPlace(control(), request.raw.url ?? "", asked), 307);
}

function idOf(request: FastifyRequest): string {
  const { id = "" } = request.params as { readonly id?: string };
  return taskId(id);
}
