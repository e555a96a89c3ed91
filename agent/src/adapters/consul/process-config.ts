import { createHash } from "node:crypto";
import type { ConsulVersion } from "./version";
import { isAtLeast } from "./version";

/** What a managed Consul is told, independent of its version. */
export interface ProcessSettings {
  readonly dataDir: string;
  readonly node: string;
  readonly address: string;
  readonly httpPort: number;
  readonly dnsPort: number;
  readonly datacenter: string;
  readonly gossipKey: string;
  /** Management token of the cluster. */
  readonly token: string;
  readonly recursors: readonly string[];
  readonly server: boolean;
  /** Addresses of all voters, which are Consul's servers. */
  readonly servers: readonly string[];
}

/** Files of a managed Consul, all in its data directory. */
export interface ProcessFiles {
  readonly config: string;
  readonly pid: string;
  readonly data: string;
  readonly logs: string;
  /** What it says on stderr: why it does not start, and its panics. */
  readonly errors: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export function processFiles(dataDir: string): ProcessFiles {
  return {
    config: `${dataDir}/consul.json`,
    pid: `${dataDir}/consul.pid.json`,
    data: `${dataDir}/data`,
    logs: `${dataDir}/logs`,
    errors: `${dataDir}/logs/stderr`,
    ca: `${dataDir}/ca.pem`,
    cert: `${dataDir}/cert.pem`,
    key: `${dataDir}/key.pem`,
  };
}

/**
 * Consul's configuration file. Choices:
 * - Everything listens on the node's own address only; ports we do not use are off.
 * - `retry_join` leaves out the node itself: joining oneself succeeds, and Consul would look no further.
 * - raft_multiplier 1, retry every second: three servers have a leader in 2 s instead of 7.
 * - Leaving is asked for through the API; a TERM only stops. `leave_drain_time` would otherwise cost 5 s.
 * - ACLs deny by default. Their caches are short: a client that asked before there was a leader would else
 *   hold "not found" for 30 s.
 * - DNS: no caching by ttl, critical entries are left out, and as many records as a datagram holds.
 * - Dead servers: autopilot removes them while a majority remains (Consul's default), so that voters lost one
 *   after another do not take the store along; one that comes back with its data is taken in again by itself.
 */
export function renderConfig(settings: ProcessSettings, version: ConsulVersion): string {
  const files = processFiles(settings.dataDir);
  const { address } = settings;
  return JSON.stringify(
    {
      node_name: settings.node,
      datacenter: settings.datacenter,
      data_dir: files.data,
      bind_addr: address,
      client_addr: address,
      advertise_addr: address,
      ports: renderPorts(settings, version),
      retry_join: settings.servers.filter((server) => server !== address),
      retry_interval: "1s",
      ...(settings.server && renderServer(settings)),
      performance: { raft_multiplier: 1, leave_drain_time: "0s" },
      disable_host_node_id: true,
      leave_on_terminate: false,
      skip_leave_on_interrupt: true,
      disable_update_check: true,
      encrypt: settings.gossipKey,
      ...renderTls(settings.dataDir, version),
      acl: renderAcl(settings.token, version),
      recursors: settings.recursors,
      dns_config: {
        node_ttl: "0s",
        service_ttl: { "*": "0s" },
        only_passing: true,
        enable_truncate: true,
        udp_answer_limit: 64,
        recursor_timeout: "1s",
      },
      log_level: "INFO",
      log_file: `${files.logs}/consul.log`,
      log_rotate_bytes: 5 * 1024 * 1024,
      log_rotate_max_files: 3,
    },
    null,
    2,
  );
}

function renderServer(settings: ProcessSettings) {
  return {
    server: true,
    bootstrap_expect: settings.servers.length,
    // A server that returns votes again after this long instead of 10 s.
    autopilot: { cleanup_dead_servers: true, server_stabilization_time: "2s" },
  };
}

/** One datacenter only: no WAN gossip. gRPC (Envoy, peering) came with TLS of its own, on by default, in 1.14. */
function renderPorts(settings: ProcessSettings, version: ConsulVersion) {
  return {
    http: settings.httpPort,
    dns: settings.dnsPort,
    grpc: -1,
    ...(isAtLeast(version, 1, 14) && { grpc_tls: -1 }),
    ...(settings.server && { serf_wan: -1 }),
  };
}

/** 1.12 moved the settings of TLS into a part of their own. */
function renderTls(dataDir: string, version: ConsulVersion) {
  const files = processFiles(dataDir);
  const pem = { ca_file: files.ca, cert_file: files.cert, key_file: files.key };
  return isAtLeast(version, 1, 12)
    ? { tls: { internal_rpc: { ...pem, verify_incoming: true, verify_outgoing: true } } }
    : { ...pem, verify_incoming_rpc: true, verify_outgoing: true };
}

/** 1.11 renamed `master` and `agent_master`. */
function renderAcl(token: string, version: ConsulVersion) {
  const renamed = isAtLeast(version, 1, 11);
  return {
    enabled: true,
    default_policy: "deny",
    down_policy: "extend-cache",
    token_ttl: "2s",
    policy_ttl: "2s",
    role_ttl: "2s",
    tokens: {
      [renamed ? "initial_management" : "master"]: token,
      agent: token,
      [renamed ? "agent_recovery" : "agent_master"]: recoveryToken(token),
    },
  };
}

/**
 * Consul's token for one agent itself, good without servers: by it the agent answers and leaves while there is no
 * leader. Another than the management token, whose rights it would hide.
 */
export function recoveryToken(token: string): string {
  const hex = createHash("sha256").update(`covey agent recovery:${token}`).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
