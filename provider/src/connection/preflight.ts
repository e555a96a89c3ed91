import type { Connection } from "./connection";
import { temporaryPrefix } from "./connection";
import { fingerprint } from "./certificates";
import { InstallError } from "./install-error";
import type { NodePaths } from "./node-paths";
import type { NodeName } from "./node-network";

/** Throws where the machine's Docker engine does not answer. */
export async function checkEngine(connection: Connection, socket: string): Promise<void> {
  const why = await connection.engine(socket).whyDown();
  if (why !== undefined)
    throw new InstallError(
      "check the Docker engine",
      `Docker does not answer at ${socket} on ${connection.description}: ${why}. Start it ('systemctl start docker', or 'dockerd'), or set docker_socket to where it listens`,
      "docker_socket",
    );
}

/** Whose a data directory is. */
export interface Owner extends NodeName {
  /** Of the cluster's authority: a cluster made anew under an old name is another one. */
  readonly authority: string;
}

/**
 * Throws where the directory is another node's, or not a node's at all.
 * @returns the text of its agent.json; undefined: nothing is installed there
 */
export async function checkDataDirectory(
  connection: Connection,
  paths: NodePaths,
  owner: Owner,
): Promise<string | undefined> {
  const [config, names = []] = await Promise.all([
    connection.readFile(paths.config),
    connection.list(paths.directory),
  ]);
  if (config === undefined) {
    if (names.every((name) => name.startsWith(temporaryPrefix))) return undefined;
    throw refused(
      paths,
      "holds files but no agent.json, so it is not a node's; empty it or give the node another one",
    );
  }
  const found = ownerOf(config);
  if (!found) throw refused(paths, "holds an agent.json that cannot be read; move it away");
  if (found.cluster !== owner.cluster || found.node !== owner.node)
    throw refused(
      paths,
      `belongs to node '${found.node}' of cluster '${found.cluster}'; give this node another one`,
    );
  if (found.authority !== owner.authority)
    throw refused(
      paths,
      `belongs to an earlier cluster that was also named '${owner.cluster}'. If nothing of it is needed any more, stop its agent (kill the process in ${paths.supervisorPid}) and remove the directory`,
    );
  return config;
}

function refused(paths: NodePaths, why: string): InstallError {
  return new InstallError("check the data directory", `${paths.directory} ${why}`, "data_dir");
}

/** undefined where the text is no agent's configuration. */
function ownerOf(config: string): Owner | undefined {
  try {
    const parsed = JSON.parse(config) as {
      cluster?: unknown;
      node?: unknown;
      tls?: { ca?: unknown };
    };
    const { cluster, node, tls } = parsed;
    if (typeof cluster !== "string" || typeof node !== "string") return undefined;
    return typeof tls?.ca === "string"
      ? { cluster, node, authority: fingerprint(tls.ca) }
      : undefined;
  } catch {
    return undefined;
  }
}

export interface NeededPort {
  readonly port: number;
  readonly protocol: "tcp" | "udp";
  readonly use: string;
}

/** Throws naming the first port that something else holds. Only to be asked while the node's own agent is down. */
export async function checkPorts(
  connection: Connection,
  address: string,
  ports: readonly NeededPort[],
): Promise<void> {
  const reasons = await Promise.all(
    ports.map(({ port, protocol }) => connection.whyPortTaken(address, port, protocol)),
  );
  for (const [index, { port, protocol, use }] of ports.entries()) {
    const why = reasons[index];
    if (why !== undefined)
      throw new InstallError(
        "check the ports",
        `${protocol} port ${port} of ${address} (${use}) cannot be had on ${connection.description}: ${why}. 'ss -l${protocol === "tcp" ? "t" : "u"}np sport = :${port}' shows who has it: stop that, or give the node another address`,
        "address",
      );
  }
}

/** The consul program: as configured, else on PATH, else in our cache. */
export async function findConsul(
  connection: Connection,
  configured: string | undefined,
): Promise<string> {
  if (configured !== undefined) {
    if (await connection.isExecutable(configured)) return configured;
    throw new InstallError(
      "find Consul",
      `${configured} is no program on ${connection.description}; set consul_binary to where Consul is`,
      "consul_binary",
    );
  }
  const cached = `${await connection.cacheDirectory()}/covey/bin/consul`;
  const found = await connection.findProgram("consul");
  if (found !== undefined) return found;
  if (await connection.isExecutable(cached)) return cached;
  throw new InstallError(
    "find Consul",
    `there is no 'consul' on the PATH of ${connection.description}, nor at ${cached}. Install it, set consul_binary, or use a Consul of your own: consul = { mode = "external" } in the cluster`,
    "consul_binary",
  );
}
