import { request } from "node:http";
import { dockerSocket } from "./paths";

const deadlineMs = 30_000;

export interface EngineCall {
  /** JSON; bytes are sent as they are, as a tar archive. */
  readonly body?: unknown;
  /** The machine's own engine where it is not said. */
  readonly socketPath?: string;
  readonly signal?: AbortSignal | undefined;
}

/** One call of Docker's own API, without a command line in between. @throws Error with what Docker says */
export function engine(method: string, path: string, call: EngineCall = {}): Promise<unknown> {
  const { body, socketPath = dockerSocket, signal } = call;
  const isTar = Buffer.isBuffer(body);
  const deadline = AbortSignal.timeout(deadlineMs);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        socketPath,
        method,
        path,
        headers: { "content-type": isTar ? "application/x-tar" : "application/json" },
        signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const status = answer.statusCode ?? 500;
          if (status < 400) resolve(text === "" ? undefined : JSON.parse(text));
          else reject(new Error(`docker ${method} ${path}: ${status} ${text}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(isTar || body === undefined ? body : JSON.stringify(body));
  });
}
