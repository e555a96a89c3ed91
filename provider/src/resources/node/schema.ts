import {
  attributes,
  custom,
  exactlyOneOf,
  numberBetween,
  present,
  requiresReplace,
  types,
  wholeNumber,
} from "../../plugin";
import type { Model, PlanModel, Validator } from "../../plugin";
import type { NodeName } from "../../connection";
import { nodeTimeouts } from "../timeouts";
import { absolutePath, dnsLabel, ipv4 } from "../validators";
import { dockerAttribute } from "./docker-schema";
import { parsePortRanges } from "./port-ranges";
import { sshAttribute } from "./ssh-schema";

const { map, number, single, string } = attributes;

function portRanges(): Validator<string> {
  return custom('port ranges such as "31000-32000"', (value) =>
    parsePortRanges(value) === undefined
      ? `${JSON.stringify(value)} is not a list of port ranges such as "31000-32000" or "8000-8100,31000-32000", within 1 to 65535`
      : undefined,
  );
}

export const nodeSchema = {
  description:
    "A machine of a cluster: installs the agent, starts it and waits until the cluster has it. Destroying it drains the node and removes all it made. Import with the data directory, for one over SSH `ssh://USER@HOST:PORT/DATA_DIR`, in a container `docker://CLUSTER/NODE` (at another engine `docker+ssh://USER@HOST:PORT/CLUSTER/NODE`, `docker+tcp://HOST:PORT/CLUSTER/NODE`); COVEY_JOIN_KEY_FILE may name a file with the cluster's join key, without it the next plan sets `cluster` in place.",
  validators: [exactlyOneOf("local", "ssh", "docker")],
  attributes: {
    id: string({ computed: true, description: "`CLUSTER/NAME`." }),
    name: string({
      required: true,
      validators: [dnsLabel()],
      planModifiers: [requiresReplace()],
      description: "Its name in the cluster. A voter has the name that the cluster declares.",
    }),
    cluster: string({
      required: true,
      sensitive: true,
      description:
        "The cluster's `join_key`. A node moved to another cluster is removed and installed anew.",
    }),
    address: string({
      optional: true,
      computed: true,
      validators: [ipv4()],
      description:
        "Reachable by every node and container. A voter has it from the cluster. Where the machine does not have it, the node gets a Docker network of its own (a /24 with this gateway).",
    }),
    data_dir: string({
      optional: true,
      computed: true,
      validators: [absolutePath()],
      description:
        "Holds agent, configuration, log and state. Removed with the node. Default `/var/lib/covey/CLUSTER/NAME`.",
    }),
    resources: single(
      {
        cpus: number({
          optional: true,
          validators: [numberBetween(0.1, 4096)],
          description: "Processors for tasks.",
        }),
        memory_mib: number({
          optional: true,
          validators: [wholeNumber(), numberBetween(16, 1_000_000_000)],
          description: "Memory for tasks.",
        }),
        disk_mib: number({
          optional: true,
          validators: [wholeNumber(), numberBetween(16, 1_000_000_000)],
          description: "Disk space for tasks.",
        }),
        ports: string({
          optional: true,
          validators: [portRanges()],
          description: 'Host ports for tasks, such as "31000-32000".',
        }),
      },
      {
        optional: true,
        description: "What the node offers. What is left out is read off the machine.",
      },
    ),
    attributes: map(types.string, {
      optional: true,
      description: "For constraints: rack, zone, ...",
    }),
    docker_socket: string({
      optional: true,
      default: "/var/run/docker.sock",
      validators: [absolutePath()],
      description: "Where the machine's Docker engine listens.",
    }),
    consul_binary: string({
      optional: true,
      validators: [absolutePath()],
      description:
        "The consul program, where the cluster's Consul is managed. Default: `consul` on PATH, then `covey/bin/consul` in XDG_CACHE_HOME (~/.cache).",
    }),
    local: single({}, { optional: true, description: "The machine Terraform runs on." }),
    ssh: sshAttribute,
    docker: dockerAttribute,
    runtime: string({
      optional: true,
      validators: [absolutePath()],
      description:
        "Node.js program for the node's platform, on the machine Terraform runs on; it is brought to the node. Default: the one that runs the provider.",
    }),
    timeouts: nodeTimeouts,
    api: string({ computed: true, description: "URL of the node's own API." }),
    status: string({
      computed: true,
      description: '`"alive"`, or `"down"`: then the next apply starts it again.',
    }),
    agent_hash: string({ computed: true, description: "SHA-256 of the agent's program." }),
    runtime_hash: string({
      computed: true,
      description: "SHA-256 of the Node.js program the agent runs on.",
    }),
    config_hash: string({
      computed: true,
      description:
        "SHA-256 of the agent's configuration, less what differs from machine to machine.",
    }),
  },
} as const;

export type NodeModel = Model<typeof nodeSchema>;
export type NodePlan = PlanModel<typeof nodeSchema>;

/** Of a node that is there. */
export function nameOf({ id }: Pick<NodeModel, "id">): NodeName {
  const [cluster = "", node = ""] = present(id, "id").split("/");
  return { cluster, node };
}
