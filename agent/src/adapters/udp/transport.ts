import type { Socket } from "node:dgram";
import type { Server } from "node:net";
import { isIPv4 } from "node:net";
import type { Endpoint } from "../../model/endpoint";
import type { MeshPacket, MeshPath } from "../../model/mesh-message";
import type { Log } from "../../ports/log";
import type { MeshTransport } from "../../ports/mesh-transport";
import { bindDatagrams, Datagrams } from "./datagrams";
import type { DropCounts } from "./drops";
import { Drops } from "./drops";
import { IncomingStreams, listenForStreams } from "./incoming-streams";
import { OutgoingStreams } from "./outgoing-streams";
import { Seal } from "./seal";
import type { StreamLimits } from "./stream-limits";
import { streamLimits } from "./stream-limits";

export interface MeshSocketOptions {
  /** IPv4, the one that other nodes reach us at; not 0.0.0.0. */
  readonly address: string;
  /** Of UDP and TCP alike; 0: any that is free for both. */
  readonly port: number;
  readonly cluster: string;
  /** 32 bytes each; the first encrypts, all decrypt. */
  readonly keys: readonly Buffer[];
  readonly log: Log;
  readonly limits?: Partial<StreamLimits>;
}

export interface MeshSockets extends MeshTransport {
  /** Where it listens. */
  readonly endpoint: Endpoint;
  readonly dropped: DropCounts;
}

/** Ports that UDP gave us and TCP has not; only where any will do. */
const portTries = 20;

/**
 * Listens on `address:port`, by UDP and by TCP.
 * @throws Error where that cannot be done, saying how to go on.
 */
export async function openMeshSockets(options: MeshSocketOptions): Promise<MeshSockets> {
  if (!isIPv4(options.address) || options.address === "0.0.0.0")
    throw new Error(
      `mesh: address '${options.address}' must be an IPv4 address of this machine that the other nodes reach, not 0.0.0.0`,
    );
  // Before the sockets: a bad key leaves nothing open.
  const seals = {
    datagram: new Seal(options.cluster, "datagram", options.keys),
    stream: new Seal(options.cluster, "stream", options.keys),
  };
  const bound = await bindBoth(options, options.port === 0 ? portTries : 1);
  return new OpenMeshSockets(bound, seals, options);
}

interface Bound {
  readonly udp: Socket;
  readonly tcp: Server;
  readonly endpoint: Endpoint;
}

async function bindBoth(options: MeshSocketOptions, tries: number): Promise<Bound> {
  const { address, log } = options;
  const udp = await bindDatagrams(options, log).catch((error: unknown) => {
    throw bindError("udp", options, error);
  });
  const endpoint = { address, port: udp.address().port };
  try {
    return { udp, tcp: await listenForStreams(endpoint), endpoint };
  } catch (error) {
    udp.close();
    if (tries > 1) return bindBoth(options, tries - 1);
    throw bindError("tcp", endpoint, error);
  }
}

class OpenMeshSockets implements MeshSockets {
  readonly endpoint: Endpoint;
  private readonly drops: Drops;
  private readonly datagrams: Datagrams;
  private readonly incoming: IncomingStreams;
  private readonly outgoing: OutgoingStreams;
  private listener: ((packet: MeshPacket, from: Endpoint, over: MeshPath) => void) | undefined;

  constructor(
    { udp, tcp, endpoint }: Bound,
    seals: Readonly<Record<MeshPath, Seal>>,
    options: MeshSocketOptions,
  ) {
    const drops = new Drops(options.log);
    const limits = { ...streamLimits, ...options.limits };
    const hear =
      (over: MeshPath) =>
      (packet: MeshPacket, from: Endpoint): void =>
        this.listener?.(packet, from, over);
    this.endpoint = endpoint;
    this.drops = drops;
    this.datagrams = new Datagrams(
      udp,
      { endpoint, seal: seals.datagram, drops },
      hear("datagram"),
    );
    this.incoming = new IncomingStreams(tcp, { limits, seal: seals.stream, drops }, hear("stream"));
    this.outgoing = new OutgoingStreams({ endpoint, limits, seal: seals.stream, drops });
  }

  get dropped(): DropCounts {
    return this.drops.counts;
  }

  send(to: Endpoint, packet: MeshPacket): void {
    this.datagrams.send(to, packet);
  }

  sendStream(to: Endpoint, packet: MeshPacket): void {
    this.outgoing.send(to, packet);
  }

  onPacket(receive: (packet: MeshPacket, from: Endpoint, over: MeshPath) => void): void {
    this.listener = receive;
  }

  async close(): Promise<void> {
    this.outgoing.close();
    await Promise.all([this.datagrams.close(), this.incoming.close()]);
  }
}

function bindError(protocol: "udp" | "tcp", at: Endpoint, cause: unknown): Error {
  const code = (cause as { readonly code?: string }).code ?? String(cause);
  const wayOut: Readonly<Record<string, string>> = {
    EADDRINUSE:
      "another process has that port: stop it (another agent with the same address?), or set another `ports.mesh`",
    EADDRNOTAVAIL:
      "no interface of this machine has that address: correct `address`, or bring the interface up",
    EACCES: "not permitted: take a port above 1023, or run the agent as root",
  };
  return new Error(
    `mesh: cannot listen on ${protocol} ${at.address}:${at.port} (${code}): ${wayOut[code] ?? "see the cause"}`,
    { cause },
  );
}
