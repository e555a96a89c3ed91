import {
  attributes,
  custom,
  eachElement,
  isUnknown,
  oneOf,
  requiresReplace,
  stringMatches,
  types,
  useStateForUnknown,
} from "../../plugin";
import type { Model, PlanModel, Validator } from "../../plugin";
import { meshPresets } from "../keys/join-key";
import { dnsLabel, ipv4, isDnsLabel } from "../validators";

const { list, map, single, string } = attributes;

const voterCounts = [1, 3, 5, 7];

function voterCount(): Validator<Readonly<Record<string, string>>> {
  return custom("1, 3, 5 or 7 voters", (voters) => {
    const count = Object.keys(voters).length;
    if (voterCounts.includes(count)) return undefined;
    const next = voterCounts.find((one) => one > count);
    const wayOut =
      count === 0 || count > 7
        ? `name ${count === 0 ? "at least one" : "seven at most; further nodes need no vote"}`
        : `${count} voters survive no more failures than ${count - 1}: name ${count - 1} or ${next ?? 7}`;
    return `${count} voters: there must be 1, 3, 5 or 7; ${wayOut}`;
  });
}

function distinctAddresses(): Validator<Readonly<Record<string, string>>> {
  return custom("each voter has an address of its own", (voters) => {
    const seen = new Map<string, string>();
    for (const [name, address] of Object.entries(voters)) {
      if (isUnknown(address)) continue;
      const other = seen.get(address);
      if (other !== undefined)
        return `voters '${other}' and '${name}' have the same address ${address}; give each its own`;
      seen.set(address, name);
    }
    return undefined;
  });
}

function voterNames(): Validator<Readonly<Record<string, string>>> {
  return custom("named by DNS labels", (voters) => {
    const bad = Object.keys(voters).find((name) => !isDnsLabel(name));
    return bad === undefined
      ? undefined
      : `'${bad}' is no DNS label: 1 to 63 of a-z, 0-9 and '-', starting with a letter, not ending with '-'`;
  });
}

type Fields = Readonly<Record<string, unknown>>;

function consulRules(): Validator<Fields> {
  return custom("an external Consul has an address, a managed one no settings", (consul) => {
    const { mode, address, token, dns } = consul;
    if (isUnknown(mode)) return undefined;
    if (mode === "external")
      return address === null
        ? 'mode "external" needs the address of the Consul agent, such as "http://127.0.0.1:8500"'
        : undefined;
    const given = Object.entries({ address, token, dns }).find(([, value]) => value !== null);
    return given === undefined
      ? undefined
      : `'${given[0]}' is for a Consul of your own; set mode = "external", or leave it out`;
  });
}

const secret = { computed: true, sensitive: true, planModifiers: [useStateForUnknown()] } as const;

export const clusterSchema = {
  description:
    "A Covey cluster: its name, its voters and its secrets. It runs nothing itself; `covey_node` does. Import with the path of a file that holds a join key.",
  attributes: {
    id: string({ computed: true, description: "The cluster's name." }),
    name: string({
      required: true,
      validators: [dnsLabel()],
      planModifiers: [requiresReplace()],
      description: "Its name, part of every node's and service's `id`.",
    }),
    datacenter: string({
      optional: true,
      default: "dc1",
      validators: [dnsLabel()],
      planModifiers: [requiresReplace()],
      description: "Consul's datacenter.",
    }),
    voters: map(types.string, {
      required: true,
      validators: [voterCount(), voterNames(), eachElement(ipv4()), distinctAddresses()],
      description:
        "The nodes that elect the master, name to IPv4 address: 1, 3, 5 or 7 of them. Each has a `covey_node` of its name.",
    }),
    consul: single(
      {
        mode: string({
          optional: true,
          default: "managed",
          validators: [oneOf("managed", "external")],
          description:
            '`"managed"`: the agents run Consul themselves, a server on each voter. `"external"`: one that runs already.',
        }),
        address: string({
          optional: true,
          validators: [
            stringMatches(/^https?:\/\/[^/\s]+$/, "a URL such as http://127.0.0.1:8500"),
          ],
          description: "External: the Consul agent, as each node reaches it.",
        }),
        token: string({ optional: true, sensitive: true, description: "External: its ACL token." }),
        dns: string({
          optional: true,
          validators: [ipv4()],
          description: "External: address of its DNS on port 53, given to containers as resolver.",
        }),
      },
      {
        optional: true,
        default: { mode: "managed", address: null, token: null, dns: null },
        validators: [consulRules()],
        description: "The service catalogue and store.",
      },
    ),
    mesh: string({
      optional: true,
      default: "local",
      validators: [oneOf(...meshPresets)],
      description:
        'How far apart the nodes are: `"local"` (one machine, or a site with few nodes), `"lan"` (one site), `"wan"` (several). The farther, the longer a node\'s silence is borne before it is held for dead.',
    }),
    endpoints: list(types.string, {
      computed: true,
      description: "API of each voter: any of them answers for the cluster.",
    }),
    ca_certificate: string({ ...secret, description: "Authority of the cluster, PEM." }),
    ca_private_key: string({ ...secret, description: "Its key: signs nodes' certificates. PEM." }),
    gossip_key: string({ ...secret, description: "Encrypts the mesh: 32 bytes in base64." }),
    token: string({
      ...secret,
      description: "Bearer token of the API, and management token of a managed Consul.",
    }),
    access_key: string({
      computed: true,
      sensitive: true,
      description: "For `cluster` of `covey_service`: endpoints, authority and token in one.",
    }),
    join_key: string({
      computed: true,
      sensitive: true,
      description: "For `cluster` of `covey_node`: all a node needs, the authority's key included.",
    }),
  },
} as const;

export type ClusterModel = Model<typeof clusterSchema>;
export type ClusterPlan = PlanModel<typeof clusterSchema>;
