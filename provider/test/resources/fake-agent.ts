import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";

/** How a fake agent behaves; it answers as the API does, over TLS with the certificate of its agent.json. */
export interface FakeBehaviour {
  /** Ends with this code right after it was started. */
  readonly endsWith?: number;
  readonly attached?: boolean;
  readonly missingVoters?: readonly string[];
  /** Makes another bundle of the same behaviour. */
  readonly release?: number;
}

/** Writes a bundle, which runs with node alone, and gives it as the provider would. */
export function writeFakeBundle(
  path: string,
  behaviour: FakeBehaviour = {},
): { readonly path: string; readonly hash: () => Promise<string> } {
  const text = `const behaviour = ${JSON.stringify(behaviour)};\n${program}`;
  writeFileSync(path, text);
  const hash = createHash("sha256").update(text).digest("hex");
  return { path, hash: () => Promise.resolve(hash) };
}

const program = `
const { readFileSync } = require("node:fs");
const { createServer } = require("node:https");
if (process.argv[2] !== "agent" || process.argv[3] !== "--config") process.exit(64);
const config = JSON.parse(readFileSync(process.argv[4], "utf8"));
console.log("fake agent " + config.node + " with token " + config.token);
if (behaviour.endsWith !== undefined) process.exit(behaviour.endsWith);
const missing = behaviour.missingVoters ?? [];
const answers = {
  "GET /v1/agent": () => ({
    node: config.node, version: "0", pid: process.pid, joined: true,
    attached: behaviour.attached ?? true, tasks: 0, configHash: "",
  }),
  "GET /v1/status": () => ({
    node: config.node, term: 1,
    voters: Object.keys(config.voters).map((name) => ({ name, status: missing.includes(name) ? "unknown" : "alive" })),
  }),
  "POST /v1/agent/leave": () => { setTimeout(() => process.exit(0), 50); return {}; },
};
createServer({ cert: config.tls.cert, key: config.tls.key }, (request, response) => {
  const forget = () => { console.log("forgets " + request.url); return {}; };
  const answer = request.method === "DELETE" ? forget : answers[request.method + " " + request.url];
  const allowed = request.headers.authorization === "Bearer " + config.token;
  request.resume();
  response.statusCode = !allowed ? 401 : answer ? 200 : 404;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(allowed && answer ? answer() : { code: "not-found", detail: request.url }));
}).listen(7440, config.address);
process.on("SIGTERM", () => process.exit(0));
`;
