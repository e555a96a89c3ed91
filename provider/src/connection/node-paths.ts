/** What lies in a node's data directory. */
export interface NodePaths {
  readonly directory: string;
  /** The agent's bundle. */
  readonly bundle: string;
  /** The agent's configuration; written first, so that a directory with anything of ours in it says whose it is. */
  readonly config: string;
  readonly supervisorScript: string;
  /** What starts the node with its machine calls it; not in a container. */
  readonly bootScript: string;
  /** Holds the path of the Node.js program the agent is to be started with. */
  readonly runtime: string;
  readonly supervisorPid: string;
  readonly agentPid: string;
  /** Of the supervisor's other half, which keeps the log short. */
  readonly watcherPid: string;
  /** There from before a file is changed until the agent has been started with it: an interrupted update is then finished. */
  readonly restartMark: string;
  readonly log: string;
  /** Where the agent keeps the Consul it manages. */
  readonly consul: string;
}

export function nodePaths(directory: string): NodePaths {
  return {
    directory,
    bundle: `${directory}/covey.js`,
    config: `${directory}/agent.json`,
    supervisorScript: `${directory}/supervise.sh`,
    bootScript: `${directory}/boot.sh`,
    runtime: `${directory}/runtime`,
    supervisorPid: `${directory}/supervisor.pid`,
    agentPid: `${directory}/agent.pid`,
    watcherPid: `${directory}/watcher.pid`,
    restartMark: `${directory}/restart-needed`,
    log: `${directory}/agent.log`,
    consul: `${directory}/consul`,
  };
}

const runtimePrefix = "node-";

/** Where a node keeps the Node.js program with this SHA-256: another one gets another name, so none is changed in use. */
export function runtimePath({ directory }: NodePaths, hash: string): string {
  return `${directory}/${runtimePrefix}${hash}`;
}

/** The SHA-256 in the name of such a program; undefined: it is none. */
export function runtimeHashOf(path: string): string | undefined {
  return /\/node-([0-9a-f]{64})\s*$/.exec(path)?.[1];
}

export function isRuntimeName(name: string): boolean {
  return name.startsWith(runtimePrefix);
}
