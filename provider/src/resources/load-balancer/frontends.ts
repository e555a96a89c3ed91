import { backendName } from "./backends";
import { statusPath, statusPort, variables } from "./balancing";
import type { Balancing, Listener, Rule, Stats } from "./balancing";

/** A backend of this name is no service's: those have a dot. */
const noRule = "no-rule";

/** Who listens: the listeners, the answer to Covey's health check, and the stats page. */
export function frontendSections(balancing: Balancing): string[][] {
  const { address, listeners, stats, name } = balancing;
  // Environment variables are replaced between double quotes.
  const host = address === "node" ? '"${HOST}"' : "*";
  return [
    ...listeners.map((listener) => listenerSection(listener, host)),
    [
      `frontend ${statusPort}`,
      `  bind "\${HOST}:\${PORT_${statusPort.toUpperCase()}}"`,
      "  mode http",
      "  option dontlog-normal",
      `  monitor-uri ${statusPath}`,
      "  http-request return status 404",
    ],
    ...(stats === null ? [] : [statsSection(stats, host)]),
    ...(listeners.some(({ service }) => service === null) ? [noRuleSection(name)] : []),
  ];
}

function listenerSection(listener: Listener, host: string): string[] {
  const { port, mode, service } = listener;
  const http = mode === "http";
  return [
    `frontend port-${port}`,
    `  bind ${host}:${port}`,
    `  mode ${mode}`,
    // A connection that is kept open for a next request gets that answered before it is closed, also while we end.
    ...(http ? ["  option httplog", "  option idle-close-on-response"] : ["  option tcplog"]),
    "  option dontlog-normal",
    ...(listener.rules ?? []).flatMap((rule, index) => ruleLines(listener, rule, index)),
    `  default_backend ${service === null ? noRule : backendName(listener, service)}`,
  ];
}

/** `/api` is `/api` and all below it, not `/apiary`. */
function ruleLines(listener: Listener, rule: Rule, index: number): string[] {
  const { host, path_prefix: path, service } = rule;
  const [hostAcl, pathAcl] = [`rule-${index}-host`, `rule-${index}-path`];
  const asked = "req.hdr(host),field(1,:),lower";
  return [
    ...(host === null
      ? []
      : [
          host.startsWith("*.")
            ? `  acl ${hostAcl} ${asked} -m end ${host.slice(1)}`
            : `  acl ${hostAcl} ${asked} -m str ${host}`,
        ]),
    ...(path === null ? [] : pathLines(pathAcl, path)),
    `  use_backend ${backendName(listener, service)} if ${condition(rule, index)}`,
  ];
}

function pathLines(acl: string, path: string): string[] {
  if (path.endsWith("/")) return [`  acl ${acl} path -m beg ${path}`];
  return [`  acl ${acl} path -m str ${path}`, `  acl ${acl} path -m beg ${path}/`];
}

function condition({ host, path_prefix: path }: Rule, index: number): string {
  return [
    ...(host === null ? [] : [`rule-${index}-host`]),
    ...(path === null ? [] : [`rule-${index}-path`]),
  ].join(" ");
}

function noRuleSection(name: string): string[] {
  const said = `no rule of load balancer '${name}' takes this host and path`;
  return [
    `backend ${noRule}`,
    "  mode http",
    `  http-request return status 404 content-type text/plain string "${said}"`,
  ];
}

function statsSection({ port, user }: Stats, host: string): string[] {
  return [
    "frontend stats",
    `  bind ${host}:${port}`,
    "  mode http",
    "  option dontlog-normal",
    "  stats enable",
    "  stats uri /",
    "  stats hide-version",
    "  stats refresh 5s",
    ...(user === null ? [] : [`  stats auth "${user}:\${${variables.password}}"`]),
  ];
}
