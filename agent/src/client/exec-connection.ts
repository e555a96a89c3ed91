import { on } from "node:events";
import type { IncomingMessage } from "node:http";
import { WebSocket, type RawData } from "ws";
import { ApiError, execStreams, explainFault, UnreachableError } from "../contract/index";
import type { ExecControl, ExecEnd, ExecInput, FailedAttempt, Problem } from "../contract/index";

export interface Reach {
  readonly endpoints: readonly string[];
  readonly token: string;
  /** PEM; nothing else is trusted. */
  readonly ca: string;
  /** For one agent to answer. */
  readonly timeoutMs: number;
}

export type ExecOutput =
  | { readonly stream: keyof typeof execStreams; readonly data: Uint8Array }
  | { readonly exitCode: number };

const redirectsMax = 3;
const problemBytesMax = 64 * 1024;
/** Not sent yet; then its writer waits. */
const unsentBytesMax = 256 * 1024;

/** A command in a task's container, wherever in the cluster it is. */
export class ExecConnection {
  private constructor(
    private readonly socket: WebSocket,
    private readonly origin: string,
    private readonly messages: AsyncIterable<[RawData, boolean]>,
  ) {}

  /** Throws ApiError where it is refused, UnreachableError where no agent answers. */
  static async open(reach: Reach, task: string, input: ExecInput): Promise<ExecConnection> {
    const path = `/v1/tasks/${encodeURIComponent(task)}/exec`;
    const failed: FailedAttempt[] = [];
    for (const endpoint of reach.endpoints)
      try {
        const socket = await follow(new URL(path, endpoint), reach);
        // Not read from the network while so many wait to be shown.
        const messages = on(socket, "message", {
          close: ["close"],
          highWaterMark: 64,
          lowWaterMark: 16,
        });
        const connection = new ExecConnection(
          socket,
          new URL(socket.url).host,
          messages as AsyncIterable<[RawData, boolean]>,
        );
        socket.send(JSON.stringify(input));
        return connection;
      } catch (error) {
        if (error instanceof ApiError) throw error;
        failed.push({ endpoint, reason: explainFault(error) });
      }
    throw new UnreachableError(failed);
  }

  /** What the command says, and last how it ended. Throws ApiError; Error where the connection broke. */
  async *output(): AsyncGenerator<ExecOutput> {
    for await (const [raw, isBinary] of this.messages) {
      const data = Buffer.isBuffer(raw) ? raw : Buffer.concat([raw].flat().map(toBuffer));
      if (isBinary) {
        const stream = data[0] === execStreams.stderr ? "stderr" : "stdout";
        yield { stream, data: data.subarray(1) };
        continue;
      }
      const last = JSON.parse(data.toString("utf8")) as ExecEnd;
      if ("problem" in last) throw new ApiError(last.problem, `https://${this.origin}`);
      yield last;
      return;
    }
    throw new Error(`the connection to ${this.origin} broke: the command may go on`);
  }

  /** Resolves when more may be written. */
  write(data: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState !== WebSocket.OPEN) {
        resolve();
        return;
      }
      const waits = this.socket.bufferedAmount > unsentBytesMax;
      this.socket.send(data, { binary: true }, waits ? () => resolve() : undefined);
      if (!waits) resolve();
    });
  }

  tell(control: ExecControl): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(control));
  }

  close(): void {
    this.socket.close();
  }
}

function toBuffer(part: Buffer | ArrayBuffer): Buffer {
  return Buffer.isBuffer(part) ? part : Buffer.from(part);
}

async function follow(start: URL, reach: Reach): Promise<WebSocket> {
  let url = start;
  for (let hops = 0; hops <= redirectsMax; hops++) {
    const answer = await dial(url, reach);
    if (answer instanceof WebSocket) return answer;
    url = answer;
  }
  throw new Error("the agents redirect in a circle: try again in a few seconds");
}

/** The open connection, or where to go instead. */
function dial(url: URL, { ca, token, timeoutMs }: Reach): Promise<WebSocket | URL> {
  const socket = new WebSocket(url.href.replace(/^https:/, "wss:"), {
    ca,
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: timeoutMs,
    followRedirects: false,
    perMessageDeflate: false,
    minVersion: "TLSv1.2",
  });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.on("error", reject);
    socket.once("unexpected-response", (request, answer) => {
      elsewhere(url, answer)
        .then(resolve, reject)
        .finally(() => request.destroy());
    });
  });
}

/** Throws ApiError where it is a refusal. */
async function elsewhere(url: URL, answer: IncomingMessage): Promise<URL> {
  const { statusCode = 0, headers } = answer;
  if (statusCode === 307 && URL.canParse(headers.location ?? "")) {
    const target = new URL(headers.location ?? "");
    if (target.protocol === "https:") return target;
  }
  const problem = parseProblem(await readText(answer));
  if (problem) throw new ApiError(problem, url.origin);
  throw new Error(`answered ${statusCode} with something that is no Covey answer`);
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > problemBytesMax) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseProblem(text: string): Problem | undefined {
  try {
    const json = JSON.parse(text) as Partial<Problem> | null;
    return typeof json?.code === "string" && typeof json.detail === "string"
      ? (json as Problem)
      : undefined;
  } catch {
    return undefined;
  }
}
