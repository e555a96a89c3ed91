import { z } from "zod";
import { readContainerOptions } from "../model/container";
import { secretsDirectory } from "../model/provision";
import type { ShownProvision } from "../model/provision";
import type { ServiceSpec } from "../model/service";
import { containerSchema } from "./container";
import { checkProblems, healthSchema, readinessSchema, toHealthCheck } from "./health";
import { limits } from "./limits";
import { provisionSchema, toProvision } from "./provision";
import type { DigestOf } from "./secret-digest";

/** A DNS label: the name becomes `NAME.service.consul`. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be a DNS label: 1 to 63 of a-z, 0-9 and '-', starting with a letter, not ending with '-'",
  );

const portNumber = z.number().int().min(1).max(65535);

const portSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/, "must be 1 to 15 of a-z, 0-9 and '-'"),
  containerPort: z.number().int().min(0).max(65535),
  hostPort: portNumber.optional(),
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
});

const constraintSchema = z.strictObject({
  attribute: z.string().min(1).max(128),
  operator: z.enum(["UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER"]),
  value: z.string().max(256).optional(),
});

const reservedNames = ["covey", "consul"];

const envValue = z
  .string()
  .refine(
    (text) => Buffer.byteLength(text) <= limits.envValueBytes,
    `must be at most ${limits.envValueBytes} bytes`,
  );

/** `PUT /v1/services/NAME`: the whole service, idempotent. */
export const serviceSchema = z
  .strictObject({
    name: nameSchema,
    image: z.string().min(1).max(512),
    instances: z.number().int().min(0).max(limits.instances),
    cpus: z.number().min(0.01).max(1024),
    memMiB: z
      .number()
      .int()
      .min(4)
      .max(16 * 1024 * 1024),
    ports: z.array(portSchema).max(limits.ports).default([]),
    network: z.enum(["bridge", "host"]).default("bridge"),
    env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), envValue).default({}),
    command: z.array(z.string()).min(1).max(limits.commandWords).optional(),
    health: healthSchema.optional(),
    readiness: readinessSchema.optional(),
    constraints: z.array(constraintSchema).max(limits.constraints).default([]),
    killGraceMs: z.number().int().min(0).max(600_000).default(3000),
    container: containerSchema.optional(),
    provision: provisionSchema.optional(),
    sharedPorts: z.array(portNumber).max(limits.ports).optional(),
  })
  .superRefine((service, context) => {
    if (reservedNames.includes(service.name))
      context.addIssue({
        code: "custom",
        path: ["name"],
        message: `'${service.name}' is taken: the catalog shows ${service.name === "covey" ? "the agents" : "Consul itself"} under it; choose another`,
      });
    for (const { path, message } of networkProblems(service))
      context.addIssue({ code: "custom", path: [...path], message });
    const names = service.ports.map((port) => port.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
      context.addIssue({
        code: "custom",
        path: ["ports"],
        message: `two ports are named '${twice}'`,
      });
    for (const name of ["health", "readiness"] as const)
      for (const { field, message } of checkProblems(service[name], names))
        context.addIssue({ code: "custom", path: [name, field], message });
    if (Object.keys(service.provision?.secrets ?? {}).length > 0 && mountsSecrets(service))
      context.addIssue({
        code: "custom",
        path: ["container"],
        message: `a mount has the target '${secretsDirectory}', where the secrets are: choose another`,
      });
    if (Object.keys(service.env).length > limits.envEntries)
      context.addIssue({
        code: "custom",
        path: ["env"],
        message: `at most ${limits.envEntries} entries`,
      });
  });

export type ServiceInput = z.input<typeof serviceSchema>;

interface Networked {
  readonly network: "bridge" | "host";
  readonly ports: readonly { readonly containerPort: number }[];
  readonly container?: { readonly network?: string | undefined } | undefined;
  readonly sharedPorts?: readonly number[] | undefined;
}

interface Mounting {
  readonly container?:
    | {
        readonly tmpfs?: readonly { readonly path: string }[] | undefined;
        readonly volumes?: readonly { readonly target: string }[] | undefined;
      }
    | undefined;
}

function mountsSecrets({ container }: Mounting): boolean {
  const { tmpfs = [], volumes = [] } = container ?? {};
  const targets = [...tmpfs.map(({ path }) => path), ...volumes.map(({ target }) => target)];
  return targets.some((target) => target.replace(/\/+$/, "") === secretsDirectory);
}

interface NetworkProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What may be said only of containers on the host's network, and what only of others. */
function networkProblems(service: Networked): NetworkProblem[] {
  const { sharedPorts = [], container, network } = service;
  if (network === "host" && container?.network !== undefined)
    return [
      {
        path: ["container", "network"],
        message: `'${container.network}' contradicts network 'host': leave out one of the two`,
      },
    ];
  const twice = sharedPorts.find((port, index) => sharedPorts.indexOf(port) !== index);
  if (twice !== undefined)
    return [{ path: ["sharedPorts"], message: `${twice} is named twice: name each port once` }];
  if (network === "host") return [];
  const drawn = service.ports.findIndex(({ containerPort }) => containerPort === 0);
  return [
    ...(drawn === -1
      ? []
      : [
          {
            path: ["ports", drawn, "containerPort"],
            message:
              "0 asks for one of the node's own, which there is only on network 'host': say where the process listens, or set network to 'host'",
          },
        ]),
    ...(sharedPorts.length === 0
      ? []
      : [
          {
            path: ["sharedPorts"],
            message: `${sharedPorts.join(", ")} can be shared on network 'host' only, not '${network}': set network to 'host', or use ports`,
          },
        ]),
  ];
}

/**
 * The stored form: optional things are `undefined`, never absent.
 * `digestOf` is of this service.
 */
export function toServiceSpec(
  service: z.output<typeof serviceSchema>,
  digestOf: DigestOf,
): ServiceSpec {
  return {
    ...service,
    ports: service.ports.map((port) => ({ ...port, hostPort: port.hostPort })),
    command: service.command,
    health: service.health && toHealthCheck(service.health),
    readiness: service.readiness && toHealthCheck(service.readiness),
    constraints: service.constraints.map((constraint) => ({
      ...constraint,
      value: constraint.value,
    })),
    container: readContainerOptions(service.container),
    provision: toProvision(service.provision, digestOf),
    // Of services without any the stored form, and with it the version, stays as it was before there were such ports.
    sharedPorts: service.sharedPorts?.length ? service.sharedPorts : undefined,
  };
}

/**
 * deploying: on its way; running: all instances of the current version run, healthy where there is a check;
 * failing: instances of the current version end again and again; unplaceable: no node takes the next instance.
 */
export type ServicePhase = "deploying" | "running" | "failing" | "unplaceable";

/** A service without the values of its secrets. */
type ShownService = Omit<ServiceSpec, "provision"> & {
  readonly provision?: ShownProvision | undefined;
};

export interface ServiceView {
  readonly spec: ShownService;
  /** Changes with every part of the spec but `instances`. */
  readonly version: string;
  readonly phase: ServicePhase;
  /** One sentence where it is failing or unplaceable. */
  readonly problem: string | undefined;
  /** Instances in TASK_RUNNING, of any version. */
  readonly running: number;
  /** Running and healthy, of any version (an instance without a check counts once it runs). */
  readonly healthy: number;
  /** Running and healthy, of the current version. */
  readonly updated: number;
  /** Instances of the current version that ended since its deploy began or last was whole. */
  readonly failures: number;
}
