import { ContainerError } from "../../ports/containers";
import type { ContainerFault } from "../../ports/containers";

/** What an operation was about, for the sentence that explains its failure. */
export interface Operation {
  /** `starting container covey-x`, ... */
  readonly doing: string;
  readonly image?: string | undefined;
  readonly socket: string;
  readonly node: string;
  readonly deadlineMs: number;
}

interface Rule {
  readonly when: RegExp;
  readonly fault: ContainerFault;
  readonly wayOut: (operation: Operation) => string;
}

/** The engine says what is wrong in words only (moby: daemon/*, libnetwork/portallocator); the first match counts. */
const rules: readonly Rule[] = [
  {
    when: /ECONNREFUSED|ENOENT|ECONNRESET|EPIPE|socket hang up|EAGAIN/,
    fault: "unavailable",
    wayOut: ({ socket }) =>
      `Docker does not answer on ${socket}: start it (\`systemctl start docker\`, or \`dockerd\`)`,
  },
  {
    when: /EACCES|EPERM/,
    fault: "unavailable",
    wayOut: ({ socket }) =>
      `the agent may not use ${socket}: run it as root or as a member of the group docker`,
  },
  {
    when: /port is already allocated|address already in use/i,
    fault: "port-taken",
    wayOut: ({ node }) =>
      `another process on node ${node} has the port (\`ss -ltnp\` shows which): stop it, or take the port out of the node's resources`,
  },
  {
    when: /cannot assign requested address/i,
    fault: "refused",
    wayOut: ({ node }) => `node ${node}'s address is not an address of this machine: correct it`,
  },
  {
    when: /No such image|manifest unknown|pull access denied|repository does not exist|invalid reference format/i,
    fault: "image-not-found",
    wayOut: ({ image = "" }) =>
      `correct the name '${image}', push it to the registry, or load it into the node's Docker (\`docker load\`)`,
  },
  {
    when: /is already in use by container/i,
    fault: "name-taken",
    wayOut: () => "a container of that name is there already",
  },
  {
    when: /bind source path does not exist/i,
    fault: "refused",
    wayOut: ({ node }) =>
      `make that path on node ${node}, or keep the service on the nodes that have it by a constraint`,
  },
  {
    when: /network \S+ not found/i,
    fault: "refused",
    wayOut: ({ node }) =>
      `make it on node ${node} (\`docker network create\`), or leave container.network out`,
  },
  { when: /No such container/i, fault: "not-found", wayOut: () => "it has been removed meanwhile" },
];

/** The engine's refusal, or its silence, as a ContainerError that says what to do. */
export function containerErrorOf(error: unknown, operation: Operation): ContainerError {
  if (error instanceof ContainerError) return error;
  const said = wordsOf(error);
  const rule = rules.find(({ when }) => when.test(said));
  const wayOut = rule ? `; ${rule.wayOut(operation)}` : "";
  return new ContainerError(
    rule?.fault ?? "refused",
    `node ${operation.node}, ${operation.doing}: ${said}${wayOut}`,
    { cause: error },
  );
}

export function deadlineError(operation: Operation, cause: Error): ContainerError {
  return new ContainerError(
    "unavailable",
    `node ${operation.node}, ${operation.doing}: Docker did not answer within ` +
      `${operation.deadlineMs / 1000} s; if it stays so, restart it (\`systemctl restart docker\`)`,
    { cause },
  );
}

/** The daemon's own sentence, without the client's decoration. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const json: unknown = "json" in error ? error.json : undefined;
  if (typeof json === "object" && json !== null && "message" in json)
    return String(json.message).trim();
  return error.message.trim();
}

export function statusCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}
