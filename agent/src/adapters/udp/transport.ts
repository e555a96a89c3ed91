import { randomBytes } from "node:crypto";
import type { Socket } from "node:dgram";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { isIPv4 } from "node:net";
import type { Endpoint } from "../../model/endpoint";
import { formatEndpoint } from "../../model/endpoint";
import type { MeshPacket } from "../../model/mesh-message";
import type { Log } from "../../ports/log";
import type { MeshTransport } from "../../ports/mesh-transport";
import { Envelope, envelopeBytes } from "./envelope";
import { decodePacket, encodePacket } from "./packet-codec";
import { ReplayGuard } from "./replay-guard";
import { readStamp, stampBytes, writeStamp } from "./session";

export interface UdpTransportOptions {
  /** IPv4, the one that other nodes reach us at; not 0.0.0.0. */
  readonly address: string;
  /** 0: any free one. */
  readonly port: number;
  readonly cluster: string;
  /** 32 bytes each; the first encrypts, all decrypt. */
  readonly keys: readonly Buffer[];
  readonly log: Log;
}

/** Why a datagram was not sent, or not taken. */
type DropCause = "too-large" | "send-failed" | "unauthentic" | "replayed" | "malformed";

export interface UdpTransport extends MeshTransport {
  /** Where it listens. */
  readonly endpoint: Endpoint;
  readonly dropped: Readonly<Record<DropCause, number>>;
}

/** No IP fragments on any common path. */
const maxDatagramBytes = 1400;
/** Bytes the kernel has not taken yet; beyond this new datagrams are dropped, as a full network would. */
const maxQueuedBytes = 4 * 1024 * 1024;
const socketBufferBytes = 1024 * 1024;

/**
 * Listens on `address:port`.
 * @throws Error where that cannot be done, saying how to go on.
 */
export async function openUdpTransport(options: UdpTransportOptions): Promise<UdpTransport> {
  if (!isIPv4(options.address) || options.address === "0.0.0.0")
    throw new Error(
      `mesh: address '${options.address}' must be an IPv4 address of this machine that the other nodes reach, not 0.0.0.0`,
    );
  const envelope = new Envelope(options.cluster, options.keys);
  const socket = createSocket("udp4");
  try {
    socket.bind(options.port, options.address);
    await once(socket, "listening");
  } catch (error) {
    socket.close();
    throw bindError(options, error);
  }
  growBuffers(socket, options.log);
  const { port } = socket.address();
  return new OpenUdpTransport(socket, envelope, { address: options.address, port }, options.log);
}

class OpenUdpTransport implements UdpTransport {
  readonly dropped = {
    "too-large": 0,
    "send-failed": 0,
    unauthentic: 0,
    replayed: 0,
    malformed: 0,
  };
  private readonly session = {
    startedAtMs: Date.now(),
    nonce: randomBytes(4).readUInt32BE(0),
  };
  private readonly guard = new ReplayGuard();
  private count = 0;
  private closed = false;
  private listener: ((packet: MeshPacket, from: Endpoint) => void) | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly envelope: Envelope,
    readonly endpoint: Endpoint,
    private readonly log: Log,
  ) {
    socket.on("message", (datagram, from) => this.receive(datagram, from));
    socket.on("error", (error) => this.drop("send-failed", { error: error.message }));
  }

  send(to: Endpoint, packet: MeshPacket): void {
    if (this.closed) return;
    const content = encodePacket(packet);
    const bytes = envelopeBytes + stampBytes + content.length;
    if (bytes > maxDatagramBytes) {
      this.drop("too-large", { bytes, limit: maxDatagramBytes, to: formatEndpoint(to) });
      return;
    }
    if (this.socket.getSendQueueSize() > maxQueuedBytes) {
      this.drop("send-failed", { to: formatEndpoint(to), error: "send queue is full" });
      return;
    }
    this.count += 1;
    const stamp = writeStamp({ ...this.session, count: this.count, sender: this.endpoint });
    const datagram = this.envelope.seal(Buffer.concat([stamp, content]));
    this.socket.send(datagram, to.port, to.address, (error) => {
      if (error) this.drop("send-failed", { to: formatEndpoint(to), error: error.message });
    });
  }

  onPacket(receive: (packet: MeshPacket, from: Endpoint) => void): void {
    this.listener = receive;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const closed = once(this.socket, "close");
    this.socket.close();
    await closed;
  }

  private receive(datagram: Buffer, source: Endpoint): void {
    if (this.closed) return;
    const from = formatEndpoint(source);
    const content = this.envelope.open(datagram);
    if (!content) {
      this.drop("unauthentic", { from, bytes: datagram.length });
      return;
    }
    const stamp = readStamp(content);
    const packet = stamp && decodePacket(content.subarray(stampBytes));
    if (!packet || stamp.sender.port === 0) {
      this.drop("malformed", { from, bytes: datagram.length });
      return;
    }
    const sender = `${packet.from}@${formatEndpoint(stamp.sender)}`;
    if (this.guard.take(sender, stamp, performance.now())) this.listener?.(packet, stamp.sender);
    else this.drop("replayed", { from, sender });
  }

  /** Told at 1, 10, 100, ...: whoever floods us must not flood the log too. */
  private drop(cause: DropCause, facts: Readonly<Record<string, unknown>>): void {
    this.dropped[cause] += 1;
    const count = this.dropped[cause];
    if (Number.isInteger(Math.log10(count)))
      this.log.warn("mesh datagram dropped", { cause, count, ...facts });
  }
}

/** A stalled process must find the answers to its pings when it wakes. */
function growBuffers(socket: Socket, log: Log): void {
  try {
    socket.setRecvBufferSize(socketBufferBytes);
    socket.setSendBufferSize(socketBufferBytes);
  } catch (error) {
    log.debug("mesh socket buffers stay as they are", { error: String(error) });
  }
}

function bindError(options: UdpTransportOptions, cause: unknown): Error {
  const code = (cause as { readonly code?: string }).code ?? String(cause);
  const wayOut: Readonly<Record<string, string>> = {
    EADDRINUSE:
      "another process has that port: stop it (another agent with the same address?), or set another `ports.mesh`",
    EADDRNOTAVAIL:
      "no interface of this machine has that address: correct `address`, or bring the interface up",
    EACCES: "not permitted: take a port above 1023, or run the agent as root",
  };
  return new Error(
    `mesh: cannot listen on udp ${options.address}:${options.port} (${code}): ${wayOut[code] ?? "see the cause"}`,
    { cause },
  );
}
