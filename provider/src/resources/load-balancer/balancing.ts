/** What a load balancer does, apart from where it runs: all that its HAProxy configuration follows from. */
export interface Balancing {
  readonly name: string;
  readonly cpus: number;
  readonly address: string;
  readonly listeners: readonly Listener[];
  readonly check: boolean;
  readonly max_servers: number;
  readonly max_connections: number;
  readonly connect_timeout_ms: number;
  readonly client_timeout_ms: number;
  readonly server_timeout_ms: number;
  readonly keep_alive_timeout_ms: number;
  readonly drain_ms: number;
  readonly stats: Stats | null;
}

export interface Listener {
  readonly port: number;
  /** `http` or `tcp`. */
  readonly mode: string;
  readonly service: string | null;
  readonly rules: readonly Rule[] | null;
  readonly balance: string;
  readonly sticky: boolean;
}

export interface Rule {
  readonly host: string | null;
  readonly path_prefix: string | null;
  readonly service: string;
}

export interface Stats {
  readonly port: number;
  readonly user: string | null;
  readonly password: string | null;
}

/** Environment of an instance. */
export const variables = {
  config: "HAPROXY_CONFIG",
  password: "STATS_PASSWORD",
  /** The attributes as they were put, but the password, for refreshes and imports. */
  attributes: "COVEY_LOAD_BALANCER",
} as const;

/** Its port is drawn for each instance: a new one must answer for itself, not the old one in its place. */
export const statusPort = "status";
export const statusPath = "/healthz";

export function portsOf({ listeners, stats }: Pick<Balancing, "listeners" | "stats">): number[] {
  return [...listeners.map(({ port }) => port), ...(stats === null ? [] : [stats.port])];
}
