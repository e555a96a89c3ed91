import type { Constraint } from "./constraint";
import { dependOn } from "./depend-on";
import { Construct } from "./engine";
import { LoadBalancer as LoadBalancerResource } from "./generated/load-balancer";
import { checkPort, listenerConfig, servicesOf } from "./listener";
import type { Listener } from "./listener";
import { checkedName } from "./names";
import type { Node } from "./node";
import type { Size } from "./size";

/** HAProxy's own page of figures. */
export interface Stats {
  readonly port: number;
  /** Sent in clear. @default everybody may see it */
  readonly login?: { readonly user: string; readonly password: string };
}

export interface LoadBalancerProps {
  /** Where clients come in; at least one. */
  readonly listeners: readonly Listener[];
  /** Each on a node of its own. @default 1 */
  readonly instances?: number;
  /** @default the one that `npm run images` builds */
  readonly image?: string;
  /** Share of processors of each instance. @default 0.5 */
  readonly cpus?: number;
  /** Memory of each instance. @default 128 MiB */
  readonly memory?: Size;
  /** On its node's own address, or on all addresses there. @default "node" */
  readonly address?: "node" | "any";
  /** HAProxy connects to each instance every second, beside the checks that decide what is in DNS. @default true */
  readonly check?: boolean;
  /** How long an instance that was replaced goes on answering the connections it has. @default 30000 */
  readonly drainMs?: number;
  /** @default none */
  readonly stats?: Stats;
  /** @default none: at most one a node, as always */
  readonly constraints?: readonly Constraint[];
}

export interface LoadBalancerConfig extends LoadBalancerProps {
  readonly name: string;
  /** How the cluster's API is reached. */
  readonly accessKey: string;
}

/** HAProxy on the nodes' own addresses, in front of services. Made by `Cluster.addLoadBalancer`. */
export class LoadBalancer extends Construct {
  readonly name: string;
  readonly instances: number;
  /** Copied. */
  readonly listeners: readonly Listener[];
  readonly resource: LoadBalancerResource;

  /** @throws Error when the props contradict each other, or a listener goes nowhere */
  constructor(scope: Construct, id: string, config: LoadBalancerConfig) {
    super(scope, id);
    this.name = checkedName("load balancer", config.name);
    this.instances = config.instances ?? 1;
    this.listeners = [...config.listeners];
    checkInstances(this.name, this.instances);
    checkPorts(this.name, config);
    this.resource = new LoadBalancerResource(this, "resource", {
      name: this.name,
      cluster: config.accessKey,
      instances: this.instances,
      listeners: this.listeners.map((one) => listenerConfig(this.name, one)),
      ...optional(config),
    });
    for (const service of servicesOf(this.listeners)) {
      if (service.node.scope !== scope)
        throw new Error(
          `load balancer '${this.name}': service '${service.name}' is of another cluster; one balances services of its own`,
        );
      dependOn(this.resource, service);
    }
  }

  /** Within the cluster: the addresses of the nodes where it runs. */
  get hostname(): string {
    return `${this.name}.service.consul`;
  }

  /** In the order of its listeners. */
  get ports(): readonly number[] {
    return this.listeners.map(({ port }) => port);
  }

  /** Of its first listener, or of the one at `port`. @throws Error when nothing listens there */
  url(port: number | undefined = this.ports[0]): string {
    const listener = this.listeners.find((one) => one.port === port);
    if (!listener)
      throw new Error(
        `load balancer '${this.name}' does not listen on port ${port}; it has ${this.ports.join(", ")}`,
      );
    return `${listener.mode ?? "http"}://${this.hostname}:${listener.port}`;
  }

  /** Deployed after `node`, and gone before it goes. */
  dependOn(node: Node): void {
    dependOn(this.resource, node);
  }
}

type ResourceConfig = ConstructorParameters<typeof LoadBalancerResource>[2];

function optional(config: LoadBalancerConfig): Partial<ResourceConfig> {
  const { image, cpus, memory, address, check, drainMs, stats, constraints = [] } = config;
  return {
    ...(image !== undefined && { image }),
    ...(cpus !== undefined && { cpus }),
    ...(memory !== undefined && { memoryMib: memory.toMebibytes() }),
    ...(address !== undefined && { address }),
    ...(check !== undefined && { check }),
    ...(drainMs !== undefined && { drainMs }),
    ...(stats !== undefined && { stats: { port: stats.port, ...stats.login } }),
    ...(constraints.length > 0 && {
      constraints: constraints.map(({ attribute, operator, value }) => ({
        attribute,
        operator,
        ...(value === undefined ? {} : { value }),
      })),
    }),
  };
}

function checkInstances(name: string, instances: number): void {
  if (!Number.isInteger(instances) || instances < 0)
    throw new RangeError(
      `load balancer '${name}': instances is ${instances}, must be a whole number, 0 or more`,
    );
}

function checkPorts(name: string, { listeners, stats }: LoadBalancerProps): void {
  if (listeners.length === 0)
    throw new Error(`load balancer '${name}' has no listeners; give it one`);
  const ports = listeners.map(({ port }) => port);
  if (stats) {
    checkPort(`load balancer '${name}': stats`, stats.port);
    ports.push(stats.port);
  }
  const twice = ports.find((port, index) => ports.indexOf(port) !== index);
  if (twice !== undefined)
    throw new Error(
      `load balancer '${name}': port ${twice} is taken twice; give each listener and the stats page its own, or one listener several rules`,
    );
}
