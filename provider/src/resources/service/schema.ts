import {
  attributes,
  custom,
  eachElement,
  lengthBetween,
  numberBetween,
  oneOf,
  requiresReplace,
  sizeBetween,
  stringMatches,
  types,
  wholeNumber,
} from "../../plugin";
import type { Model, PlanModel, Validator } from "../../plugin";
import { limits } from "@covey/agent/contract";
import { serviceTimeouts } from "../timeouts";
import { dnsLabel } from "../validators";
import { containerAttribute } from "./container-schema";
import { healthAttribute, readinessAttribute } from "./health-schema";
import { provisionAttributes } from "./provision-schema";

const { list, listNested, map, number, string } = attributes;

/** Whole, and within both bounds. */
function whole(min: number, max: number): readonly Validator<number>[] {
  return [wholeNumber(), numberBetween(min, max)];
}

function distinctNames(): Validator<readonly { readonly name: unknown }[]> {
  return custom("each port has a name of its own", (ports) => {
    const names = ports.map((port) => port.name).filter((name) => typeof name === "string");
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    return twice === undefined ? undefined : `two ports are named '${twice}'`;
  });
}

export const serviceSchema = {
  description:
    "A long-running service: so many instances of an image, kept running somewhere on the cluster and found as `NAME.service.consul`. An apply waits until all instances run and are healthy, and fails naming the reason. Import with its name; the cluster then comes from the provider's `access_key` or COVEY_ACCESS_KEY.",
  attributes: {
    id: string({ computed: true, description: "`CLUSTER/NAME`." }),
    name: string({
      required: true,
      validators: [dnsLabel()],
      planModifiers: [requiresReplace()],
      description: "Its name on the cluster and, with `.service.consul`, in DNS.",
    }),
    cluster: string({
      required: true,
      sensitive: true,
      description: "The cluster's `access_key`.",
    }),
    image: string({
      required: true,
      validators: [lengthBetween(1, 512)],
      description: "As Docker names it. Each node pulls it as `pull` says.",
    }),
    instances: number({
      optional: true,
      default: 1,
      validators: whole(0, limits.instances),
      description: "How many are kept running. With 0 the service stays, but nothing runs.",
    }),
    cpus: number({
      optional: true,
      default: 0.1,
      validators: [numberBetween(0.01, 1024)],
      description: "Processors of one instance; parts of one are fine.",
    }),
    memory_mib: number({
      optional: true,
      default: 64,
      validators: whole(4, 16 * 1024 * 1024),
      description: "Limit of one instance.",
    }),
    ports: listNested(
      {
        name: string({
          required: true,
          validators: [
            stringMatches(
              /^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
              "1 to 15 of a-z, 0-9 and '-', beginning and ending with a letter or digit",
            ),
          ],
          description: "For health checks and DNS SRV; each port has one of its own.",
        }),
        container_port: number({
          required: true,
          validators: whole(0, 65535),
          description:
            'Where the process listens. 0, with `network = "host"`: one of the node\'s range, told it as `PORT_NAME`.',
        }),
        host_port: number({
          optional: true,
          validators: whole(1, 65535),
          description: "Default: one of the node's range, a different one for each instance.",
        }),
        protocol: string({
          optional: true,
          default: "tcp",
          validators: [oneOf("tcp", "udp")],
          description: "What is published.",
        }),
      },
      {
        optional: true,
        validators: [sizeBetween(0, limits.ports), distinctNames()],
        description: "The first is the service's port in DNS.",
      },
    ),
    network: string({
      optional: true,
      default: "bridge",
      validators: [oneOf("bridge", "host")],
      description:
        '`"bridge"`: ports are published on the node. `"host"`: the node\'s own network.',
    }),
    shared_ports: list(types.number, {
      optional: true,
      validators: [
        sizeBetween(0, limits.ports),
        eachElement(wholeNumber()),
        eachElement(numberBetween(1, 65535)),
      ],
      description:
        "With `network = \"host\"`: ports of the node that an instance hands over to its successor, which is started beside it; both hold them for a while (SO_REUSEPORT, or sockets passed on). Outside the node's range. The first is the service's port in DNS.",
    }),
    env: map(types.string, { optional: true, description: "Environment of the process." }),
    command: list(types.string, {
      optional: true,
      validators: [sizeBetween(1, limits.commandWords)],
      description: "Instead of the image's own, as words.",
    }),
    health: healthAttribute,
    readiness: readinessAttribute,
    constraints: listNested(
      {
        attribute: string({
          required: true,
          validators: [lengthBetween(1, 128)],
          description: "A node's attribute, or `node` for the node itself.",
        }),
        operator: string({
          required: true,
          validators: [oneOf("UNIQUE", "CLUSTER", "GROUP_BY", "LIKE", "UNLIKE", "MAX_PER")],
          description: "As Marathon has them.",
        }),
        value: string({
          optional: true,
          validators: [lengthBetween(0, 256)],
          description: "What the operator needs: a number, a value or a regular expression.",
        }),
      },
      { optional: true, validators: [sizeBetween(0, 16)], description: "Where instances may run." },
    ),
    kill_grace_ms: number({
      optional: true,
      default: 3000,
      validators: whole(0, 600_000),
      description: "From TERM to KILL.",
    }),
    container: containerAttribute,
    ...provisionAttributes,
    timeouts: serviceTimeouts,
    version: string({
      computed: true,
      description: "Changes with every part of the service but `instances`.",
    }),
    healthy: number({ computed: true, description: "Instances that run and are healthy." }),
  },
} as const;

export type ServiceModel = Model<typeof serviceSchema>;
export type ServicePlan = PlanModel<typeof serviceSchema>;
