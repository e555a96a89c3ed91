import { defaultElection } from "../../src/election/election";
import { localMembership } from "../../src/membership/options";
import type { NodeOptions } from "../../src/node/node";

export const meshPort = 7442;
export const nodeMemMiB = 1000;

interface Place {
  readonly name: string;
  readonly names: readonly string[];
  readonly voters: readonly string[];
  readonly addressOf: (name: string) => string;
}

/** All nodes are alike but for name, address and rack (three racks in turn). */
export function nodeOptions(place: Place, left: () => void): NodeOptions {
  const { name, names, voters, addressOf } = place;
  return {
    cluster: "sim",
    datacenter: "dc1",
    record: {
      name,
      mesh: { address: addressOf(name), port: meshPort },
      apiPort: 7440,
      grpcPort: 7441,
      voter: voters.includes(name),
      version: "0.1.0",
    },
    voters: Object.fromEntries(voters.map((voter) => [voter, addressOf(voter)])),
    meshPort,
    resources: {
      cpus: 4,
      memMiB: nodeMemMiB,
      diskMiB: 10_000,
      ports: [{ begin: 31_000, end: 31_049 }],
    },
    attributes: { rack: `r${(names.indexOf(name) % 3) + 1}` },
    membership: localMembership,
    election: defaultElection,
    configHash: "",
    pid: 1,
    left,
  };
}
