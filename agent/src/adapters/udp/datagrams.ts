import type { Socket } from "node:dgram";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Endpoint } from "../../model/endpoint";
import { formatEndpoint } from "../../model/endpoint";
import type { MeshPacket } from "../../model/mesh-message";
import type { Log } from "../../ports/log";
import type { DropCause, Drops } from "./drops";
import type { Seal } from "./seal";

/** No IP fragments on any common path. */
const maxDatagramBytes = 1400;
/** Bytes the kernel has not taken yet; beyond this new datagrams are dropped, as a full network would. */
const maxQueuedBytes = 4 * 1024 * 1024;
const socketBufferBytes = 1024 * 1024;

/** @throws Error where it cannot be had. */
export async function bindDatagrams(at: Endpoint, log: Log): Promise<Socket> {
  const socket = createSocket("udp4");
  try {
    socket.bind(at.port, at.address);
    await once(socket, "listening");
  } catch (error) {
    socket.close();
    throw error;
  }
  growBuffers(socket, log);
  return socket;
}

/** The UDP half of the transport. */
export class Datagrams {
  private closed = false;

  constructor(
    private readonly socket: Socket,
    private readonly parts: {
      readonly endpoint: Endpoint;
      readonly seal: Seal;
      readonly drops: Drops;
    },
    private readonly receive: (packet: MeshPacket, from: Endpoint) => void,
  ) {
    socket.on("message", (datagram, from) => this.take(datagram, from));
    socket.on("error", (error) => this.drop("send-failed", { error: error.message }));
  }

  send(to: Endpoint, packet: MeshPacket): void {
    if (this.closed) return;
    const target = formatEndpoint(to);
    if (this.socket.getSendQueueSize() > maxQueuedBytes) {
      this.drop("send-failed", { to: target, error: "send queue is full" });
      return;
    }
    const datagram = this.parts.seal.close(packet, this.parts.endpoint, maxDatagramBytes);
    if (typeof datagram === "number") {
      const facts = { bytes: datagram, limit: maxDatagramBytes, to: target };
      this.drop("too-large", facts);
      return;
    }
    this.socket.send(datagram, to.port, to.address, (error) => {
      if (error) this.drop("send-failed", { to: target, error: error.message });
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const closed = once(this.socket, "close");
    this.socket.close();
    await closed;
  }

  private take(datagram: Buffer, source: Endpoint): void {
    if (this.closed) return;
    const opened = this.parts.seal.open(datagram);
    if ("packet" in opened) {
      this.receive(opened.packet, opened.from);
      return;
    }
    const { cause, ...facts } = opened;
    const from = formatEndpoint(source);
    this.drop(cause, { from, bytes: datagram.length, ...facts });
  }

  private drop(cause: DropCause, facts: Readonly<Record<string, unknown>>): void {
    this.parts.drops.add(cause, "datagram", facts);
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
