import { Construct } from "./engine";
import { Node as NodeResource } from "./generated/node";
import type { NodeResources as NodeResourcesConfig } from "./generated/node";
import type { Host } from "./host";
import { checkedName } from "./names";
import { nextDockerAddress, nextLocalAddress } from "./next-address";
import type { Size } from "./size";

export interface NodeResources {
  /** @default those of the machine */
  readonly cpus?: number;
  /** @default that of the machine, less what the system needs */
  readonly memory?: Size;
  /** @default that of the file system with the data directory */
  readonly disk?: Size;
  /** Host ports that tasks may have: "31000-32000". @default the provider's own range */
  readonly ports?: string;
}

export interface NodeOptions {
  /** What the node offers to tasks. @default what the machine has */
  readonly resources?: NodeResources;
  /** Facts that constraints go by: `{ rack: "r1" }`. @default none */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Absolute path on the machine. @default a folder for this cluster and node below /var/lib/covey */
  readonly dataDir?: string;
  /** Docker's socket on the machine. @default /var/run/docker.sock */
  readonly dockerSocket?: string;
  /** Absolute path of the Consul program on the machine. @default the one found there */
  readonly consulBinary?: string;
  /**
   * Node.js program for the node's platform, on the machine Terraform runs on; it is sent to the node's.
   * @default the one that runs the provider
   */
  readonly runtime?: string;
}

export interface NodeProps extends NodeOptions {
  readonly name: string;
  readonly host: Host;
  /** How the machine's agent gets into the cluster. */
  readonly joinKey: string;
}

/** One machine of a cluster. Made by `Cluster.addNode`. */
export class Node extends Construct {
  readonly name: string;
  readonly host: Host;
  /** Resolved: the host's own, or the next free one for its kind of host. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly resource: NodeResource;

  constructor(scope: Construct, id: string, props: NodeProps) {
    super(scope, id);
    this.name = checkedName("node", props.name);
    this.host = props.host;
    this.address = props.host.address ?? nextAddress(this);
    this.attributes = { ...props.attributes };
    const { dataDir, dockerSocket, consulBinary, runtime } = props;
    this.resource = new NodeResource(this, "resource", {
      name: this.name,
      cluster: props.joinKey,
      address: this.address,
      ...props.host.connection,
      ...(Object.keys(this.attributes).length > 0 && { attributes: this.attributes }),
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(dockerSocket === undefined ? {} : { dockerSocket }),
      ...(consulBinary === undefined ? {} : { consulBinary }),
      ...(runtime === undefined ? {} : { runtime }),
      ...(props.resources === undefined
        ? {}
        : { resources: resourcesOf(this.name, props.resources) }),
    });
  }
}

/** Every node of an app has an address of its own, in whichever cluster it is. SSH hosts bring theirs. */
function nextAddress(node: Node): string {
  const others = node.node.root.node
    .findAll()
    .filter((one): one is Node => one instanceof Node && one !== node);
  const siblings = others.filter(
    (other) => other.node.scope === node.node.scope && other.host.kind === "docker",
  );
  const taken = {
    all: new Set(others.map(({ address }) => address)),
    siblings: siblings.map(({ address }) => address),
  };
  const { kind } = node.host;
  const found = kind === "docker" ? nextDockerAddress(taken) : nextLocalAddress(taken);
  if (found !== undefined) return found;
  const [range, maker] =
    kind === "docker"
      ? ["the addresses of 10.208.0.0/16 that such nodes get", "Host.docker"]
      : ["10.207.1.1 to 10.207.254.1", "Host.local"];
  throw new Error(`node '${node.name}': all of ${range} are taken; give ${maker} an address`);
}

function resourcesOf(node: string, resources: NodeResources): NodeResourcesConfig {
  const { cpus, memory, disk, ports } = resources;
  if (cpus !== undefined && !(cpus > 0))
    throw new RangeError(`node '${node}': cpus is ${cpus}, must be above zero`);
  return {
    ...(cpus === undefined ? {} : { cpus }),
    ...(memory === undefined ? {} : { memoryMib: memory.toMebibytes() }),
    ...(disk === undefined ? {} : { diskMib: disk.toMebibytes() }),
    ...(ports === undefined ? {} : { ports }),
  };
}
