import {
  checkDataDirectory,
  checkEngine,
  checkPorts,
  ensureAddress,
  findConsul,
  fingerprint,
  installFiles,
  isCurrent,
  issueNodeCertificate,
  Keeper,
  nodePaths,
  planAddress,
  restarted,
  runtimePath,
} from "../../connection";
import type {
  AddressPlan,
  BootKind,
  Connection,
  KeyPair,
  NeededPort,
  NodePaths,
  Runtime,
} from "../../connection";
import { defaultPorts } from "@covey/agent/contract";
import { isObject } from "../keys/key-text";
import type { AgentBundle } from "../provider-data";
import { agentConfig, certificateRequest } from "./agent-config";
import type { NodeFacts } from "./agent-config";

export interface InstallOptions {
  readonly connection: Connection;
  readonly facts: NodeFacts;
  readonly bundle: AgentBundle;
  readonly runtime: Runtime;
  readonly consulBinary: string | undefined;
  /** The machine is a container, which starts the node itself. */
  readonly comesWithContainer: boolean;
  readonly now: Date;
  /** Told what goes on. */
  readonly info: (message: string) => void;
}

/** What was found out before anything was made. */
export interface Prepared {
  readonly paths: NodePaths;
  readonly address: AddressPlan;
  readonly consulBinary: string | undefined;
  /** Text of the agent.json that is there. */
  readonly config: string | undefined;
}

const stopGraceMs = 10_000;

/** Looks whether the node can be had on this machine; makes nothing. Throws InstallError naming what is in the way. */
export async function prepareNode(options: InstallOptions): Promise<Prepared> {
  const { connection, facts } = options;
  const { key, name } = facts;
  const paths = nodePaths(facts.dataDir);
  await checkEngine(connection, facts.dockerSocket);
  const config = await checkDataDirectory(connection, paths, {
    cluster: key.cluster,
    node: name,
    authority: fingerprint(key.authority.certificate),
  });
  const consulBinary =
    key.consul.mode === "managed" ? await findConsul(connection, options.consulBinary) : undefined;
  const [addresses, networks] = await Promise.all([
    connection.addresses(),
    connection.engine(facts.dockerSocket).networks(),
  ]);
  const address = planAddress(
    { cluster: key.cluster, node: name },
    facts.address,
    addresses,
    networks,
  );
  if (config === undefined && address.kind === "host")
    await checkPorts(connection, facts.address, neededPorts(facts));
  return { paths, address, consulBinary, config };
}

/**
 * Brings the machine to what is wanted and the agent to run with it: whatever is so already is left alone, so it may be
 * called again after any failure. An agent whose program and configuration have not changed is not started again.
 * @returns who starts the node with its machine; undefined: it is settled otherwise
 */
export async function installNode(
  options: InstallOptions,
  prepared: Prepared,
): Promise<BootKind | undefined> {
  const { connection, facts, bundle, info } = options;
  const { paths } = prepared;
  const network = await ensureAddress(connection.engine(facts.dockerSocket), prepared.address);
  const certificate = await certificateFor(options, prepared.config);
  const config = agentConfig(facts, {
    certificate,
    network,
    consulBinary: prepared.consulBinary,
  });
  const changed = await installFiles(connection, paths, {
    bundle: bundle.path,
    bundleHash: await bundle.hash(),
    config: `${JSON.stringify(config, undefined, 2)}\n`,
    runtime: options.runtime,
    info,
  });
  const { cluster } = facts.key;
  const keeper = new Keeper(connection, paths, { cluster, node: facts.name });
  const { isKept } = await keeper.look();
  if (!isKept || changed) await startAgent(options, prepared, keeper);
  if (options.comesWithContainer) return undefined;
  const kind = await keeper.startWithMachine();
  return kind === "systemd" ? undefined : kind;
}

async function startAgent(
  { connection, facts, runtime, info }: InstallOptions,
  { paths, config }: Prepared,
  keeper: Keeper,
): Promise<void> {
  info(`node ${facts.name}: starting the agent`);
  const ports = neededPorts(facts);
  await keeper.restart(runtimePath(paths, runtime.hash), stopGraceMs, () =>
    // A Consul that outlived its agent is taken over by the next.
    checkPorts(
      connection,
      facts.address,
      config === undefined ? ports : ports.filter(({ use }) => !use.startsWith("Consul")),
    ),
  );
  await restarted(connection, paths, runtime);
}

function neededPorts({ key }: NodeFacts): readonly NeededPort[] {
  const { api, grpc, mesh } = defaultPorts;
  const own: readonly NeededPort[] = [
    { port: api, protocol: "tcp", use: "the agent's API" },
    { port: grpc, protocol: "tcp", use: "the agents' streams" },
    { port: mesh, protocol: "udp", use: "the mesh" },
    { port: mesh, protocol: "tcp", use: "the mesh" },
  ];
  if (key.consul.mode !== "managed") return own;
  return [
    ...own,
    { port: 8500, protocol: "tcp", use: "Consul's API" },
    { port: 53, protocol: "udp", use: "Consul's DNS" },
    { port: 53, protocol: "tcp", use: "Consul's DNS" },
  ];
}

/** The node's present certificate while it does, so that nothing changes without a reason. */
async function certificateFor(
  options: InstallOptions,
  config: string | undefined,
): Promise<KeyPair> {
  const { facts, now } = options;
  const { authority } = facts.key;
  const request = certificateRequest(facts);
  const present = presentPair(config);
  if (present && isCurrent(present, authority.certificate, request, now)) return present;
  return issueNodeCertificate(authority, request, now);
}

function presentPair(text: string | undefined): KeyPair | undefined {
  try {
    const config: unknown = JSON.parse(text ?? "");
    const tls = isObject(config) ? config["tls"] : undefined;
    if (!isObject(tls)) return undefined;
    const { cert, key } = tls;
    return typeof cert === "string" && typeof key === "string"
      ? { certificate: cert, privateKey: key }
      : undefined;
  } catch {
    return undefined;
  }
}
