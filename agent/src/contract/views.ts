import type { MemberStatus } from "../model/member";
import type { Resources } from "../model/resources";
import type { Refusal } from "../model/scheduler";
import type { TaskPort, TaskState } from "../model/task";

export interface MasterView {
  readonly name: string;
  readonly address: string;
  readonly api: string;
}

/** `POST /v1/master/transfer`: who has taken office. */
export interface MasterTerm {
  readonly name: string;
  readonly term: number;
}

/** Which electorate: the term of the master that proposed it, 0 for the declared one, and its number in that term. */
interface ElectorateVersion {
  readonly term: number;
  readonly version: number;
}

/** `GET /v1/voters`, `PUT /v1/voters` (master). */
export interface VotersView {
  readonly electorate: ElectorateVersion;
  /** By name: who is to be a voter. */
  readonly wanted: readonly string[];
  /** What is under way, or what it waits for; undefined: nothing. */
  readonly doing: string | undefined;
  readonly voters: readonly VoterView[];
}

/** One that is a voter, or is to be one. */
export interface VoterView {
  readonly name: string;
  readonly state: "voter" | "joining" | "leaving";
  readonly master: boolean;
  /** Why it cannot become a voter, or the master, now; undefined: it can. */
  readonly unfit: string | undefined;
  /** Of one that is joining: how long it has been fit without a break. */
  readonly fitForMs: number | undefined;
  /** What it has on disk, by its last answer to this master; undefined: it has not answered. */
  readonly acknowledged: ElectorateVersion | undefined;
}

/** `GET /v1/status`, answered by every agent from what it knows itself. */
export interface StatusView {
  readonly cluster: string;
  readonly datacenter: string;
  readonly node: string;
  readonly version: string;
  readonly term: number;
  readonly master: MasterView | undefined;
  readonly voters: readonly {
    readonly name: string;
    readonly status: MemberStatus | "unknown";
  }[];
  readonly members: Readonly<Record<MemberStatus, number>>;
  /** undefined: Consul answers and has a leader; else why not. */
  readonly consul: string | undefined;
  /** undefined: Docker answers; else why not. */
  readonly docker: string | undefined;
}

/** `GET /v1/agent`: this agent itself, never redirected. */
export interface AgentView {
  readonly node: string;
  readonly version: string;
  readonly pid: number;
  /** The mesh has other members, or there are no others to have. */
  readonly joined: boolean;
  /** The master has this agent. */
  readonly attached: boolean;
  readonly unhealthy: string | undefined;
  readonly tasks: number;
  /** Digest of its configuration file, so that a changed one can be told. */
  readonly configHash: string;
}

/** `GET /v1/members`: this agent's view of the mesh. */
export interface MemberView {
  readonly name: string;
  readonly address: string;
  readonly status: MemberStatus;
  readonly incarnation: number;
  readonly voter: boolean;
}

/** `GET /v1/nodes`, `GET /v1/nodes/NAME` (master). */
export interface NodeView {
  readonly name: string;
  readonly address: string;
  readonly voter: boolean;
  readonly master: boolean;
  readonly status: MemberStatus | "unknown";
  readonly attached: boolean;
  readonly draining: boolean;
  readonly unhealthy: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly total: Resources;
  readonly used: Resources;
  readonly tasks: number;
}

/** `GET /v1/tasks` (master). */
export interface TaskView {
  readonly id: string;
  readonly framework: string;
  readonly service: string | undefined;
  readonly version: string | undefined;
  readonly node: string;
  readonly address: string;
  readonly state: TaskState;
  readonly healthy: boolean | undefined;
  readonly message: string;
  readonly containerId: string | undefined;
  readonly ports: readonly TaskPort[];
  readonly atMs: number;
}

/** `POST /v1/services/NAME/dry-run` (master): where its instances would go as the cluster is now. */
export interface DryRunView {
  readonly service: string;
  readonly wanted: number;
  /** Of those, how many have a place; what runs as it would be wanted is one of them. */
  readonly placed: number;
  /** By node: how many would be there. */
  readonly nodes: Readonly<Record<string, number>>;
  /** One sentence: that all have a place, or why not, and the way out. */
  readonly summary: string;
  /** Why each node takes no more; empty where all have a place, or a quota leaves none. */
  readonly refusals: readonly Refusal[];
}

/** `GET /v1/services/NAME/why` (master). */
export interface WhyView {
  readonly service: string;
  readonly wanted: number;
  readonly healthy: number;
  /** One sentence: why not all instances run, or that they do. */
  readonly summary: string;
  /** Node by node, of the last time an instance found no place; empty where all have one. */
  readonly refusals: readonly Refusal[];
  /** Instances that ended lately, newest first, at most ten. */
  readonly failures: readonly {
    readonly taskId: string;
    readonly node: string;
    readonly message: string;
    readonly atMs: number;
  }[];
}
