import { Token } from "./engine";
import type { NodeDocker, NodeSsh } from "./generated/node";
import { isIpv4 } from "./ipv4";
import { sshAccess, sshTarget } from "./ssh";
import type { SshOptions } from "./ssh";
import type { Size } from "./size";

interface AddressOption {
  /** The node's own IPv4 address, which all nodes and all containers reach. */
  readonly address?: string;
}

/** Covey makes a Docker network with the address as its gateway where the machine does not have it. */
export interface LocalHostOptions extends AddressOption {
  /** @default 10.207.N.1 for the N-th such node of the app */
  readonly address?: string;
}

/** How one gets into a host: as whom else than the target says, and by which way. */
export interface SshWayOptions extends SshOptions {
  /** Run everything by `sudo -n`. @default false */
  readonly sudo?: boolean;
  /** A host that this one is reached through: `"ops@bastion"`, or with options of its own. @default none */
  readonly jump?: string | SshJump;
}

export interface SshHostOptions extends SshWayOptions, AddressOption {
  /** @default the host, where that is an IPv4 address */
  readonly address?: string;
}

export interface SshJump extends SshOptions {
  /** `USER@HOST:PORT`, user and port may be left out. */
  readonly target: string;
}

export interface DockerHostOptions extends AddressOption {
  /** @default 10.208.N.M for the M-th node in a container of the N-th cluster of the app that has such nodes */
  readonly address?: string;
  /** Of the cluster's network on that engine: a CIDR. @default the /24 of the address */
  readonly subnet?: string;
  /** Image of the node's container. @default the provider's */
  readonly image?: string;
  /** Limit of the whole node. @default none */
  readonly cpus?: number;
  /** Limit of the whole node. @default none */
  readonly memory?: Size;
  /** Images for tasks, copied from that engine into the node's own. @default none */
  readonly images?: readonly string[];
  /** For an engine at `ssh://USER@HOST`. @default the keys of ssh-agent, known_hosts */
  readonly ssh?: SshWayOptions;
  /** Files on the machine Terraform runs on, for an engine reached over TCP: PEM. @default none */
  readonly tls?: {
    readonly caFile?: string;
    readonly certFile?: string;
    readonly keyFile?: string;
  };
}

/** How a node's machine is reached, in the provider's words. */
export type Connection =
  | { readonly local: Record<string, never> }
  | { readonly ssh: NodeSsh }
  | { readonly docker: NodeDocker };

/** A machine, and how it is reached. */
export class Host {
  private constructor(
    readonly kind: "local" | "ssh" | "docker",
    /** Undefined: the node gets the next free one. */
    readonly address: string | undefined,
    readonly connection: Connection,
  ) {}

  /** The machine Terraform runs on. Several nodes may be on it, each with an address of its own. @throws Error on a malformed address */
  static local(options: LocalHostOptions = {}): Host {
    return new Host("local", checkedAddress("Host.local", options), { local: {} });
  }

  /**
   * A machine with an SSH server and Docker.
   * @param target `USER@HOST:PORT`; the user is root and the port 22 where they are left out
   * @throws Error on a malformed target or address, where the address does not follow from the target, and on two ways in
   */
  static ssh(target: string, options: SshHostOptions = {}): Host {
    const { address, ...way } = options;
    const what = `Host.ssh('${target}')`;
    const place = sshTarget(what, target);
    const found = address ?? (isIpv4(place.host) ? place.host : undefined);
    if (found === undefined)
      throw new Error(
        `${what}: '${place.host}' is a name; give address: the IPv4 address by which the other nodes and their containers reach it`,
      );
    const ssh: NodeSsh = { ...place, ...wayOf(what, way) };
    return new Host("ssh", checkedAddress(what, { address: found }), { ssh });
  }

  /**
   * A container of a Docker engine, with an engine of its own in it: one machine can hold a whole cluster.
   * @param engine `unix:///var/run/docker.sock`, `tcp://HOST:2376` or `ssh://USER@HOST`; that of this machine by default
   * @throws Error on a malformed address or jump, and on two ways in
   */
  static docker(engine?: string, options: DockerHostOptions = {}): Host {
    const { image, subnet, cpus, memory, images, ssh, tls } = options;
    const docker: NodeDocker = {
      ...(engine === undefined ? {} : { host: engine }),
      ...(image === undefined ? {} : { image }),
      ...(subnet === undefined ? {} : { subnet }),
      ...(cpus === undefined ? {} : { cpus }),
      ...(memory === undefined ? {} : { memoryMib: memory.toMebibytes() }),
      ...(images === undefined ? {} : { images: [...images] }),
      ...(ssh === undefined ? {} : { ssh: wayOf(`Host.docker('${engine ?? ""}')`, ssh) }),
      ...tls,
    };
    return new Host("docker", checkedAddress("Host.docker", options), { docker });
  }
}

function wayOf(what: string, { sudo, jump, ...own }: SshWayOptions): Omit<NodeSsh, "host"> {
  return {
    ...sshAccess(what, own),
    ...(sudo === undefined ? {} : { sudo }),
    ...(jump === undefined ? {} : { jump: jumpOf(what, jump) }),
  };
}

function jumpOf(what: string, jump: string | SshJump): NodeSsh {
  const { target, ...own } = typeof jump === "string" ? { target: jump } : jump;
  const where = `${what}: jump '${target}'`;
  return { ...sshTarget(where, target), ...sshAccess(where, own) };
}

function checkedAddress(what: string, { address }: AddressOption): string | undefined {
  if (address !== undefined && !Token.isUnresolved(address) && !isIpv4(address))
    throw new Error(`${what}: address '${address}' is no IPv4 address like 10.207.1.1`);
  return address;
}
