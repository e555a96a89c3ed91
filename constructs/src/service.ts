import type { Constraint } from "./constraint";
import { containerConfig } from "./container";
import type { ContainerOptions } from "./container";
import { dependOn } from "./depend-on";
import { Construct } from "./engine";
import { Service as ServiceResource } from "./generated/service";
import type { ServiceHealth, ServiceReadiness } from "./generated/service";
import type { Health } from "./health";
import { checkedName } from "./names";
import type { Node } from "./node";
import { Size } from "./size";

export interface ServicePort {
  /** 1 to 15 of a-z, 0-9 and '-'. */
  readonly name: string;
  /** Where the process listens in its container. */
  readonly port: number;
  /** @default one that is free on the instance's node */
  readonly hostPort?: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
}

export interface ServiceProps {
  /** Image of the containers, as Docker names it. */
  readonly image: string;
  /** @default 1 */
  readonly instances?: number;
  /** Share of processors of each instance. @default 0.1 */
  readonly cpus?: number;
  /** Memory of each instance; one that takes more is killed. @default 64 MiB */
  readonly memory?: Size;
  /** The one port, named `main`. Not together with `ports`. @default none */
  readonly port?: number;
  /** Several ports, or one with a name. Not together with `port`. @default none */
  readonly ports?: readonly ServicePort[];
  /** `host`: the containers use the node's own network and addresses. @default "bridge" */
  readonly network?: "bridge" | "host";
  /** @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Program and its arguments. @default what the image says */
  readonly command?: readonly string[];
  /** Between the signal to end (TERM) and the one that ends (KILL). @default 3000 */
  readonly killGraceMs?: number;
  /** @default none: an instance is healthy as long as it runs */
  readonly health?: Health;
  /** While it fails the instance is not in DNS and an update waits, but it is not replaced. @default none */
  readonly readiness?: Health;
  /** @default none: spread over the nodes */
  readonly constraints?: readonly Constraint[];
  /** User, rights, mounts, limits and names of the containers. @default Docker's and Covey's own */
  readonly container?: ContainerOptions;
  /** `always`: the registry is asked at each start of an instance. @default "missing" */
  readonly pull?: "missing" | "always";
  /** What the image's registry is told; give the password as a sensitive variable of Terraform. @default none */
  readonly registryAuth?: { readonly username: string; readonly password: string };
  /** Name to value of the files in `/run/secrets`; give the values as sensitive variables of Terraform. @default none */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface ServiceConfig extends ServiceProps {
  readonly name: string;
  /** How the cluster's API is reached. */
  readonly accessKey: string;
}

/** A long-running app of several instances, found as `NAME.service.consul`. Made by `Cluster.addService`. */
export class Service extends Construct {
  readonly name: string;
  readonly image: string;
  readonly instances: number;
  readonly cpus: number;
  readonly memory: Size;
  readonly ports: readonly ServicePort[];
  readonly network: "bridge" | "host";
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[] | undefined;
  readonly killGraceMs: number;
  readonly health: Health | undefined;
  readonly readiness: Health | undefined;
  readonly constraints: readonly Constraint[];
  readonly container: ContainerOptions | undefined;
  readonly pull: "missing" | "always";
  readonly registryAuth: ServiceProps["registryAuth"];
  readonly secrets: Readonly<Record<string, string>>;
  readonly resource: ServiceResource;

  constructor(scope: Construct, id: string, config: ServiceConfig) {
    super(scope, id);
    this.name = checkedName("service", config.name);
    this.image = config.image;
    this.instances = atLeast(this.name, "instances", config.instances ?? 1, 0);
    this.cpus = atLeast(this.name, "cpus", config.cpus ?? 0.1, 0.01);
    this.memory = config.memory ?? Size.mebibytes(64);
    this.ports = portsOf(this.name, config);
    this.network = config.network ?? "bridge";
    this.env = { ...config.env };
    this.command = config.command && [...config.command];
    this.killGraceMs = atLeast(this.name, "killGraceMs", config.killGraceMs ?? 3000, 0);
    this.health = config.health;
    this.readiness = config.readiness;
    this.constraints = [...(config.constraints ?? [])];
    this.container = config.container;
    this.pull = config.pull ?? "missing";
    this.registryAuth = config.registryAuth;
    this.secrets = { ...config.secrets };
    this.resource = new ServiceResource(this, "resource", {
      name: this.name,
      cluster: config.accessKey,
      image: this.image,
      instances: this.instances,
      cpus: this.cpus,
      memoryMib: this.memory.toMebibytes(),
      network: this.network,
      killGraceMs: this.killGraceMs,
      ...this.optional(),
      ...this.provision(),
    });
  }

  /** Deployed after `node`, and gone before it goes. */
  dependOn(node: Node): void {
    dependOn(this.resource, node);
  }

  private optional(): Pick<
    ServiceResourceConfig,
    "ports" | "env" | "command" | "health" | "readiness" | "constraints" | "container"
  > {
    return {
      ...(this.ports.length > 0 && {
        ports: this.ports.map(({ port, ...rest }) => ({ containerPort: port, ...rest })),
      }),
      ...(Object.keys(this.env).length > 0 && { env: this.env }),
      ...(this.command && { command: [...this.command] }),
      ...(this.health && { health: healthOf(this.name, this.health, this.ports) }),
      ...(this.readiness && { readiness: readinessOf(this.name, this.readiness, this.ports) }),
      ...(this.container && { container: containerConfig(this.name, this.container) }),
      ...(this.constraints.length > 0 && {
        constraints: this.constraints.map(({ attribute, operator, value }) => ({
          attribute,
          operator,
          ...(value === undefined ? {} : { value }),
        })),
      }),
    };
  }

  /** What an instance is given on its node before it starts. */
  private provision(): Pick<ServiceResourceConfig, "pull" | "registryAuth" | "secrets"> {
    return {
      ...(this.pull === "always" && { pull: this.pull }),
      ...(this.registryAuth && { registryAuth: { ...this.registryAuth } }),
      ...(Object.keys(this.secrets).length > 0 && { secrets: this.secrets }),
    };
  }
}

type ServiceResourceConfig = ConstructorParameters<typeof ServiceResource>[2];

function portsOf(service: string, config: ServiceConfig): readonly ServicePort[] {
  const { port, ports } = config;
  if (port !== undefined && ports !== undefined)
    throw new Error(
      `service '${service}': port is ${port} and ports are ${ports.map(({ name }) => name).join(", ")}; give one of the two`,
    );
  const all = port === undefined ? [...(ports ?? [])] : [{ name: "main", port }];
  for (const [index, one] of all.entries()) checkPort(service, one, all.slice(0, index));
  return all;
}

function checkPort(service: string, port: ServicePort, before: readonly ServicePort[]): void {
  for (const number of [port.port, ...(port.hostPort === undefined ? [] : [port.hostPort])])
    if (!Number.isInteger(number) || number < 1 || number > 65535)
      throw new RangeError(
        `service '${service}': port '${port.name}' is ${number}, must be 1 to 65535`,
      );
  const namesake = before.find(({ name }) => name === port.name);
  if (namesake)
    throw new Error(
      `service '${service}': ports ${namesake.port} and ${port.port} are both named '${port.name}'`,
    );
}

function healthOf(service: string, health: Health, ports: readonly ServicePort[]): ServiceHealth {
  const { port, ...options } = health.options;
  if (health.kind === "command") return { ...health.asked, ...options };
  const first = ports[0];
  if (!first)
    throw new Error(
      `service '${service}': health asks ${port === undefined ? "a port" : `port '${port}'`} by ${health.kind}, but the service has no port; give it one`,
    );
  const asked = port ?? first.name;
  if (!ports.some(({ name }) => name === asked))
    throw new Error(
      `service '${service}': health asks port '${asked}', but the ports are ${ports.map(({ name }) => name).join(", ")}`,
    );
  return { ...health.asked, port: asked, ...options };
}

function readinessOf(
  service: string,
  readiness: Health,
  ports: readonly ServicePort[],
): ServiceReadiness {
  const { graceMs, maxFailures, ...asked } = healthOf(service, readiness, ports);
  if (graceMs !== undefined || maxFailures !== undefined)
    throw new Error(
      `service '${service}': readiness has no graceMs and no maxFailures, as nothing is killed for it; leave them out`,
    );
  return asked;
}

function atLeast(service: string, name: string, value: number, least: number): number {
  const mustBeWhole = name !== "cpus";
  if (!(value >= least) || (mustBeWhole && !Number.isInteger(value)))
    throw new RangeError(
      `service '${service}': ${name} is ${value}, must be ${mustBeWhole ? "a whole number, " : ""}${least} or more`,
    );
  return value;
}
