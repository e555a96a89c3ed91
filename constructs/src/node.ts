import { Construct } from "./engine";
import { Node as NodeResource } from "./generated/node";
import type { NodeResources as NodeResourcesConfig } from "./generated/node";
import type { Host } from "./host";
import { checkedName } from "./names";
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
  /** Resolved: the host's own, or the next of 10.207.N.1. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly resource: NodeResource;

  constructor(scope: Construct, id: string, props: NodeProps) {
    super(scope, id);
    this.name = checkedName("node", props.name);
    this.host = props.host;
    this.address = props.host.address ?? nextLocalAddress(this);
    this.attributes = { ...props.attributes };
    const { dataDir, dockerSocket, consulBinary } = props;
    this.resource = new NodeResource(this, "resource", {
      name: this.name,
      cluster: props.joinKey,
      address: this.address,
      local: {},
      ...(Object.keys(this.attributes).length > 0 && { attributes: this.attributes }),
      ...(dataDir === undefined ? {} : { dataDir }),
      ...(dockerSocket === undefined ? {} : { dockerSocket }),
      ...(consulBinary === undefined ? {} : { consulBinary }),
      ...(props.resources === undefined
        ? {}
        : { resources: resourcesOf(this.name, props.resources) }),
    });
  }
}

/** Every local node of an app has an address of its own, in whichever cluster it is. */
function nextLocalAddress(node: Node): string {
  const others = node.node.root.node
    .findAll()
    .filter((one): one is Node => one instanceof Node && one !== node);
  const taken = new Set(others.map((other) => other.address));
  for (let index = 1; index < 255; index++) {
    const address = `10.207.${index}.1`;
    if (!taken.has(address)) return address;
  }
  throw new Error(
    `node '${node.name}': all of 10.207.1.1 to 10.207.254.1 are taken; give Host.local an address`,
  );
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
