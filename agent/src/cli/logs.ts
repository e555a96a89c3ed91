import { InvalidArgumentError, type Command } from "commander";
import type { LogsQuery } from "../contract/index";
import type { Question } from "./question";

interface LogsOptions {
  readonly follow?: boolean;
  readonly tail?: number;
  readonly since?: string;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
}

export function addLogsOptions(command: Command): Command {
  return command
    .option("-f, --follow", "go on with what it says from now on, until it ends")
    .option("--tail <lines>", "only so many of the last lines", lines)
    .option("--since <time>", "since 10s, 5m, 2h, 1d ago, or 2026-03-01T12:00:00Z", since)
    .option("--stdout", "only what it writes to stdout")
    .option("--stderr", "only what it writes to stderr");
}

export function logsQuestion(
  task: string,
  options: LogsOptions,
): Question<AsyncIterable<Uint8Array>> {
  return {
    ask: (client, call) => client.logs(task, queryOf(options), call),
    show: words,
  };
}

function queryOf({ follow, tail, since: from, stdout, stderr }: LogsOptions): LogsQuery {
  const one = stdout === true ? "stdout" : "stderr";
  return {
    follow,
    tail,
    since: from,
    stream: stdout === stderr ? undefined : one,
  };
}

/** A character may be cut in two between chunks. */
async function* words(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function lines(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a number of lines.");
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** As ISO 8601. */
function since(text: string): string {
  const [, amount, unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const atMs =
    amount === undefined ? Date.parse(text) : Date.now() - Number(amount) * (units[unit] ?? 0);
  if (Number.isNaN(atMs))
    throw new InvalidArgumentError("It must be like 10s, 5m, 2h, 1d, or 2026-03-01T12:00:00Z.");
  return new Date(atMs).toISOString();
}
