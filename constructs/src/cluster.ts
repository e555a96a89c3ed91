import { Construct, Lazy, Token } from "./engine";
import { Cluster as ClusterResource } from "./generated/cluster";
import type { Host } from "./host";
import { LoadBalancer } from "./load-balancer";
import type { LoadBalancerProps } from "./load-balancer";
import { checkedName } from "./names";
import { Node } from "./node";
import type { NodeOptions } from "./node";
import { declareProvider } from "./provider";
import { Role } from "./role";
import type { RoleProps } from "./role";
import { Service } from "./service";
import type { ServiceProps } from "./service";

/** A Consul of your own, with an agent that every node reaches. */
export interface ExternalConsul {
  /** Such as `http://127.0.0.1:8500`. */
  readonly address: string;
  /** Its ACL token. @default none */
  readonly token?: string;
  /** Address of its DNS on port 53, given to containers as resolver. @default none */
  readonly dns?: string;
}

export interface ClusterProps {
  /** @default the construct's id */
  readonly name?: string;
  /**
   * How many nodes elect the master: 1, 3, 5 or 7, of which 0, 1, 2 or 3 may fail. The first nodes that are added are the voters.
   */
  readonly voters: number;
  /** Consul's datacenter. @default "dc1" */
  readonly datacenter?: string;
  /**
   * How far apart the nodes are: on one machine, on one site, or on several. The farther, the longer a node's silence is
   * borne before it is held for dead.
   * @default "local"
   */
  readonly mesh?: "local" | "lan" | "wan";
  /** @default the agents run Consul themselves, a server on each voter */
  readonly consul?: ExternalConsul;
}

/** A set of machines as one computer: nodes are added to it, and services run on it. */
export class Cluster extends Construct {
  readonly name: string;
  readonly voters: number;
  readonly datacenter: string;
  readonly resource: ClusterResource;
  private readonly allNodes: Node[] = [];
  private readonly allServices: Service[] = [];
  private readonly allLoadBalancers: LoadBalancer[] = [];
  private readonly allRoles: Role[] = [];

  /** @throws Error when the number of voters is not 1, 3, 5 or 7 */
  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    this.name = checkedName("cluster", props.name ?? id);
    this.voters = checkedVoters(this.name, props.voters);
    this.datacenter = props.datacenter ?? "dc1";
    declareProvider(this);
    this.resource = new ClusterResource(this, "resource", {
      name: this.name,
      datacenter: this.datacenter,
      ...(props.mesh !== undefined && { mesh: props.mesh }),
      ...(props.consul && { consul: { mode: "external", ...props.consul } }),
      // Nodes come later than this; the declared voters are the first of them.
      voters: Token.asStringMap(Lazy.anyValue({ produce: () => this.votersByName() })),
    });
    this.node.addValidation({ validate: () => this.missingVoters() });
  }

  /** A copy; grows by `addNode`. */
  get nodes(): readonly Node[] {
    return [...this.allNodes];
  }

  /** A copy; grows by `addService`. */
  get services(): readonly Service[] {
    return [...this.allServices];
  }

  /** What services and other users of the API need: its addresses, CA and token in one sensitive value. */
  get accessKey(): string {
    return this.resource.accessKey;
  }

  /** @throws Error when the cluster has a node of this name or address already */
  addNode(name: string, host: Host, options: NodeOptions = {}): Node {
    const namesake = this.allNodes.find((one) => one.name === name);
    if (namesake)
      throw new Error(
        `cluster '${this.name}' has a node '${name}' already, at ${namesake.address}; names must differ`,
      );
    const neighbour = host.address === undefined ? undefined : this.nodeAt(host.address);
    if (neighbour)
      throw new Error(
        `cluster '${this.name}': nodes '${neighbour.name}' and '${name}' both have the address ${neighbour.address}; each needs its own`,
      );
    const node = new Node(this, name, { ...options, name, host, joinKey: this.resource.joinKey });
    this.allNodes.push(node);
    for (const one of [...this.allServices, ...this.allLoadBalancers, ...this.allRoles])
      one.dependOn(node);
    return node;
  }

  /** One node for each host, named `PREFIX-1`, `PREFIX-2`, ... */
  addNodes(prefix: string, hosts: readonly Host[], options: NodeOptions = {}): readonly Node[] {
    return hosts.map((host, index) => this.addNode(`${prefix}-${index + 1}`, host, options));
  }

  /** @throws Error when the cluster has a service of this name already, or its props contradict each other */
  addService(name: string, props: ServiceProps): Service {
    this.checkNewService(name);
    const service = new Service(this, `service-${name}`, {
      ...props,
      name,
      accessKey: this.accessKey,
    });
    this.allServices.push(service);
    for (const node of this.allNodes) service.dependOn(node);
    return service;
  }

  /**
   * HAProxy on the nodes' own addresses, in front of services, after which it is deployed.
   * @throws Error when the cluster has a service of this name already, or the props contradict each other
   */
  addLoadBalancer(name: string, props: LoadBalancerProps): LoadBalancer {
    this.checkNewService(name);
    const balancer = new LoadBalancer(this, `load-balancer-${name}`, {
      ...props,
      name,
      accessKey: this.accessKey,
    });
    this.allLoadBalancers.push(balancer);
    for (const node of this.allNodes) balancer.dependOn(node);
    return balancer;
  }

  /**
   * How a role shares the cluster with others; `services` is the one that services are in.
   * @throws Error when the cluster has this role already, or its props contradict each other
   */
  addRole(name: string, props: RoleProps = {}): Role {
    if (this.allRoles.some((one) => one.name === name))
      throw new Error(`cluster '${this.name}' has a role '${name}' already; say all of it at once`);
    // '/' parts the ids of constructs.
    const id = `role-${name.replaceAll("/", "--")}`;
    const role = new Role(this, id, { ...props, name, accessKey: this.accessKey });
    this.allRoles.push(role);
    for (const node of this.allNodes) role.dependOn(node);
    return role;
  }

  /** A load balancer is a service too. */
  private checkNewService(name: string): void {
    const taken = (all: readonly { readonly name: string }[]) =>
      all.some((one) => one.name === name);
    const what = taken(this.allServices) ? "service" : "load balancer";
    if (taken(this.allServices) || taken(this.allLoadBalancers))
      throw new Error(`cluster '${this.name}' has a ${what} '${name}' already; names must differ`);
  }

  private nodeAt(address: string): Node | undefined {
    return this.allNodes.find((one) => one.address === address);
  }

  private votersByName(): Record<string, string> {
    const voters = this.allNodes.slice(0, this.voters);
    return Object.fromEntries(voters.map(({ name, address }) => [name, address]));
  }

  private missingVoters(): string[] {
    const missing = this.voters - this.allNodes.length;
    if (missing <= 0) return [];
    return [
      `cluster '${this.name}' has ${this.voters} voters but ${this.allNodes.length} nodes: add ${missing} more with addNode, or lower voters`,
    ];
  }
}

function checkedVoters(cluster: string, voters: number): number {
  if (![1, 3, 5, 7].includes(voters))
    throw new RangeError(
      `cluster '${cluster}': voters is ${voters}, must be 1, 3, 5 or 7; an even number survives no more failures than one fewer does`,
    );
  return voters;
}
