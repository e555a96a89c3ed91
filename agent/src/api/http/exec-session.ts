import type { WebSocket } from "ws";
import type { z } from "zod";
import { execControlSchema, execSchema, execStreams, type ExecEnd } from "../../contract/index";
import type { Log } from "../../ports/log";
import type { ExecSession, TaskExec } from "../../ports/task-exec";
import { ExecInbox, type ExecMessage } from "./exec-inbox";
import { internalProblem, invalidInput, refuse, toProblem } from "./problems";
import { asked } from "./task-place";

interface World {
  readonly id: string;
  readonly exec: TaskExec;
  readonly log: Log;
}

/** A client that does not answer one ping before the next is gone. */
const pingEveryMs = 30_000;
/** RFC 6455, 7.4.1. */
const closing = { well: 1000, refused: 1008 } as const;

/** One command for one client, from its first message to the last. Never rejects. */
export async function serveExec(socket: WebSocket, world: World): Promise<void> {
  const over = new AbortController();
  const inbox = new ExecInbox(socket);
  const stopLooking = lookWhetherItLives(socket);
  socket.on("error", () => socket.terminate());
  socket.once("close", () => {
    stopLooking();
    over.abort();
  });
  try {
    const exitCode = await runCommand(socket, inbox, world, over.signal);
    end(socket, { exitCode }, closing.well);
  } catch (error) {
    if (!over.signal.aborted) end(socket, endOf(error, world), closing.refused);
  }
}

async function runCommand(
  socket: WebSocket,
  inbox: ExecInbox,
  { id, exec }: World,
  signal: AbortSignal,
): Promise<number> {
  const input = parse(execSchema, (await inbox.first()).data, "the first message");
  const { size, ...request } = input;
  const session = await asked(() => exec.start(id, request, signal));
  const broken = inbox.each((message) => take(session, message));
  if (size) await resize(session, size);
  await asked(() => Promise.race([broken, pump(session, socket)]));
  return asked(() => session.exitCode());
}

async function pump({ output }: ExecSession, socket: WebSocket): Promise<void> {
  for await (const { stream, data } of output)
    await send(socket, Buffer.concat([Buffer.from([execStreams[stream]]), data]));
}

async function take(session: ExecSession, { data, isBinary }: ExecMessage): Promise<void> {
  if (isBinary) {
    await session.write(data);
    return;
  }
  const control = parse(execControlSchema, data, "a message");
  if ("endOfInput" in control) session.endInput();
  else await resize(session, control.size);
}

/** The command may have ended just now: then there is no terminal any more, and nothing is lost. */
async function resize(
  session: ExecSession,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Promise<void> {
  await session.resize(columns, rows).catch(() => undefined);
}

function parse<S extends z.ZodType>(schema: S, data: Buffer, what: string): z.output<S> {
  const result = schema.safeParse(parseJson(data, what));
  if (result.success) return result.data;
  throw invalidInput(result.error, undefined, what);
}

function parseJson(data: Buffer, what: string): unknown {
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    throw refuse(400, "bad-request", `${what} is not JSON`, { rule: "must be JSON" });
  }
}

/** Resolves when it has gone out, so that a slow client slows the command and fills no memory. */
function send(socket: WebSocket, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(data, { binary: true }, (error) => (error ? reject(error) : resolve()));
  });
}

function end(socket: WebSocket, last: ExecEnd, code: number): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(JSON.stringify(last));
  socket.close(code);
}

function endOf(error: unknown, { id, log }: World): ExecEnd {
  const known = toProblem(error);
  if (known) return { problem: known.problem };
  log.error("a command in a task failed", { task: id, error: String(error) });
  return { problem: internalProblem("GET", `/v1/tasks/${id}/exec`).problem };
}

function lookWhetherItLives(socket: WebSocket): () => void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) socket.terminate();
    answered = false;
    socket.ping();
  }, pingEveryMs);
  return () => clearInterval(timer);
}
