/** Composition root of the agent's process: reads as a table of contents of what an agent is made of. */
import { join } from "node:path";
import { ConsulProcess } from "./adapters/consul/consul-process";
import { createConsulCatalog, type ConsulCatalogOptions } from "./adapters/consul/catalog";
import { createConsulStore } from "./adapters/consul/store";
import { openDisk } from "./adapters/disk/disk";
import { connectDocker, type DockerOptions } from "./adapters/docker/docker";
import { connectDockerOutput } from "./adapters/docker/output";
import { connectDockerExec } from "./adapters/docker/task-exec";
import { probeGrpc } from "./adapters/grpc/probe-grpc";
import { createLog } from "./adapters/log/log";
import { createMetrics } from "./adapters/metrics/metrics";
import { systemClock } from "./adapters/system/clock";
import { readMachine } from "./adapters/system/machine";
import { createProber } from "./adapters/system/prober";
import { systemRandom } from "./adapters/system/random";
import { openMeshSockets } from "./adapters/udp/transport";
import { createMasterDialer } from "./api/grpc/dialer";
import { startGrpc } from "./api/grpc/gate";
import { createApi, type ApiOptions } from "./api/http/api";
import { loadConfig } from "./config/config";
import type { AgentConfig } from "./contract/index";
import { defaultElection } from "./election/election";
import { membershipPresets } from "./membership/options";
import { CoveyNode, type NodeOptions } from "./node/node";
import { agentSamples, masterSamples, metricDefinitions } from "./metrics/index";
import type { Control } from "./ports/control";
import type { Log } from "./ports/log";
import type { Metrics } from "./ports/metrics";
import type { SchedulerDoor } from "./ports/scheduler-door";
import { version } from "./version";

export async function runAgent(configFile: string): Promise<void> {
  const { config, hash } = loadConfig(configFile);
  const log = createLog({ level: config.logLevel, name: config.node });
  log.info("agent starts", { cluster: config.cluster, address: config.address, version });
  const agent = await startAgent(config, hash, log);
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      log.info("agent stops, its containers run on", { signal });
      void agent.stop().finally(() => process.exit(0));
    });
}

async function startAgent(
  config: AgentConfig,
  configHash: string,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const { address, ports, tls, token } = config;
  const disk = openDisk(join(config.dataDir, "state"));
  const consul = config.consul.mode === "managed" ? managedConsul(config, log) : undefined;
  const consulAccess = accessToConsul(config, log);
  const transport = await openMeshSockets({
    address,
    port: ports.mesh,
    cluster: config.cluster,
    keys: gossipKeys(config),
    log,
  });
  const grpc = await startGrpc({ address, port: ports.grpc, tls, log });
  const control = (): Control => node.control();
  const metrics = metricsOf(control, log);
  const scheduler = (): Promise<SchedulerDoor> => loadSchedulerApi(log);
  const doors = taskDoors(config, log);
  const api = createApi({ control, token, tls, log, metrics, scheduler, ...doors });

  const close = async (leave: boolean): Promise<void> => {
    await api.close();
    await grpc.close();
    await transport.close();
    if (leave) await consul?.stop({ leave: true });
  };
  const node = new CoveyNode(
    {
      clock: systemClock,
      random: systemRandom,
      log,
      disk,
      transport,
      containers: connectDocker(dockerOptions(config, log)),
      prober: { ...createProber(), grpc: probeGrpc },
      catalog: createConsulCatalog(consulAccess),
      store: createConsulStore({ ...consulAccess, datacenter: config.datacenter }),
      gate: grpc.gate,
      dialer: createMasterDialer({ tls, log }),
    },
    {
      ...nodeOptions(config, configHash),
      left: () => void close(true).finally(() => process.exit(0)),
    },
  );
  await api.listen(address, ports.api);
  await consul?.start();
  await node.start();
  return {
    stop: async () => {
      await node.stop();
      await close(false);
    },
  };
}

/** When the first framework asks: an agent that none ever asks stays small. */
async function loadSchedulerApi(log: Log): Promise<SchedulerDoor> {
  const { createSchedulerApi } = await import("./api/mesos/scheduler-api.js");
  return createSchedulerApi({ clock: systemClock, log });
}

/** By which the API reaches into the containers of this agent's tasks. */
function taskDoors(config: AgentConfig, log: Log): Pick<ApiOptions, "output" | "exec"> {
  const docker = dockerOptions(config, log);
  return { output: connectDockerOutput(docker), exec: connectDockerExec(docker) };
}

function metricsOf(control: () => Control, log: Log): Metrics {
  return createMetrics({
    definitions: metricDefinitions,
    sources: [
      () => agentSamples(control().agent.figures()),
      () => {
        const { master } = control();
        return master ? masterSamples(master.masterFigures()) : [];
      },
    ],
    log,
  });
}

function gossipKeys({ gossipKey, otherGossipKeys = [] }: AgentConfig): Buffer[] {
  return [gossipKey, ...otherGossipKeys].map((key) => Buffer.from(key, "base64"));
}

function nodeOptions(config: AgentConfig, configHash: string): Omit<NodeOptions, "left"> {
  const machine = readMachine(config.dataDir);
  const { resources, ports } = config;
  return {
    cluster: config.cluster,
    datacenter: config.datacenter,
    record: {
      name: config.node,
      mesh: { address: config.address, port: ports.mesh },
      apiPort: ports.api,
      grpcPort: ports.grpc,
      voter: config.node in config.voters,
      version,
    },
    voters: config.voters,
    meshPort: ports.mesh,
    resources: {
      cpus: resources.cpus ?? machine.cpus,
      memMiB: resources.memMiB ?? machine.memMiB,
      diskMiB: resources.diskMiB ?? machine.diskMiB,
      ports: resources.ports ?? machine.ports,
    },
    attributes: config.attributes,
    membership: membershipPresets[config.preset],
    election: defaultElection,
    configHash,
    pid: process.pid,
  };
}

/**
 * Consul knows a managed agent by its node's name. Only the voters' addresses are declared, so only their Consul
 * agents can be told directly to drop a removed node's services; the catalog itself is swept for all.
 */
function accessToConsul(config: AgentConfig, log: Log): ConsulCatalogOptions {
  const { cluster, node, consul, address, voters } = config;
  const common = { cluster, node, log };
  if (consul.mode === "external")
    return { ...common, address: consul.address, token: consul.token };
  const agentAt = (host: string): string => `http://${host}:${consul.httpPort}`;
  return {
    ...common,
    address: agentAt(address),
    token: consul.token,
    consulNode: (name) => name,
    agentOf: (name) => {
      const host = voters[name];
      return host === undefined ? undefined : agentAt(host);
    },
  };
}

function dockerOptions(config: AgentConfig, log: Log): DockerOptions {
  return {
    socket: config.docker.socket,
    network: config.docker.network,
    cluster: config.cluster,
    node: config.node,
    address: config.address,
    dns: resolverOf(config),
    dnsSearch: ["service.consul"],
    log,
  };
}

/** What containers ask for names: the node's Consul, where it answers on the port resolvers use. */
function resolverOf(config: AgentConfig): string | undefined {
  if (config.consul.mode === "external") return config.consul.dns;
  return config.consul.dnsPort === 53 ? config.address : undefined;
}

function managedConsul(config: AgentConfig, log: Log): ConsulProcess | undefined {
  if (config.consul.mode !== "managed") return undefined;
  const { binary, httpPort, dnsPort, gossipKey, token, recursors } = config.consul;
  return new ConsulProcess({
    binary,
    httpPort,
    dnsPort,
    gossipKey,
    token,
    recursors,
    dataDir: join(config.dataDir, "consul"),
    node: config.node,
    address: config.address,
    datacenter: config.datacenter,
    server: config.node in config.voters,
    servers: Object.values(config.voters),
    tls: config.tls,
    log,
    clock: systemClock,
  });
}
