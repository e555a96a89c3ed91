import type { Path } from "../../plugin";
import type { Balancing, Listener, Rule } from "./balancing";

export interface Contradiction {
  readonly path: Path;
  readonly summary: string;
  readonly detail: string;
}

interface Judged extends Pick<Balancing, "listeners" | "stats"> {
  readonly constraints: readonly { readonly attribute: string; readonly operator: string }[] | null;
}

/** What the single attributes' validators cannot see; each with the way out. */
export function contradictions({
  listeners,
  stats,
  constraints,
}: Judged): readonly Contradiction[] {
  return [
    ...portsTwice({ listeners, stats }),
    ...listeners.flatMap((listener, index) => [
      ...ofTcp(listener, ["listeners", index]),
      ...ofRules(listener, ["listeners", index]),
    ]),
    ...ofStats(stats),
    ...ofConstraints(constraints),
  ];
}

function ofConstraints(constraints: Judged["constraints"]): Contradiction[] {
  const index = (constraints ?? []).findIndex(
    ({ attribute, operator }) => attribute === "node" && operator === "UNIQUE",
  );
  if (index === -1) return [];
  return [
    {
      path: ["constraints", index],
      summary: "Constraint that is there anyway",
      detail:
        "A load balancer has at most one instance on a node as it is: leave UNIQUE of node out.",
    },
  ];
}

function portsTwice({ listeners, stats }: Omit<Judged, "constraints">): Contradiction[] {
  const users = listeners.map(({ port }, index) => ({
    port,
    name: `listeners[${index}]`,
    path: ["listeners", index, "port"] as Path,
  }));
  if (stats !== null) users.push({ port: stats.port, name: "stats", path: ["stats", "port"] });
  return users.flatMap(({ port, path, name }, index) => {
    const before = users.slice(0, index).find((one) => one.port === port);
    if (!before) return [];
    const detail = `${name}.port is ${port}, which ${before.name} has already: give each a port of its own${name === "stats" ? "" : ", or one listener several rules"}.`;
    return [{ path, summary: "Port taken twice", detail }];
  });
}

function ofTcp(listener: Listener, path: Path): Contradiction[] {
  if (listener.mode !== "tcp") return [];
  const { rules, sticky, service } = listener;
  const found: Contradiction[] = [];
  if (rules !== null && rules.length > 0)
    found.push({
      path: [...path, "rules"],
      summary: "Rules on a TCP listener",
      detail: `mode is "tcp", whose bytes have no host and no path, but there are ${rules.length} rules: set mode to "http", or name one service and leave the rules out.`,
    });
  if (sticky)
    found.push({
      path: [...path, "sticky"],
      summary: "Cookie on a TCP listener",
      detail: `mode is "tcp", which carries no cookies, but sticky is true: set mode to "http", or balance to "source", which keeps each client's address with one instance.`,
    });
  if (service === null)
    found.push({
      path: [...path, "service"],
      summary: "Listener without a service",
      detail: `mode is "tcp" and service is missing: name the service that the connections go to.`,
    });
  return found;
}

function ofRules({ mode, service, rules }: Listener, path: Path): Contradiction[] {
  const all = mode === "http" ? (rules ?? []) : [];
  if (mode === "http" && service === null && all.length === 0)
    return [
      {
        path,
        summary: "Listener without a service",
        detail:
          "It has no service and no rules, so every request would be answered 404: name a service, or give it rules.",
      },
    ];
  return all.flatMap((rule, index): Contradiction[] => {
    const at = [...path, "rules", index];
    if (rule.host === null && rule.path_prefix === null)
      return [
        {
          path: at,
          summary: "Rule without a condition",
          detail: `rules[${index}] has no host and no path_prefix, so it takes everything: give it one, or make '${rule.service}' the listener's service.`,
        },
      ];
    const before = all.findIndex((one, place) => place < index && covers(one, rule));
    if (before === -1) return [];
    const detail = `rules[${index}] (${described(rule)}) can never apply: the first rule that matches decides, and rules[${before}] (${described(all[before])}) takes all of it. Put it before rules[${before}], or leave it out.`;
    return [{ path: at, summary: "Rule that never applies", detail }];
  });
}

/** Whatever the later one takes, the earlier one takes first. */
function covers(earlier: Rule, later: Rule): boolean {
  return (
    coversHost(earlier.host, later.host) &&
    coversPath(earlier.path_prefix, later.path_prefix ?? "/")
  );
}

function coversHost(earlier: string | null, later: string | null): boolean {
  if (earlier === null || earlier === later) return true;
  if (later === null || !earlier.startsWith("*.")) return false;
  return later.replace(/^\*/, "x").endsWith(earlier.slice(1));
}

function coversPath(earlier: string | null, later: string): boolean {
  if (earlier === null || earlier === later) return true;
  return later.startsWith(earlier.endsWith("/") ? earlier : `${earlier}/`);
}

function described(rule: Rule | undefined): string {
  return `${rule?.host ?? "any host"}${rule?.path_prefix ?? ""}`;
}

function ofStats(stats: Judged["stats"]): Contradiction[] {
  if (stats === null || (stats.user === null) === (stats.password === null)) return [];
  const [given, missing] = stats.user === null ? ["password", "user"] : ["user", "password"];
  return [
    {
      path: ["stats", missing],
      summary: "Half a login",
      detail: `stats.${given} is given, stats.${missing} is not: give both, or neither for a page that everybody may see.`,
    },
  ];
}
