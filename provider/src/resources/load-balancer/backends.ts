import type { Balancing, Listener } from "./balancing";

/** Instances of one service, served in one way. */
interface Backend extends Pick<Listener, "mode" | "balance" | "sticky"> {
  readonly service: string;
}

type Way = Pick<Listener, "mode" | "balance" | "sticky">;

/** A service's name has no dot, so these are distinct, and no service is named like a backend of another kind. */
export function backendName({ mode, balance, sticky }: Way, service: string): string {
  return `${service}.${mode}.${balance}${sticky ? ".sticky" : ""}`;
}

/** Every one that a listener or a rule names, once, in the order of their first mention. */
export function backendSections(balancing: Balancing): string[][] {
  const found = new Map<string, Backend>();
  for (const { service, rules, mode, balance, sticky } of balancing.listeners)
    for (const one of [service, ...(rules ?? []).map((rule) => rule.service)])
      if (one !== null)
        found.set(backendName({ mode, balance, sticky }, one), {
          mode,
          balance,
          sticky,
          service: one,
        });
  return [...found].map(([name, backend]) => sectionOf(name, backend, balancing));
}

function sectionOf(name: string, backend: Backend, balancing: Balancing): string[] {
  const { service, mode, balance } = backend;
  const check = balancing.check ? " check" : "";
  return [
    `backend ${name}`,
    `  mode ${mode}`,
    `  balance ${balance}`,
    // Source: stays with a server while others come and go.
    ...(balance === "source" ? ["  hash-type consistent"] : []),
    ...(mode === "http" ? httpLines(backend, balancing.name) : []),
    `  server-template ${service}- ${balancing.max_servers} _${service}._tcp.service.consul resolvers consul${check}`,
  ];
}

/**
 * What a server took and did not answer is sent to another, where sending it twice does no harm; what it never got is sent to
 * another in any case.
 */
function httpLines({ service, sticky }: Backend, name: string): string[] {
  return [
    "  retry-on conn-failure empty-response",
    "  http-request disable-l7-retry unless { method GET HEAD OPTIONS PUT DELETE TRACE }",
    "  option forwardfor",
    ...(sticky
      ? [
          // The same in every instance and after every change, without a table to be kept.
          `  dynamic-cookie-key ${name}/${service}`,
          `  cookie covey-${service} insert indirect nocache httponly dynamic`,
        ]
      : []),
  ];
}
