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
  /** Successes in a row until it is healthy (again). @default 1 */
  readonly minSuccesses?: number;
}

/** A command asks no port. */
export type CommandHealthOptions = Omit<HealthOptions, "port">;

type HealthKind = "http" | "tcp" | "grpc" | "command";

/** How Covey finds out whether an instance does its job. Only healthy instances are in DNS. */
export class Health {
  private constructor(
    readonly kind: HealthKind,
    /** In Terraform's words. */
    readonly asked: HealthQuestion,
    readonly options: HealthOptions,
  ) {}

  /** Healthy is any answer from 200 to 399 to a GET of `path`. @throws Error unless it starts with '/' */
  static http(path = "/", options: HealthOptions = {}): Health {
    if (!path.startsWith("/"))
      throw new Error(`Health.http("${path}"): the path must start with '/'`);
    return new Health("http", { http: path }, checked(options));
  }

  /** Healthy is a connection that is accepted. */
  static tcp(options: HealthOptions = {}): Health {
    return new Health("tcp", { tcp: true }, checked(options));
  }

  /** Healthy is SERVING, asked of `grpc.health.v1.Health`. @param service '' for the server as a whole */
  static grpc(service = "", options: HealthOptions = {}): Health {
    return new Health("grpc", { grpc: service }, checked(options));
  }

  /** Healthy is exit code 0 of this command, run in the container. @throws Error without a word */
  static command(words: readonly string[], options: CommandHealthOptions = {}): Health {
    if (words.length === 0) throw new Error("Health.command([]): must say what is run");
    return new Health("command", { command: [...words] }, checked(options));
  }
}

interface HealthQuestion {
  readonly http?: string;
  readonly tcp?: boolean;
  readonly grpc?: string;
  readonly command?: string[];
}

const least: Readonly<Record<Exclude<keyof HealthOptions, "port">, number>> = {
  intervalMs: 100,
  timeoutMs: 50,
  graceMs: 0,
  maxFailures: 1,
  minSuccesses: 1,
};

function checked(options: HealthOptions): HealthOptions {
  for (const name of Object.keys(least) as (keyof typeof least)[]) {
    const value = options[name];
    if (value !== undefined && !(Number.isInteger(value) && value >= least[name]))
      throw new RangeError(
        `Health: ${name} is ${value}, must be a whole number, ${least[name]} or more`,
      );
  }
  return options;
}
