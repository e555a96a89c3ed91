import type { Machines } from "../connection";
import type { Silences } from "./silences";

/** The agent's program, as it is put on every machine. */
export interface AgentBundle {
  /** On the machine the provider runs on. */
  readonly path: string;
  /** SHA-256 in hex; throws where the file is missing. */
  hash(): Promise<string>;
}

/** How long a node's install and removal wait for what. */
export interface NodeTiming {
  readonly pollMs: number;
  /** An agent that is up but misses other voters is accepted after this: they may be created after it. */
  readonly missingVotersMs: number;
  readonly drainMs: number;
  /** A drain waits this long for a master where there is none. */
  readonly noMasterMs: number;
  /** For the others to forget a node that has left; long enough for a new master where it was the old one. */
  readonly forgetMs: number;
  /** From asking the agent to leave until it has ended. */
  readonly leaveMs: number;
  /** For an answer of the agent on refresh. */
  readonly readMs: number;
}

export const defaultNodeTiming: NodeTiming = {
  pollMs: 200,
  missingVotersMs: 20_000,
  drainMs: 30_000,
  noMasterMs: 3_000,
  forgetMs: 8_000,
  leaveMs: 20_000,
  readMs: 5_000,
};

/** What every resource gets of the provider's own configuration and of the world. */
export interface ProviderData {
  /** `access_key` of the provider block, else COVEY_ACCESS_KEY: for imports, which have no configuration yet. */
  readonly accessKey: string | undefined;
  /** COVEY_JOIN_KEY_FILE: for imports of nodes. */
  readonly joinKeyFile: string | undefined;
  /** COVEY_SSH_KEY_FILE: for imports of nodes over SSH. */
  readonly sshKeyFile: string | undefined;
  /** DOCKER_CERT_PATH: for imports of nodes in containers at an engine reached over TCP. */
  readonly dockerCertPath: string | undefined;
  readonly bundle: AgentBundle;
  /** The Node.js program that runs the provider, for nodes that name none. */
  readonly ownRuntime: string;
  /** SHA-256 in hex of a program on the machine the provider runs on; rejects where it cannot be read. */
  readonly programHash: (path: string) => Promise<string>;
  readonly machines: Machines;
  readonly nodeTiming: NodeTiming;
  /** Shared by all plans of the process. */
  readonly silences: Silences;
  readonly now: () => Date;
}
