import { randomBytes } from "node:crypto";
import type { Endpoint } from "../../model/endpoint";
import { formatEndpoint } from "../../model/endpoint";
import type { MeshPacket, MeshPath } from "../../model/mesh-message";
import type { DropCause } from "./drops";
import { Envelope, envelopeBytes } from "./envelope";
import { decodePacket, encodePacket } from "./packet-codec";
import { ReplayGuard } from "./replay-guard";
import { readStamp, stampBytes, writeStamp } from "./session";

export type Opened =
  | { readonly packet: MeshPacket; readonly from: Endpoint }
  | { readonly cause: DropCause; readonly sender?: string };

/** No packet is sealed into fewer bytes. */
export const minSealedBytes = envelopeBytes + stampBytes;

/** Packets of one path to sealed bytes and back: encoded, stamped, encrypted; each taken once. */
export class Seal {
  private readonly session = { startedAtMs: Date.now(), nonce: randomBytes(4).readUInt32BE(0) };
  private readonly guard = new ReplayGuard();
  private readonly envelope: Envelope;
  private count = 0;

  /** @throws Error as `Envelope`. */
  constructor(cluster: string, path: MeshPath, keys: readonly Buffer[]) {
    this.envelope = new Envelope(cluster, path, keys);
  }

  /** A number where it would take so many bytes, more than `maxBytes`. */
  close(packet: MeshPacket, sender: Endpoint, maxBytes: number): Buffer | number {
    const content = encodePacket(packet);
    const bytes = minSealedBytes + content.length;
    if (bytes > maxBytes) return bytes;
    this.count += 1;
    const stamp = writeStamp({ ...this.session, count: this.count, sender });
    return this.envelope.seal(Buffer.concat([stamp, content]));
  }

  open(sealed: Uint8Array): Opened {
    const content = this.envelope.open(sealed);
    if (!content) return { cause: "unauthentic" };
    const stamp = readStamp(content);
    const packet = stamp && decodePacket(content.subarray(stampBytes));
    if (!packet || stamp.sender.port === 0) return { cause: "malformed" };
    const sender = `${packet.from}@${formatEndpoint(stamp.sender)}`;
    if (!this.guard.take(sender, stamp, performance.now())) return { cause: "replayed", sender };
    return { packet, from: stamp.sender };
  }
}
