import type { Endpoint } from "../model/endpoint";
import type { MeshPacket } from "../model/mesh-message";

/** Datagrams between agents: may be lost, doubled, reordered; never forged (authenticated by the cluster's key). */
export interface MeshTransport {
  send(to: Endpoint, packet: MeshPacket): void;
  onPacket(receive: (packet: MeshPacket, from: Endpoint) => void): void;
  close(): Promise<void>;
}
