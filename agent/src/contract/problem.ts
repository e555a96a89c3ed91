/** RFC 9457 (application/problem+json), with what was wrong and the way out. */
export interface Problem {
  /** `about:blank#CODE`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Which thing, which value, what to do. */
  readonly detail: string;
  readonly code: ProblemCode;
  /** Path of the offending field, e.g. `ports[0].name`. */
  readonly field?: string | undefined;
  /** The rule it breaks. */
  readonly rule?: string | undefined;
}

export type ProblemCode =
  | "bad-request"
  | "unauthorized"
  | "not-found"
  | "method-not-allowed"
  | "conflict"
  | "too-large"
  | "no-master"
  | "recovering"
  | "store-unavailable"
  | "deposed"
  | "gone"
  | "engine-unavailable"
  | "internal";
