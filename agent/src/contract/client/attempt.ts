import type { Problem } from "../problem";
import type { Exchange, ExchangeAnswer } from "./exchange";

/** One call of the API, wherever it is carried to. */
export interface Call {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly path: string;
  readonly body: unknown;
  /** Whose affair it is: any agent's own, the master's, or that of the agent that has a task (others redirect). */
  readonly of: "agent" | "master" | "task";
  /** Must not be sent twice. */
  readonly once: boolean;
  /** A good answer is not read: its value is the AsyncIterable of its body. */
  readonly stream?: boolean;
}

export interface AttemptOptions {
  readonly exchange: Exchange;
  readonly token: string;
  readonly timeoutMs: number;
  readonly deadline: AbortSignal | undefined;
}

export type Answer =
  /** `origin` is who answered in the end. */
  | { readonly kind: "value"; readonly value: unknown; readonly origin: string }
  | {
      readonly kind: "problem";
      readonly problem: Problem;
      readonly origin: string;
      readonly retryAfterMs: number;
    };

/** Old master to new master to a newer one; more is a circle. */
const maxRedirects = 3;
const maxAnswerBytes = 64 * 1024 * 1024;

/** Asks one endpoint and follows it to the master. Throws what the network threw. */
export async function requestOnce(
  endpoint: string,
  call: Call,
  options: AttemptOptions,
): Promise<Answer> {
  const late = new AbortController();
  const { signal } = late;
  const { deadline } = options;
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const end = (): void => late.abort();
  // Both taken back once the answer is there: a stream may then last as long as its reader likes.
  for (const one of [timeout, deadline]) one?.addEventListener("abort", end);
  if (deadline?.aborted === true) end();
  try {
    return await follow(new URL(call.path, endpoint), call, { ...options, signal });
  } catch (error) {
    if (deadline?.aborted === true) throw new Error("the deadline passed", { cause: error });
    if (signal.aborted)
      throw new Error(`no answer within ${options.timeoutMs} ms`, { cause: error });
    throw error;
  } finally {
    for (const one of [timeout, deadline]) one?.removeEventListener("abort", end);
  }
}

async function follow(
  start: URL,
  call: Call,
  options: AttemptOptions & { readonly signal: AbortSignal },
): Promise<Answer> {
  let url = start;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const answer = await options.exchange.send({
      method: call.method,
      url,
      headers: headersOf(options.token, body),
      body,
      signal: options.signal,
    });
    if (call.stream === true && answer.status === 200)
      return { kind: "value", value: answer.body, origin: url.origin };
    const text = await readText(answer);
    if (answer.status !== 307) return judge(answer, text, url.origin);
    url = redirectTarget(answer.location, url);
  }
  return { kind: "problem", problem: circle(url.origin), origin: url.origin, retryAfterMs: 0 };
}

function headersOf(token: string, body: string | undefined): Record<string, string> {
  return {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    ...(body === undefined
      ? {}
      : {
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(body)),
        }),
  };
}

async function readText(answer: ExchangeAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes)
      throw new Error(`its answer is larger than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function redirectTarget(location: string | undefined, from: URL): URL {
  const target =
    location !== undefined && URL.canParse(location, from.href)
      ? new URL(location, from)
      : undefined;
  if (target?.protocol !== "https:")
    throw new Error(`redirects to '${location ?? ""}', which is no https URL`);
  return target;
}

function judge(answer: ExchangeAnswer, text: string, origin: string): Answer {
  const json = parse(text);
  const good = answer.status >= 200 && answer.status < 300;
  if (good && (text === "" || json !== undefined)) return { kind: "value", value: json, origin };
  const problem = !good && isProblem(json) ? json : foreignProblem(answer.status, origin);
  return { kind: "problem", problem, origin, retryAfterMs: retryAfterMs(answer.retryAfter) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(json: unknown): json is Problem {
  return (
    typeof json === "object" &&
    json !== null &&
    "code" in json &&
    typeof json.code === "string" &&
    "detail" in json &&
    typeof json.detail === "string"
  );
}

function retryAfterMs(header: string | undefined): number {
  return header !== undefined && /^\d{1,4}$/.test(header) ? Number(header) * 1000 : 0;
}

function foreignProblem(status: number, origin: string): Problem {
  return {
    type: "about:blank#internal",
    title: "Not an answer of Covey",
    status,
    detail: `${origin} answered ${status} with something that is no Covey answer: is this an agent's API, and of this version?`,
    code: "internal",
  };
}

function circle(origin: string): Problem {
  return {
    type: "about:blank#no-master",
    title: "No settled master",
    status: 503,
    detail: `the agents redirect in a circle, last to ${origin}: a master is just being elected; try again in a few seconds`,
    code: "no-master",
  };
}
