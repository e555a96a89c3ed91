import { backendSections } from "./backends";
import type { Balancing } from "./balancing";
import { frontendSections } from "./frontends";

/**
 * The text of `haproxy.cfg`, and nothing but what follows from the attributes, whose validators let nothing through that has a
 * meaning of its own in it. Variables in braces are the instance's environment (HAProxy 2.6, configuration manual 2.3).
 */
export function haproxyConfig(balancing: Balancing): string {
  const sections = [
    globalSection(balancing),
    resolversSection,
    defaultsSection(balancing),
    ...backendSections(balancing),
    // While an instance warms up it looks for servers and takes nobody in.
    [".if !defined(COVEY_WARM_UP)"],
    ...frontendSections(balancing),
    [".endif"],
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function globalSection(balancing: Balancing): string[] {
  return [
    "global",
    "  log stdout format raw local0 notice",
    "  user haproxy",
    "  group haproxy",
    "  chroot /var/lib/haproxy",
    `  nbthread ${Math.ceil(Math.min(balancing.cpus, 64))}`,
    `  maxconn ${balancing.max_connections}`,
    `  hard-stop-after ${balancing.drain_ms}ms`,
    // Over it the successor gets the listening sockets.
    '  stats socket "${COVEY_ADMIN_SOCKET}" mode 600 level admin expose-fd listeners',
    '  server-state-file "${COVEY_STATE_FILE}"',
  ];
}

/**
 * The container's resolver is its node's Consul. What it answers holds at once; where it is silent or refuses, the servers found
 * last go on serving, as tasks do when Consul is down.
 */
const resolversSection = [
  "resolvers consul",
  "  parse-resolv-conf",
  "  accepted_payload_size 8192",
  "  resolve_retries 2",
  "  timeout resolve 500ms",
  "  timeout retry 500ms",
  "  hold valid 500ms",
  "  hold obsolete 0s",
  "  hold nx 2s",
  "  hold timeout 1h",
  "  hold refused 1h",
  "  hold other 1h",
];

function defaultsSection(balancing: Balancing): string[] {
  return [
    "defaults",
    "  log global",
    "  option dontlognull",
    "  retries 3",
    "  option redispatch 1",
    `  timeout connect ${balancing.connect_timeout_ms}ms`,
    `  timeout client ${balancing.client_timeout_ms}ms`,
    `  timeout server ${balancing.server_timeout_ms}ms`,
    `  timeout http-keep-alive ${balancing.keep_alive_timeout_ms}ms`,
    "  timeout http-request 10s",
    "  timeout queue 5s",
    "  timeout check 1s",
    "  timeout tunnel 1h",
    "  load-server-state-from-file global",
    // A server that fails a request is asked again at once.
    "  default-server init-addr none resolve-prefer ipv4 resolve-opts allow-dup-ip inter 1s fastinter 200ms fall 2 rise 1 observe layer4 error-limit 3 on-error fastinter",
  ];
}
