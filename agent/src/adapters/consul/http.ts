import http from "node:http";
import https from "node:https";

/**
 * One call of Consul's HTTP API, for what the npm client has no good way to do: blocking queries with their
 * index and an abort, transactions with Consul's own reasons, answers of bounded size.
 */
interface ConsulRequest {
  readonly method: "GET" | "PUT";
  /** `/v1/...`, each part already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** For the whole call, connecting and reading included. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** Whatever the status is: 404 and 409 are answers, not errors. */
export interface ConsulAnswer {
  readonly status: number;
  /** X-Consul-Index; 0 where there is none. */
  readonly index: number;
  readonly text: string;
}

export type ConsulCall = (request: ConsulRequest) => Promise<ConsulAnswer>;

/** No whole answer came. `message` is for people and names the address, never the token. */
export class ConsulError extends Error {
  constructor(
    readonly code: "unreachable" | "deadline" | "too-long" | "aborted" | "not-json",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ConsulError";
  }
}

/** A cluster's whole state fits well inside; more is not ours. */
const maxAnswerBytes = 32 * 1024 * 1024;

export function createConsulCall(options: {
  readonly address: string;
  readonly token?: string | undefined;
}): ConsulCall {
  return (request) => callConsul(options, request);
}

/** The answer's JSON. Throws ConsulError where it is none. */
export function parseAnswer(answer: ConsulAnswer): unknown {
  try {
    return JSON.parse(answer.text) as unknown;
  } catch (cause) {
    throw new ConsulError("not-json", `Consul answered something that is not JSON`, { cause });
  }
}

/** One line of what Consul said, for people. */
export function explainAnswer(answer: ConsulAnswer, address: string): string {
  const said = oneLine(answer.text, 300);
  if (answer.status === 403)
    return `Consul at ${address} refused (403${said ? `: ${said}` : ""}): check the Consul token of this agent`;
  return `Consul at ${address} answered ${answer.status}${said ? `: ${said}` : ""}`;
}

export function oneLine(text: string, limit: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > limit ? `${flat.slice(0, limit)}...` : flat;
}

function callConsul(
  options: { readonly address: string; readonly token?: string | undefined },
  request: ConsulRequest,
): Promise<ConsulAnswer> {
  const url = new URL(request.path, options.address);
  for (const [name, value] of Object.entries(request.query ?? {}))
    url.searchParams.set(name, value);
  const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
  const headers: Record<string, string | number> = { accept: "application/json" };
  if (options.token !== undefined) headers["x-consul-token"] = options.token;
  if (body) {
    headers["content-type"] = "application/json";
    headers["content-length"] = body.length;
  }

  return new Promise((resolve, reject) => {
    if (request.signal?.aborted) {
      reject(aborted(options.address));
      return;
    }
    // A connection of its own for each call: a kept one that Consul's restart has cut fails the first call
    // after it, and whether that call was carried out is then unknown.
    const send = url.protocol === "https:" ? https.request : http.request;
    const outgoing = send(url, { method: request.method, headers, agent: false });
    const settle = (act: () => void): void => {
      clearTimeout(deadline);
      request.signal?.removeEventListener("abort", onAbort);
      act();
    };
    const fail = (error: ConsulError): void => {
      settle(() => reject(error));
      outgoing.destroy();
    };
    const onAbort = (): void => fail(aborted(options.address));
    const deadline = setTimeout(() => {
      const message = `Consul at ${options.address} did not answer within ${request.deadlineMs} ms`;
      fail(new ConsulError("deadline", message));
    }, request.deadlineMs);
    request.signal?.addEventListener("abort", onAbort, { once: true });

    outgoing.on("error", (cause) => fail(unreachable(options.address, cause)));
    outgoing.on("response", (response) => {
      readAnswer(response, options.address).then((answer) => settle(() => resolve(answer)), fail);
    });
    outgoing.end(body);
  });
}

function readAnswer(response: http.IncomingMessage, address: string): Promise<ConsulAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    response.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) {
        const message = `Consul at ${address} answered more than ${maxAnswerBytes} bytes`;
        reject(new ConsulError("too-long", message));
      } else chunks.push(chunk);
    });
    response.on("error", (cause) => reject(unreachable(address, cause)));
    response.on("end", () => {
      const index = Number(response.headers["x-consul-index"] ?? 0);
      resolve({
        status: response.statusCode ?? 0,
        index: Number.isSafeInteger(index) && index > 0 ? index : 0,
        text: Buffer.concat(chunks).toString("utf8"),
      });
    });
  });
}

function unreachable(address: string, cause: Error): ConsulError {
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
  return new ConsulError("unreachable", `Consul at ${address} cannot be reached (${code})`, {
    cause,
  });
}

function aborted(address: string): ConsulError {
  return new ConsulError("aborted", `the call to Consul at ${address} was given up`);
}
