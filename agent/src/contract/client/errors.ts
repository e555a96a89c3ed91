import type { Problem } from "../problem";

/** The cluster understood and refused; `problem` says what and the way out. */
export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    /** Origin of the agent that refused. */
    readonly endpoint: string,
  ) {
    super(`${endpoint} refused: ${problem.detail}`);
    this.name = "ApiError";
  }
}

export interface FailedAttempt {
  readonly endpoint: string;
  /** What went wrong, in a few words. */
  readonly reason: string;
}

/** No agent gave an answer that counts. */
export class UnreachableError extends Error {
  constructor(
    /** Latest failure of each endpoint that was tried. */
    readonly attempts: readonly FailedAttempt[],
    options?: ErrorOptions,
  ) {
    super(describeUnreachable(attempts), options);
    this.name = "UnreachableError";
  }

  get endpoints(): string[] {
    return this.attempts.map((attempt) => attempt.endpoint);
  }
}

/** The thing that was asked for is not there. (A missing route carries a `rule` and is none of these.) */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.problem.code === "not-found" &&
    error.problem.rule === undefined
  );
}

/** Trust failed, not the network: trying again changes nothing. */
export function isCertificateFault(error: unknown): boolean {
  return certificateFaults.has(codeOf(error) ?? "");
}

/** A network error in words, for people. */
export function explainFault(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined && certificateFaults.has(code))
    return `its certificate is not one of this cluster (${code}): is the CA file this cluster's?`;
  const known = code === undefined ? undefined : faultWords.get(code);
  if (known !== undefined) return known;
  const message = textIn(error, "message");
  return message === undefined || message === "" ? String(error) : message;
}

function describeUnreachable(attempts: readonly FailedAttempt[]): string {
  if (attempts.length === 0) return "no agent could be asked before the deadline";
  const tried = attempts.map((attempt) => `${attempt.endpoint}: ${attempt.reason}`).join("; ");
  return `no agent of the cluster answered (${tried}). Check that the agents run, that address and port are right and no firewall is between`;
}

function codeOf(error: unknown): string | undefined {
  const code = textIn(error, "code");
  if (code !== undefined) return code;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? undefined : codeOf(cause);
}

function textIn(error: unknown, key: "code" | "message"): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value = (error as Readonly<Record<string, unknown>>)[key];
  return typeof value === "string" ? value : undefined;
}

const certificateFaults: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_SIGNATURE_FAILURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

const faultWords: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "connection refused, nothing listens there"],
  ["ECONNRESET", "connection broken"],
  ["EPIPE", "connection broken"],
  ["EHOSTUNREACH", "no route to this host"],
  ["ENETUNREACH", "no route to this network"],
  ["ENOTFOUND", "this name is not known"],
  ["EAI_AGAIN", "this name cannot be looked up"],
  ["ETIMEDOUT", "no answer in time"],
  ["EPROTO", "does not speak TLS"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "does not speak TLS"],
]);
