import type { Endpoint } from "../model/endpoint";
import type { MeshPacket, MeshPath } from "../model/mesh-message";

/** Packets between agents; never forged (authenticated by the cluster's key). */
export interface MeshTransport {
  /** As a datagram: at most 1400 bytes; may be lost, doubled, reordered. */
  send(to: Endpoint, packet: MeshPacket): void;
  /** As a stream of its own: up to 1 MiB; arrives once, or not at all, and nobody is told which. */
  sendStream(to: Endpoint, packet: MeshPacket): void;
  onPacket(receive: (packet: MeshPacket, from: Endpoint, over: MeshPath) => void): void;
  close(): Promise<void>;
}
