import type { Socket } from "node:net";
import { connect } from "node:net";
import type { Endpoint } from "../../model/endpoint";
import { formatEndpoint } from "../../model/endpoint";
import type { MeshPacket } from "../../model/mesh-message";
import type { DropCause, Drops } from "./drops";
import { maxFramedBytes, writeFrame } from "./frame";
import type { Seal } from "./seal";
import type { StreamLimits } from "./stream-limits";

/** One connection a packet: connect, send, close. Nothing is tried again: whoever wanted it asks again. */
export class OutgoingStreams {
  private readonly open = new Set<Socket>();
  private closed = false;

  constructor(
    private readonly parts: {
      readonly endpoint: Endpoint;
      readonly limits: StreamLimits;
      readonly seal: Seal;
      readonly drops: Drops;
    },
  ) {}

  send(to: Endpoint, packet: MeshPacket): void {
    if (this.closed) return;
    const target = formatEndpoint(to);
    const { maxOutgoing } = this.parts.limits;
    if (this.open.size >= maxOutgoing) {
      this.parts.drops.add("too-many", "stream", { to: target, limit: maxOutgoing });
      return;
    }
    const sealed = this.parts.seal.close(packet, this.parts.endpoint, maxFramedBytes);
    if (typeof sealed === "number")
      this.parts.drops.add("too-large", "stream", {
        to: target,
        bytes: sealed,
        limit: maxFramedBytes,
      });
    else this.dial(to, writeFrame(sealed));
  }

  close(): void {
    this.closed = true;
    for (const socket of this.open) socket.destroy();
  }

  private dial(to: Endpoint, frame: Buffer): void {
    // From the address that datagrams come from: one rule of a firewall is enough for both.
    const localAddress = this.parts.endpoint.address;
    const socket = connect({ host: to.address, port: to.port, localAddress });
    const fail = (cause: DropCause, error?: Error): void => {
      if (this.open.delete(socket) && !this.closed)
        this.parts.drops.add(cause, "stream", { to: formatEndpoint(to), error: error?.message });
      socket.destroy();
    };
    this.open.add(socket);
    const timeOut = (): void => fail("timed-out");
    const connecting = setTimeout(timeOut, this.parts.limits.connectDeadlineMs);
    const exchange = setTimeout(timeOut, this.parts.limits.exchangeDeadlineMs);
    socket.on("connect", () => {
      clearTimeout(connecting);
      socket.end(frame);
    });
    // Nothing is to be read; but the other end's end is only seen by who reads.
    socket.resume();
    socket.on("error", (error) => fail("send-failed", error));
    socket.on("close", () => {
      clearTimeout(connecting);
      clearTimeout(exchange);
      this.open.delete(socket);
    });
  }
}
