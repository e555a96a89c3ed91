import type { MasterView, MemberView, StatusView } from "../contract/index";
import type { MasterRecord, Member, MemberRecord } from "../model/member";
import type { NodeInfo } from "../model/node-info";

/** What a node tells the master of itself; `unhealthy`: why it must get no offers. */
export function nodeInfoOf(
  options: Pick<NodeInfo, "resources" | "attributes"> & { readonly record: MemberRecord },
  { voter, unhealthy }: Pick<NodeInfo, "voter" | "unhealthy">,
): NodeInfo {
  const { record, resources, attributes } = options;
  const { name, version } = record;
  return { name, address: record.mesh.address, resources, attributes, voter, version, unhealthy };
}

/** What gossip says of a term won by the node with this record. */
export function masterRecordOf(term: number, record: MemberRecord): MasterRecord {
  return {
    term,
    name: record.name,
    address: record.mesh.address,
    apiPort: record.apiPort,
    grpcPort: record.grpcPort,
  };
}

/** What one agent knows at this moment. */
interface StatusFacts extends Pick<StatusView, "term" | "master" | "consul" | "docker"> {
  /** Of the master that gossip knows. */
  readonly masterTerm: number | undefined;
  readonly voters: readonly string[];
  readonly members: readonly Member[];
}

export function statusView(
  options: Pick<StatusView, "cluster" | "datacenter"> & {
    readonly record: MemberRecord;
  },
  facts: StatusFacts,
): StatusView {
  const { term, masterTerm, master, voters, members, consul, docker } = facts;
  return {
    cluster: options.cluster,
    datacenter: options.datacenter,
    node: options.record.name,
    version: options.record.version,
    term,
    // A vote is under way where the term has moved on from the master's.
    master: masterTerm === term ? master : undefined,
    voters: voterViews(voters, members),
    members: countByStatus(members),
    consul,
    docker,
  };
}

export function memberView(member: Member): MemberView {
  return {
    name: member.record.name,
    address: member.record.mesh.address,
    status: member.status,
    incarnation: member.incarnation,
    voter: member.record.voter,
  };
}

export function apiOf(members: readonly Member[], name: string): string | undefined {
  const found = members.find(({ record }) => record.name === name)?.record;
  return found && `https://${found.mesh.address}:${found.apiPort}`;
}

export function countByStatus(members: readonly Member[]): StatusView["members"] {
  const counts = { alive: 0, suspect: 0, dead: 0, left: 0 };
  for (const member of members) counts[member.status]++;
  return counts;
}

export function masterView(record: MasterRecord, name: string): MasterView {
  const { address, apiPort } = record;
  return { name, address, api: `https://${address}:${apiPort}` };
}

/** All voters, also those the mesh has never seen. */
function voterViews(voters: readonly string[], members: readonly Member[]): StatusView["voters"] {
  return voters.map((name) => ({
    name,
    status: members.find(({ record }) => record.name === name)?.status ?? "unknown",
  }));
}
