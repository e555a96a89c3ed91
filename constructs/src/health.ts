/** How often and how patiently an instance is asked. */
export interface HealthOptions {
  /** Name of the port that is asked. @default the service's first port */
  readonly port?: string;
  /** Pause between two checks. @default 1000 */
  readonly intervalMs?: number;
  /** After it a check counts as failed. @default 1000 */
  readonly timeoutMs?: number;
  /** Failures this soon after the start do not count. @default 10000 */
  readonly graceMs?: number;
  /** Failures in a row after which the instance is replaced. @default 3 */
  readonly maxFailures?: number;
}

/** How Covey finds out whether an instance does its job. Only healthy instances are in DNS. */
export class Health {
  private constructor(
    readonly kind: "http" | "tcp",
    readonly path: string | undefined,
    readonly options: HealthOptions,
  ) {}

  /** Healthy is any answer from 200 to 399 to a GET of `path`. @throws Error unless it starts with '/' */
  static http(path = "/", options: HealthOptions = {}): Health {
    if (!path.startsWith("/"))
      throw new Error(`Health.http("${path}"): the path must start with '/'`);
    return new Health("http", path, checked(options));
  }

  /** Healthy is a connection that is accepted. */
  static tcp(options: HealthOptions = {}): Health {
    return new Health("tcp", undefined, checked(options));
  }
}

const least: Readonly<Record<"intervalMs" | "timeoutMs" | "graceMs" | "maxFailures", number>> = {
  intervalMs: 100,
  timeoutMs: 50,
  graceMs: 0,
  maxFailures: 1,
};

function checked(options: HealthOptions): HealthOptions {
  for (const name of ["intervalMs", "timeoutMs", "graceMs", "maxFailures"] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isInteger(value) && value >= least[name]))
      throw new RangeError(
        `Health: ${name} is ${value}, must be a whole number, ${least[name]} or more`,
      );
  }
  return options;
}
