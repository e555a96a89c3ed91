import type { z } from "zod";
import { limits } from "../../contract/index";
import type { Problem, ProblemCode } from "../../contract/index";
import { ControlError, type ControlFault } from "../../ports/control";

/** A refusal on its way to the client. `headers` go with it. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.detail);
    this.name = "ProblemError";
  }
}

export function refuse(
  status: number,
  code: ProblemCode,
  detail: string,
  more: { readonly field?: string; readonly rule?: string; headers?: Record<string, string> } = {},
): ProblemError {
  const { headers = {}, ...where } = more;
  const title = titles[code];
  return new ProblemError(
    { type: `about:blank#${code}`, title, status, detail, code, ...where },
    headers,
  );
}

/** Whatever was thrown, as an answer; undefined where it is a fault of ours, which the client must not see. */
export function toProblem(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof ControlError) return fromControl(error);
  return fromFramework(error);
}

export function internalProblem(method: string, path: string): ProblemError {
  return refuse(
    500,
    "internal",
    `${method} ${path} failed inside the agent. This is a fault of Covey: the agent's log has the cause`,
  );
}

export function tooSlow(limitMs: number): ProblemError {
  return refuse(
    503,
    "store-unavailable",
    `the master did not get it done within ${limitMs} ms, and may yet: look at the state before trying again`,
    { headers: { "retry-after": "5" } },
  );
}

/** What schema validation found, first thing first. `input` is what was sent. */
export function invalidInput(error: z.ZodError, input: unknown, what: string): ProblemError {
  const shown = error.issues.slice(0, shownIssues).map((issue) => describeIssue(issue, input));
  const more = error.issues.length - shown.length;
  const first = error.issues[0];
  return refuse(
    400,
    "bad-request",
    `${what} is not valid: ${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`,
    first ? { field: fieldOf(first), rule: clip(first.message) } : {},
  );
}

const shownIssues = 5;
const shownCharacters = 120;

const titles: Readonly<Record<ProblemCode, string>> = {
  "bad-request": "The request is not valid",
  unauthorized: "Not authorised",
  "not-found": "Not found",
  "method-not-allowed": "Method not allowed",
  conflict: "In conflict with what is there",
  "too-large": "Too large",
  "no-master": "No master",
  recovering: "The master is recovering",
  "store-unavailable": "The store is not available",
  deposed: "No longer the master",
  gone: "Gone",
  "engine-unavailable": "The container engine does not answer",
  internal: "Internal error",
};

const faultStatus: Readonly<Record<ControlFault, number>> = {
  "not-found": 404,
  conflict: 409,
  "store-unavailable": 503,
  deposed: 503,
  recovering: 503,
  gone: 410,
  invalid: 400,
};

/** Seconds after which trying again makes sense. */
const faultRetryAfter: Readonly<Partial<Record<ControlFault, string>>> = {
  "store-unavailable": "5",
  deposed: "1",
  recovering: "1",
};

function fromControl(error: ControlError): ProblemError {
  const retryAfter = faultRetryAfter[error.fault];
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  const code = error.fault === "invalid" ? "bad-request" : error.fault;
  return refuse(faultStatus[error.fault], code, error.message, { headers });
}

function fromFramework(error: unknown): ProblemError | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return refuse(413, "too-large", `the body is larger than ${limits.bodyBytes} bytes`, {
        rule: `at most ${limits.bodyBytes} bytes`,
      });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return refuse(
        415,
        "bad-request",
        "the body must be JSON: send it with content-type application/json",
      );
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return refuse(400, "bad-request", "the body is no valid JSON, or not all of it arrived");
    case "FST_ERR_BAD_URL":
    case "FST_ERR_INVALID_URL":
      return refuse(400, "bad-request", "the path of the URL is not valid percent-encoding");
    default:
      return undefined;
  }
}

function describeIssue(issue: z.core.$ZodIssue, input: unknown): string {
  const value = shownValue(issue, input);
  return `${fieldOf(issue)}${value === undefined ? "" : ` is ${value}`}: ${clip(issue.message)}`;
}

/** `ports[0].name`; the whole body is `body`. */
function fieldOf(issue: z.core.$ZodIssue): string {
  const key = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const path = key === undefined ? issue.path : [...issue.path, key];
  if (path.length === 0) return "body";
  return clip(
    path
      .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
      .join("")
      .replace(/^\./, ""),
  );
}

const secret: ReadonlySet<PropertyKey> = new Set([
  ...["env", "command", "entrypoint"],
  ...["registryAuth", "secrets"],
]);

/** Never what may be a secret: values of the environment, words of commands and credentials are left out. */
function shownValue(issue: z.core.$ZodIssue, input: unknown): string | undefined {
  const [root] = issue.path;
  if (root === undefined || issue.path.some((part) => secret.has(part))) return undefined;
  let value = input;
  for (const part of issue.path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === String(part))?.[1];
  }
  if (typeof value === "string") return `'${clip(value)}'`;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function clip(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}...`;
}
