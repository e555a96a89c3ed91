import { request } from "node:http";
import { dockerSocket } from "../paths";

const deadlineMs = 30_000;

/** One call of Docker's own API, without a command line in between. @throws Error with what Docker says */
export function engine(method: string, path: string, body?: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        socketPath: dockerSocket,
        method,
        path,
        headers: { "content-type": "application/json" },
        signal: AbortSignal.timeout(deadlineMs),
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
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
