import type { Socket } from "node:net";
import type { Writable } from "node:stream";
import { refuse, type ProblemError } from "./problems";

/** Answers, without any framework, what cannot even be read as a request; the connection ends with it. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  // Without a finished TLS handshake there is nobody to answer, and an end() would wait for it for ever.
  if (!isHttpFault(error.code) || !socket.writable) {
    socket.destroy();
    return;
  }
  endWithProblem(socket, explain(error.code));
}

/** The last answer on a connection that no framework has. */
export function endWithProblem(socket: Writable, { problem, headers }: ProblemError): void {
  const body = JSON.stringify(problem);
  const head = {
    ...headers,
    "content-type": "application/problem+json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      ...Object.entries(head).map(([name, value]) => `${name}: ${value}`),
      "",
      body,
    ].join("\r\n"),
  );
}

function isHttpFault(code = ""): boolean {
  return code.startsWith("HPE_") || code.startsWith("ERR_HTTP_");
}

function explain(code: string | undefined): ProblemError {
  if (code === "HPE_HEADER_OVERFLOW")
    return refuse(431, "too-large", "the request's headers are too large");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return refuse(408, "bad-request", "the request did not arrive in time");
  return refuse(400, "bad-request", "this is no HTTP request that can be read");
}
