import type { LoadBalancerListeners, LoadBalancerListenersRules } from "./generated/load-balancer";
import { checkedName } from "./names";
import { Service } from "./service";

/** A service of the same cluster, or the name of one that is described elsewhere. */
export type Target = Service | string;

export type Balance = "roundrobin" | "leastconn" | "source";

/** Requests for this host, or below this path, or both. */
export type Rule = { readonly service: Target } & (
  | {
      /** `shop.example.org`, or `*.example.org` for all below it. */
      readonly host: string;
      /** `/api` is `/api` and what is below it, not `/apiary`. @default any path */
      readonly path?: string;
    }
  | { readonly host?: string; readonly path: string }
);

interface Port {
  /** On the nodes' addresses, outside the range that they give to tasks. */
  readonly port: number;
  /** Which instance is next: each in turn, the one with the fewest connections, or by the client's address. @default "roundrobin" */
  readonly balance?: Balance;
}

export interface HttpListener extends Port {
  /** @default "http" */
  readonly mode?: "http";
  /** Gets what no rule takes. @default such requests are answered 404 */
  readonly service?: Target;
  /** The first that matches decides. @default none */
  readonly rules?: readonly Rule[];
  /** A client stays with one instance, by a cookie. @default false */
  readonly sticky?: boolean;
}

/** Bytes have no hosts, no paths and no cookies. */
export interface TcpListener extends Port {
  readonly mode: "tcp";
  readonly service: Target;
}

export type Listener = HttpListener | TcpListener;

/** @throws Error where it goes nowhere, RangeError where its port is none */
export function listenerConfig(balancer: string, listener: Listener): LoadBalancerListeners {
  const { port, mode, balance, service } = listener;
  const where = `load balancer '${balancer}': listener ${port}`;
  checkPort(where, port);
  const { rules = [], sticky } = listener as HttpListener;
  if (mode === "tcp") checkBytes(where, rules, sticky === true);
  if (service === undefined && rules.length === 0)
    throw new Error(`${where} has no service and no rules; name a service, or give it rules`);
  return {
    port,
    ...(mode !== undefined && { mode }),
    ...(balance !== undefined && { balance }),
    ...(sticky !== undefined && { sticky }),
    ...(service !== undefined && { service: nameOf(service) }),
    ...(rules.length > 0 && { rules: rules.map((rule) => ruleConfig(where, rule)) }),
  };
}

/** The compiler says so already, where it is asked. */
function checkBytes(where: string, rules: readonly Rule[], sticky: boolean): void {
  if (rules.length === 0 && !sticky) return;
  throw new Error(
    `${where}: mode is "tcp", which has no hosts, paths and cookies; set mode to "http", or leave out ${sticky ? "sticky" : "rules"}`,
  );
}

function ruleConfig(where: string, { host, path, service }: Rule): LoadBalancerListenersRules {
  if (host === undefined && path === undefined)
    throw new Error(
      `${where}: the rule for '${nameOf(service)}' has no host and no path, so it takes everything; give it one, or make that the listener's service`,
    );
  return {
    ...(host !== undefined && { host }),
    ...(path !== undefined && { pathPrefix: path }),
    service: nameOf(service),
  };
}

/** All services that are constructs here. */
export function servicesOf(listeners: readonly Listener[]): readonly Service[] {
  return listeners
    .flatMap((one) => [
      one.service,
      ...((one as HttpListener).rules ?? []).map((rule) => rule.service),
    ])
    .filter((one) => one instanceof Service);
}

export function checkPort(where: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new RangeError(`${where}: port is ${port}, must be 1 to 65535`);
}

function nameOf(target: Target): string {
  return typeof target === "string" ? checkedName("service", target) : target.name;
}
