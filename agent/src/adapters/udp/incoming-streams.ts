import { once } from "node:events";
import type { DropArgument, Server, Socket } from "node:net";
import { createServer } from "node:net";
import type { Endpoint } from "../../model/endpoint";
import { formatEndpoint } from "../../model/endpoint";
import type { MeshPacket } from "../../model/mesh-message";
import type { DropCause, Drops } from "./drops";
import { FrameReader } from "./frame";
import type { Seal } from "./seal";
import type { StreamLimits } from "./stream-limits";

/** @throws Error where it cannot listen there. */
export async function listenForStreams(at: Endpoint): Promise<Server> {
  const server = createServer();
  try {
    server.listen(at.port, at.address);
    await once(server, "listening");
    return server;
  } catch (error) {
    server.close();
    throw error;
  }
}

/** Takes one packet from each connection, and ends it: what takes too long, is too much or no packet, is cut off. */
export class IncomingStreams {
  private readonly open = new Set<Socket>();

  constructor(
    private readonly server: Server,
    private readonly parts: {
      readonly limits: StreamLimits;
      readonly seal: Seal;
      readonly drops: Drops;
    },
    private readonly receive: (packet: MeshPacket, from: Endpoint) => void,
  ) {
    const { limits, drops } = parts;
    server.maxConnections = limits.maxIncoming;
    server.on("connection", (socket) => this.accept(socket));
    server.on("drop", (refused?: DropArgument) =>
      drops.add("too-many", "stream", { from: refused?.remoteAddress, limit: limits.maxIncoming }),
    );
    // No descriptor left to accept with, mostly.
    server.on("error", (error) => drops.add("too-many", "stream", { error: error.message }));
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  private accept(socket: Socket): void {
    const from = formatEndpoint({
      address: socket.remoteAddress ?? "?",
      port: socket.remotePort ?? 0,
    });
    const reader = new FrameReader();
    let over = false;
    const end = (cause?: DropCause, facts: Readonly<Record<string, unknown>> = {}): void => {
      if (over) return;
      over = true;
      if (cause) this.parts.drops.add(cause, "stream", { from, ...facts });
      if (cause) socket.destroy();
      else socket.end();
    };
    this.open.add(socket);
    const deadline = setTimeout(() => {
      end("timed-out");
      socket.destroy();
    }, this.parts.limits.exchangeDeadlineMs);
    socket.setTimeout(this.parts.limits.idleDeadlineMs, () => {
      end("timed-out");
      socket.destroy();
    });
    socket.on("data", (chunk) => {
      // One packet a connection: who sends on is not waited for.
      if (over) {
        socket.destroy();
        return;
      }
      const step = reader.take(chunk);
      if (step.kind === "broken") end(step.cause, { bytes: step.bytes });
      if (step.kind === "whole") this.take(step.sealed, end);
    });
    socket.on("end", () => end("cut-short"));
    socket.on("error", (error) => end("cut-short", { error: error.message }));
    socket.on("close", () => {
      clearTimeout(deadline);
      this.open.delete(socket);
    });
  }

  private take(
    sealed: Buffer,
    end: (cause?: DropCause, facts?: Readonly<Record<string, unknown>>) => void,
  ): void {
    const opened = this.parts.seal.open(sealed);
    if (!("packet" in opened)) {
      const { cause, ...facts } = opened;
      end(cause, { bytes: sealed.length, ...facts });
      return;
    }
    end();
    if (this.server.listening) this.receive(opened.packet, opened.from);
  }
}
