import {
  attributes,
  custom,
  lengthBetween,
  numberBetween,
  oneOf,
  requiresReplace,
  stringMatches,
  wholeNumber,
} from "../../plugin";
import type { Model, PlanModel, Validator } from "../../plugin";
import { serviceSchema } from "../service/schema";
import { serviceTimeouts } from "../timeouts";
import { dnsLabel } from "../validators";
import { listenersAttribute } from "./listener-schema";

const { bool, number, single, string } = attributes;
const ofService = serviceSchema.attributes;

function whole(min: number, max: number): readonly Validator<number>[] {
  return [wholeNumber(), numberBetween(min, max)];
}

function milliseconds(byDefault: number, max: number, description: string) {
  return number({
    optional: true,
    default: byDefault,
    validators: whole(1, max),
    description,
  });
}

const day = 86_400_000;
/** The kill's grace is longer than the drain (as-service.ts) and at most ten minutes. */
const longestDrainMs = 590_000;

export const loadBalancerSchema = {
  description:
    "HAProxy as a service of the cluster: it listens on its nodes' own addresses and passes on to services' instances, which it finds in Consul's DNS, so that instances may come and go without a change here. A change of its own is taken over by a new instance beside the old one, which hands over its sockets and answers what it has: no connection is dropped. Import with its name; the cluster then comes from the provider's `access_key` or COVEY_ACCESS_KEY.",
  attributes: {
    id: ofService.id,
    name: string({
      required: true,
      validators: [dnsLabel()],
      planModifiers: [requiresReplace()],
      description: "Its name on the cluster and, with `.service.consul`, in DNS.",
    }),
    cluster: ofService.cluster,
    image: string({
      optional: true,
      default: "covey-haproxy:1",
      validators: [lengthBetween(1, 512)],
      description:
        "Of HAProxy 2.6 or later with the program `covey-haproxy`, as `npm run images` builds it.",
    }),
    instances: number({
      optional: true,
      default: 1,
      validators: whole(0, 1000),
      description: "How many there are, each on a node of its own.",
    }),
    cpus: number({
      optional: true,
      default: 0.5,
      validators: [numberBetween(0.01, 1024)],
      description: "Processors of one instance, which has as many threads, rounded up.",
    }),
    memory_mib: number({
      optional: true,
      default: 128,
      validators: whole(32, 16 * 1024 * 1024),
      description: "Limit of one instance; 2000 connections take about 80 MiB.",
    }),
    listeners: listenersAttribute,
    address: string({
      optional: true,
      default: "node",
      validators: [oneOf("node", "any")],
      description: '`"node"`: it listens on its node\'s address. `"any"`: on all addresses there.',
    }),
    check: bool({
      optional: true,
      default: true,
      description:
        "HAProxy connects to every instance once a second, beside the checks that decide what is in DNS.",
    }),
    max_servers: number({
      optional: true,
      default: 32,
      validators: whole(1, 64),
      description: "Instances of one service that are used at most; Consul names 64 at once.",
    }),
    max_connections: number({
      optional: true,
      default: 2000,
      validators: whole(1, 1_000_000),
      description: "Of all clients at once, for each instance; further ones wait.",
    }),
    connect_timeout_ms: milliseconds(2000, day, "For an instance to take a connection."),
    client_timeout_ms: milliseconds(60_000, day, "For a client that says nothing in mid-request."),
    server_timeout_ms: milliseconds(60_000, day, "For an instance to answer."),
    keep_alive_timeout_ms: milliseconds(
      10_000,
      day,
      "For a next request on an open connection; should be below `drain_ms`.",
    ),
    drain_ms: milliseconds(
      30_000,
      longestDrainMs,
      "How long an instance that was replaced goes on answering the connections it has.",
    ),
    stats: single(
      {
        port: number({
          required: true,
          validators: whole(1, 65535),
          description: "Where the page is, at `/`.",
        }),
        user: string({
          optional: true,
          validators: [
            stringMatches(/^[A-Za-z0-9._-]{1,64}$/, "1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'"),
          ],
          description: "Who may see it; with `password`. Default: everybody.",
        }),
        password: string({
          optional: true,
          sensitive: true,
          validators: [
            custom("1 to 128 printable ASCII characters", (value) =>
              /^[ -~]{1,128}$/.test(value)
                ? undefined
                : "it has other characters, or is longer: choose one of 1 to 128 printable ASCII characters",
            ),
          ],
          description: "Sent in clear, as there is no TLS.",
        }),
      },
      { optional: true, description: "HAProxy's own page of figures. Default: none." },
    ),
    constraints: ofService.constraints,
    timeouts: serviceTimeouts,
    haproxy_config: string({
      computed: true,
      description:
        "The configuration, as it follows from the attributes; null where somebody has changed the service by hand, which the next apply puts right.",
    }),
    version: ofService.version,
    healthy: ofService.healthy,
  },
} as const;

export type LoadBalancerModel = Model<typeof loadBalancerSchema>;
export type LoadBalancerPlan = PlanModel<typeof loadBalancerSchema>;
